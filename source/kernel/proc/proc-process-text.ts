// The files of /proc/PID and /proc/PID/task/TID, proc(5).

import type {Region} from '../../vm/address-space.js';
import {resourceLimits} from '../process/resource-limits.js';
import type {Kernel} from '../kernel.js';
import {stateLetter, stateWords} from '../process/process-state.js';
import type {Process} from '../process/process.js';
import {lastSignal, userId} from '../signals/signal-numbers.js';
import {type SignalSet, setOf} from '../signals/signal-state.js';
import type {Thread} from '../process/thread.js';
import {processCycles} from '../time/time.js';

type Text = (kernel: Kernel, process: Process, thread: Thread) => string;

const pageKibibytes = 4;
/** Clock ticks of times(2), _SC_CLK_TCK. */
const ticksPerSecond = 100;
const sigIgnore = 1;

const ticks = (kernel: Kernel, cycles: number): number =>
	Math.floor((cycles * ticksPerSecond) / kernel.config.clock);

/** Kibibytes of the regions that are wanted. */
const sizeOf = (process: Process, isWanted: (region: Region) => boolean = () => true): number =>
	process.space.regions
		.filter(isWanted)
		.reduce((sum, region) => sum + (region.end - region.start) / 1024, 0);

const residentSize = ({space, state}: Process): number =>
	state === 'alive' ? space.privatePages * pageKibibytes : 0;

const mask = ({low, high}: SignalSet): string =>
	(high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');

const signalsWith = (process: Process, isWanted: (handler: number) => boolean): SignalSet =>
	setOf(
		...Array.from({length: lastSignal}, (_, index) => index + 1).filter(signal =>
			isWanted(process.signals.actions[signal]?.handler ?? 0),
		),
	);

const signalLines = (process: Process, thread: Thread): readonly (readonly [string, string])[] => [
	['SigPnd', mask(setOf(...thread.signals.pending.map(({signal}) => signal)))],
	['ShdPnd', mask(setOf(...process.signals.pending.map(({signal}) => signal)))],
	['SigBlk', mask(thread.signals.mask)],
	['SigIgn', mask(signalsWith(process, handler => handler === sigIgnore))],
	['SigCgt', mask(signalsWith(process, handler => handler > sigIgnore))],
];

const memoryLines = (process: Process): readonly (readonly [string, string])[] => {
	if (process.state !== 'alive') return [];
	const kibibytes = (count: number): string => `${String(count).padStart(8)} kB`;
	const size = sizeOf(process);
	const resident = residentSize(process);
	return [
		['VmPeak', kibibytes(size)],
		['VmSize', kibibytes(size)],
		['VmLck', kibibytes(0)],
		['VmPin', kibibytes(0)],
		['VmHWM', kibibytes(resident)],
		['VmRSS', kibibytes(resident)],
		['RssAnon', kibibytes(resident)],
		['RssFile', kibibytes(0)],
		['RssShmem', kibibytes(0)],
		['VmData', kibibytes(sizeOf(process, ({object, name}) => !object && name !== '[stack]'))],
		['VmStk', kibibytes(sizeOf(process, ({name}) => name === '[stack]'))],
		['VmExe', kibibytes(sizeOf(process, ({object, isShared}) => !!object && !isShared))],
		['VmLib', kibibytes(0)],
		['VmPTE', kibibytes(Math.ceil(resident / 512))],
		['VmSwap', kibibytes(0)],
	];
};

const status: Text = (kernel, process, thread) => {
	const letter = stateLetter(kernel, process, thread.tid === process.pid ? undefined : thread.tid);
	const lines: readonly (readonly [string, string])[] = [
		['Name', thread.name],
		['Umask', process.fs.umask.toString(8).padStart(4, '0')],
		['State', `${letter} (${stateWords[letter]})`],
		['Tgid', String(process.pid)],
		['Ngid', '0'],
		['Pid', String(thread.tid)],
		['PPid', String(process.parent)],
		['TracerPid', '0'],
		['Uid', Array(4).fill(userId).join('\t')],
		['Gid', Array(4).fill(userId).join('\t')],
		['FDSize', String(Math.max(64, process.descriptors.length))],
		['Groups', `${userId} `],
		['NStgid', String(process.pid)],
		['NSpid', String(thread.tid)],
		['NSpgid', String(process.group)],
		['NSsid', String(process.session)],
		...memoryLines(process),
		['Threads', String(Math.max(1, process.threads.length))],
		['SigQ', `${process.signals.pending.length}/${kernel.config.limits.processes}`],
		...signalLines(process, thread),
		['CapInh', mask(setOf())],
		['CapPrm', mask(setOf())],
		['CapEff', mask(setOf())],
		['Cpus_allowed', (2 ** kernel.cpus.length - 1).toString(16)],
		['Cpus_allowed_list', kernel.cpus.length === 1 ? '0' : `0-${kernel.cpus.length - 1}`],
		['voluntary_ctxt_switches', String(thread.accounting.voluntarySwitches)],
		['nonvoluntary_ctxt_switches', String(thread.accounting.involuntarySwitches)],
	];
	return lines.map(([name, value]) => `${name}:\t${value}\n`).join('');
};

/** Fields that this machine has no counterpart for are 0, as for a kernel built without them. */
const stat: Text = (kernel, process, thread) => {
	const isWhole = thread.tid === process.pid;
	const cycles = isWhole ? processCycles(kernel, process.pid) : thread.context.cpuCycles;
	const start = ticks(kernel, isWhole ? process.createdAt : thread.accounting.createdAt);
	const own = [
		thread.tid,
		`(${thread.name.slice(0, 15)})`,
		stateLetter(kernel, process, isWhole ? undefined : thread.tid),
		process.parent,
		process.group,
		process.session,
		0,
		-1,
		0,
		...[0, 0, 0, 0],
		ticks(kernel, cycles),
		0,
		ticks(kernel, process.childCycles),
		0,
		20 + thread.nice,
		thread.nice,
		Math.max(1, process.threads.length),
		0,
		start,
		sizeOf(process) * 1024,
		residentSize(process) / pageKibibytes,
		'18446744073709551615',
	];
	const rest = Array(52 - own.length).fill(0);
	rest[38 - own.length - 1] = 17; // exit_signal: SIGCHLD
	rest[39 - own.length - 1] = Math.max(0, thread.cpu);
	return `${[...own, ...rest].join(' ')}\n`;
};

const statm: Text = (_kernel, process) => {
	const pages = (kibibytes: number): number => Math.ceil(kibibytes / pageKibibytes);
	const exec = pages(sizeOf(process, ({object, isShared}) => !!object && !isShared));
	const size = pages(sizeOf(process));
	return `${[size, pages(residentSize(process)), 0, exec, 0, size - exec, 0].join(' ')}\n`;
};

const permissionsOf = ({protection, isShared}: Region): string =>
	`${(protection & 1) !== 0 ? 'r' : '-'}${(protection & 2) !== 0 ? 'w' : '-'}${(protection & 4) !== 0 ? 'x' : '-'}${isShared ? 's' : 'p'}`;

const maps: Text = (_kernel, process) =>
	process.space.regions
		.map(region => {
			const hex = (value: number): string => value.toString(16).padStart(8, '0');
			const inode = region.object?.id ?? 0;
			const place = `${hex(region.start)}-${hex(region.end)} ${permissionsOf(region)} ${hex(region.offset)} 00:01 ${inode}`;
			return region.name === '' ? `${place} \n` : `${place.padEnd(73)}${region.name}\n`;
		})
		.join('');

const limits: Text = (kernel, process) => {
	const value = (limit: number): string => (limit === -1 ? 'unlimited' : String(limit));
	const row = (...cells: readonly string[]): string =>
		`${cells[0]!.padEnd(26)}${cells[1]!.padEnd(21)}${cells[2]!.padEnd(21)}${cells[3]!.padEnd(10)}\n`;
	return [
		row('Limit', 'Soft Limit', 'Hard Limit', 'Units'),
		...resourceLimits(kernel, process).map(({name, unit, soft, hard}) =>
			row(name, value(soft), value(hard), unit),
		),
	].join('');
};

/** The texts by file name. */
export const processTexts: Readonly<Record<string, Text>> = {
	cmdline: (_kernel, {argv, state}) =>
		state === 'alive' ? argv.map(argument => `${argument}\0`).join('') : '',
	comm: (_kernel, _process, {name}) => `${name.slice(0, 15)}\n`,
	environ: (_kernel, {environment, state}) =>
		state === 'alive' ? environment.map(variable => `${variable}\0`).join('') : '',
	io: (kernel, process) => {
		const threads = process.allThreads.flatMap(tid => kernel.threads.get(tid) ?? []);
		const sum = (key: 'bytesRead' | 'bytesWritten' | 'syscalls'): number =>
			threads.reduce((total, {accounting}) => total + accounting[key], 0);
		return `rchar: ${sum('bytesRead')}\nwchar: ${sum('bytesWritten')}\n`;
	},
	limits,
	maps,
	stat,
	statm,
	status,
	wchan: (_kernel, _process, {waitName}) => (waitName === '' ? '0' : waitName),
};

/** Those that a thread's own directory has too. */
export const threadFiles: readonly string[] = ['comm', 'stat', 'statm', 'status', 'wchan'];
