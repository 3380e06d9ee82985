// Variables of running programs, looked at and changed from outside: what a debugger's `print` and `set var` do.

import {type DebugType, type DebugVariable, sizeOf} from '../bytecode/debug-info.js';
import type {Program} from '../bytecode/program.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import type {Thread} from '../kernel/process/thread.js';
import type {Context} from '../vm/context.js';
import {readBytes} from '../vm/memory.js';
import {type Lvalue, parseLvalue} from './lvalue.js';
import {type Frame, framesOf} from './source-position.js';

export {sizeOf};

/** Where the bytes of an lvalue are. */
export type Place =
	| {readonly kind: 'memory'; readonly address: number}
	/** Word offset in the register file of the thread. */
	| {readonly kind: 'register'; readonly tid: number; readonly word: number};

export type FoundVariable = {
	readonly place: Place;
	readonly type: DebugType;
	readonly program: Program;
	/** A bit-field's place, from the first bit of its first byte. */
	readonly bits: readonly [offset: number, width: number] | undefined;
};

export type Lookup = FoundVariable | {readonly error: string};

/** Finds a C lvalue as the process sees it: locals of the frames from the innermost outwards, then globals. */
export const lookUp = (kernel: Kernel, process: Process, text: string): Lookup => {
	const lvalue = parseLvalue(text);
	if ('error' in lvalue) return lvalue;
	return resolve(kernel, process, lvalue);
};

/** The same for an lvalue that has been parsed: many processes may be asked for it. */
export const resolve = (kernel: Kernel, process: Process, lvalue: Lvalue): Lookup => {
	switch (lvalue.kind) {
		case 'name':
			return resolveName(kernel, process, lvalue.name);
		case 'dereference': {
			const pointer = resolve(kernel, process, lvalue.of);
			if ('error' in pointer) return pointer;
			return dereference(kernel, process, pointer);
		}

		case 'index': {
			const base = resolve(kernel, process, lvalue.of);
			if ('error' in base) return base;
			const first =
				base.type.kind === 'array' ? elementOf(base) : dereference(kernel, process, base);
			if ('error' in first || first.place.kind !== 'memory') return first;
			return moved(first, lvalue.index * sizeOf(first.type), first.type);
		}

		case 'member': {
			const record = resolve(kernel, process, lvalue.of);
			if ('error' in record) return record;
			if (record.type.kind !== 'struct' && record.type.kind !== 'union')
				return {error: `'${lvalue.name}' is no member: this is no struct`};
			const member = record.type.members.find(({name}) => name === lvalue.name);
			if (!member)
				return {error: `no member '${lvalue.name}' in ${record.type.kind} ${record.type.name}`};
			return {
				...moved(record, member.offset, record.program.types[member.type]!),
				bits: member.bits,
			};
		}
	}
};

const resolveName = (kernel: Kernel, process: Process, name: string): Lookup => {
	const threads = hasLocal(process.program, name) ? process.threads : [];
	for (const tid of threads) {
		const thread = kernel.threads.get(tid);
		if (!thread) continue;
		for (const frame of framesOf(thread.context)) {
			const local = frame.function.variables.find(
				variable => variable.name === name && isInScope(variable, frame.pc),
			);
			if (local) return found(process.program, local, placeInFrame(thread, frame, local));
		}
	}
	const global = process.program.globals.find(variable => variable.name === name);
	if (global?.location.kind !== 'address')
		return {error: `no variable '${name}' in ${process.name} (${process.pid})`};
	return found(process.program, global, {kind: 'memory', address: global.location.address});
};

/** Whether a function of the program has a variable of that name; if not, no frame needs to be looked at. */
const hasLocal = (program: Program, name: string): boolean => {
	let names = localNames.get(program);
	if (!names) {
		names = new Set(
			program.functions.flatMap(({variables}) => variables.map(variable => variable.name)),
		);
		localNames.set(program, names);
	}
	return names.has(name);
};

const localNames = new WeakMap<Program, ReadonlySet<string>>();

const isInScope = ({scope}: DebugVariable, pc: number): boolean =>
	scope === undefined || (pc >= scope[0] && pc < scope[1]);

const found = (program: Program, variable: DebugVariable, place: Place): FoundVariable => ({
	place,
	type: program.types[variable.type]!,
	program,
	bits: undefined,
});

const placeInFrame = (thread: Thread, frame: Frame, {location}: DebugVariable): Place => {
	switch (location.kind) {
		case 'address':
			return {kind: 'memory', address: location.address};
		case 'register':
			return {kind: 'register', tid: thread.tid, word: frame.base + location.offset};
		case 'frame': {
			const base = thread.context.registers[frame.base + location.base]!;
			return {kind: 'memory', address: base + location.offset};
		}
	}
};

const moved = (from: FoundVariable, bytes: number, type: DebugType): FoundVariable => ({
	...from,
	type,
	place:
		from.place.kind === 'memory'
			? {kind: 'memory', address: from.place.address + bytes}
			: from.place,
});

const elementOf = (array: FoundVariable): Lookup =>
	array.type.kind === 'array'
		? {...array, type: array.program.types[array.type.element]!}
		: {error: 'not an array'};

const dereference = (kernel: Kernel, process: Process, pointer: FoundVariable): Lookup => {
	if (pointer.type.kind === 'array') return elementOf(pointer);
	if (pointer.type.kind !== 'pointer') return {error: 'not a pointer'};
	const bytes = bytesAt(kernel, process, pointer);
	if (!bytes) return {error: 'the pointer itself is not in mapped memory'};
	const address = Number(new DataView(bytes.buffer).getBigUint64(0, true));
	if (!readBytes(process.space, address, 1))
		return {error: address === 0 ? 'a null pointer' : `0x${address.toString(16)} is not mapped`};
	return {
		...pointer,
		place: {kind: 'memory', address},
		type: pointer.program.types[pointer.type.target]!,
		bits: undefined,
	};
};

/** The bytes of a variable, or undefined where they are not mapped. A float in a register is a double there. */
export const bytesAt = (
	kernel: Kernel,
	process: Process,
	variable: FoundVariable,
): Uint8Array | undefined => {
	const {place, type, bits} = variable;
	const size = bits ? Math.ceil((bits[0] + bits[1]) / 8) : sizeOf(type);
	if (place.kind === 'memory') return readBytes(process.space, place.address, size);
	const context = kernel.threads.get(place.tid)?.context;
	if (!context || place.word + 1 >= context.registers.length) return undefined;
	return registerBytes(context, place.word, type);
};

const registerBytes = (context: Context, word: number, type: DebugType): Uint8Array => {
	const bytes = new Uint8Array(8);
	const view = new DataView(bytes.buffer);
	if (type.kind === 'float' && type.size === 4) {
		view.setFloat32(0, context.doubles[word >> 1]!, true);
	} else {
		view.setInt32(0, context.registers[word]!, true);
		view.setInt32(4, context.registers[word + 1]!, true);
	}
	return bytes.slice(0, Math.max(1, sizeOf(type)));
};
