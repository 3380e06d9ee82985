// Resource limits, getrlimit(2). Enforced are those on CPU time, file size, processes, descriptors, the address space and
// the data segment; a new value of another is kept and told.

import {pageSize} from '../../vm/page.js';
import type {Kernel} from '../kernel.js';
import type {Process} from './process.js';

export const resource = {
	cpu: 0,
	fileSize: 1,
	data: 2,
	stack: 3,
	core: 4,
	processes: 6,
	files: 7,
	lockedMemory: 8,
	addressSpace: 9,
	pendingSignals: 11,
	messageQueues: 12,
	nice: 13,
	realtimePriority: 14,
} as const;

/** RLIM_INFINITY as a signed 64-bit number. */
export const unlimited = -1;

export type ResourceLimit = {readonly soft: number; readonly hard: number};

/** Names and units as in /proc/PID/limits, in order of RLIMIT_ numbers. */
const names: readonly (readonly [name: string, unit: string])[] = [
	['Max cpu time', 'seconds'],
	['Max file size', 'bytes'],
	['Max data size', 'bytes'],
	['Max stack size', 'bytes'],
	['Max core file size', 'bytes'],
	['Max resident set', 'bytes'],
	['Max processes', 'processes'],
	['Max open files', 'files'],
	['Max locked memory', 'bytes'],
	['Max address space', 'bytes'],
	['Max file locks', 'locks'],
	['Max pending signals', 'signals'],
	['Max msgqueue size', 'bytes'],
	['Max nice priority', ''],
	['Max realtime priority', ''],
	['Max realtime timeout', 'us'],
];

export const resourceCount = names.length;

/** Descriptors that RLIMIT_NOFILE can be raised to. */
const mostFiles = 1024;

/** What the machine gives a process that has set nothing. */
const defaultOf = (kernel: Kernel, number: number): ResourceLimit => {
	const {limits} = kernel.config;
	const memory = limits.processPages * pageSize;
	switch (number) {
		case resource.stack:
			return {soft: 8 * 1024 * 1024, hard: unlimited};
		case resource.core:
			return {soft: 0, hard: unlimited};
		case resource.processes:
			return {soft: limits.processes, hard: limits.processes};
		case resource.files:
			return {soft: mostFiles, hard: mostFiles};
		case resource.addressSpace:
			return {soft: memory, hard: memory};
		case resource.lockedMemory:
			return {soft: 8 * 1024 * 1024, hard: 8 * 1024 * 1024};
		case resource.pendingSignals:
			return {soft: limits.processes, hard: limits.processes};
		case resource.messageQueues:
			return {soft: 819_200, hard: 819_200};
		case resource.nice:
		case resource.realtimePriority:
			return {soft: 0, hard: 0};
		default:
			return {soft: unlimited, hard: unlimited};
	}
};

export const limitOf = (kernel: Kernel, process: Process, number: number): ResourceLimit =>
	process.limits.get(number) ?? defaultOf(kernel, number);

/** The soft limit as a number to compare with: Infinity for none. */
export const softLimit = (kernel: Kernel, process: Process, number: number): number => {
	const {soft} = limitOf(kernel, process, number);
	return soft === unlimited ? Infinity : soft;
};

/** All limits, for /proc/PID/limits. */
export const resourceLimits = (
	kernel: Kernel,
	process: Process,
): readonly (ResourceLimit & {readonly name: string; readonly unit: string})[] =>
	names.map(([name, unit], number) => ({name, unit, ...limitOf(kernel, process, number)}));
