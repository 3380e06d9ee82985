// From a program to a process' memory: what execve(2) and the start of a scenario build.

import {dataBase, type Program} from '../../bytecode/program.js';
import {
	addRegion,
	type AddressSpace,
	createAddressSpace,
	lowestAddress,
	privateRegion,
	protRead,
	protWrite,
	stackTop,
} from '../../vm/address-space.js';
import {type Context, createContext} from '../../vm/context.js';
import {pushCall} from '../../vm/cpu.js';
import {writeBytes, writeInt64} from '../../vm/memory.js';
import {createMemoryObject, type MemoryObject} from '../../vm/memory-object.js';
import {bytesOf, createPage, pageSize, roundUpToPage} from '../../vm/page.js';
import type {Kernel} from '../kernel.js';
import {watchGlobals} from './watched-globals.js';

/** Arguments and environment together, as ARG_MAX on Linux. */
export const argumentLimit = 128 * 1024;

/** The data images of programs: read-only, so all machines share them. */
const images = new WeakMap<Program, MemoryObject>();

const imageOf = (program: Program): MemoryObject => {
	let image = images.get(program);
	if (!image) {
		image = createMemoryObject(0, program.name, program.dataSize, true);
		for (let offset = 0; offset < program.data.length; offset += pageSize) {
			const page = createPage();
			bytesOf(page).set(program.data.subarray(offset, offset + pageSize));
			image.pages.push(page);
			image.isOwned.push(0);
		}
		images.set(program, image);
	}
	return image;
};

/** An address space with the program's constants, data, heap start and stack. */
export const loadProgram = (kernel: Kernel, program: Program): AddressSpace => {
	const dataEnd = dataBase + roundUpToPage(program.dataSize);
	const space = createAddressSpace(dataEnd, kernel.config.limits.processPages, kernel.pageBudget);
	const object = imageOf(program);
	const segment = (start: number, end: number, protection: number) => {
		if (start === end) return;
		addRegion(space, {
			start,
			end,
			protection,
			isShared: false,
			object,
			offset: start - dataBase,
			name: program.name,
			mayWrite: (protection & protWrite) !== 0,
		});
	};
	segment(dataBase, dataBase + program.readOnlySize, protRead);
	segment(dataBase + program.readOnlySize, dataEnd, protRead | protWrite);
	addRegion(space, privateRegion(lowestAddress, stackTop, '[stack]'));
	watchGlobals(space, program, kernel.watchedVariables);
	return space;
};

/** The first thread's state: strings and vectors on its stack, about to run `_start(argc, argv, envp)`. */
export const createFirstContext = (
	program: Program,
	space: AddressSpace,
	tid: number,
	argv: readonly string[],
	environment: readonly string[],
): Context => {
	const context = createContext({program, space, tid, sp: stackTop, stackLow: lowestAddress});
	const encoder = new TextEncoder();
	const pushString = (text: string): number => {
		const bytes = encoder.encode(`${text}\0`);
		context.sp -= bytes.length;
		writeBytes(context, context.sp, bytes);
		return context.sp;
	};
	const pushVector = (addresses: readonly number[]): number => {
		context.sp -= 8 * (addresses.length + 1);
		addresses.forEach((address, index) => {
			writeInt64(context, context.sp + 8 * index, address);
		});
		writeInt64(context, context.sp + 8 * addresses.length, 0);
		return context.sp;
	};
	const environmentStrings = environment.map(pushString);
	const argumentStrings = argv.map(pushString);
	context.sp &= ~15;
	const envp = pushVector(environmentStrings);
	const argvAddress = pushVector(argumentStrings);
	context.sp &= ~15;
	pushCall(context, program.start, [argv.length, argvAddress, envp]);
	return context;
};
