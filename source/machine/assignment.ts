// Giving a variable a value from outside, as a process' own store would: `var:*left`.

import type {DebugType} from '../bytecode/debug-info.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import {writeBytes} from '../vm/memory.js';
import {createTurns} from '../vm/turns.js';
import {type FoundVariable, lookUp, sizeOf} from './variables.js';

/** The prefix of a variable's channel name. */
export const variablePrefix = 'var:';

type Result = {readonly isDone: boolean; readonly text: string};

const refused = (text: string): Result => ({isDone: false, text});

/** Assigns `value` (a C constant) to the lvalue as process `pid` sees it, or the first process that knows it. */
export const applyAssignment = (
	kernel: Kernel,
	channel: string,
	value: string,
	pid?: number,
): Result => {
	const text = channel.startsWith(variablePrefix) ? channel.slice(variablePrefix.length) : channel;
	const candidates = [...kernel.processes.values()].filter(
		process =>
			process.state === 'alive' &&
			!process.isKernelProcess &&
			(pid === undefined || process.pid === pid),
	);
	let error = pid === undefined ? 'no process is alive' : `process ${pid} is not alive`;
	for (const process of candidates) {
		const variable = lookUp(kernel, process, text);
		if ('error' in variable) {
			error = variable.error;
			continue;
		}
		return assign(kernel, process, variable, text, value);
	}
	return refused(error);
};

const assign = (
	kernel: Kernel,
	process: Process,
	variable: FoundVariable,
	text: string,
	value: string,
): Result => {
	if (variable.bits) return refused(`${text} is a bit-field: it can't be set from outside`);
	const bytes = encode(variable.type, value);
	if (typeof bytes === 'string') return refused(bytes);
	const {place} = variable;
	if (place.kind === 'memory') {
		const context = kernel.threads.get(process.threads[0] ?? -1)?.context;
		// Nobody's turn is charged with a change from outside.
		const isStored =
			context !== undefined &&
			writeBytes({...context, tid: -1, turns: createTurns()}, place.address, bytes);
		if (!isStored) return refused(`${text} can't be written`);
	} else {
		storeInRegister(kernel, place.tid, place.word, variable.type, bytes);
	}
	return {isDone: true, text: `${text} = ${value.trim()}`};
};

const storeInRegister = (
	kernel: Kernel,
	tid: number,
	word: number,
	type: DebugType,
	bytes: Uint8Array,
): void => {
	const context = kernel.threads.get(tid)?.context;
	if (!context) return;
	const view = new DataView(bytes.buffer);
	if (type.kind === 'float') {
		context.doubles[word >> 1] =
			type.size === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true);
		return;
	}
	// A register holds narrow values extended to 32 bits, pointers and longs in full.
	const isSigned = type.kind === 'integer' && type.isSigned;
	const size = sizeOf(type);
	if (size === 8) {
		context.registers[word] = view.getInt32(0, true);
		context.registers[word + 1] = view.getInt32(4, true);
	} else if (size === 4) {
		context.registers[word] = view.getInt32(0, true);
	} else if (size === 2) {
		context.registers[word] = isSigned ? view.getInt16(0, true) : view.getUint16(0, true);
	} else {
		context.registers[word] = isSigned ? view.getInt8(0) : view.getUint8(0);
	}
};

/** The bytes of a C constant for a type, or what is wrong with it. */
const encode = (type: DebugType, text: string): Uint8Array | string => {
	switch (type.kind) {
		case 'integer':
		case 'bool':
		case 'pointer':
		case 'enum': {
			const value =
				type.kind === 'enum' ? (enumValue(type, text) ?? parseInteger(text)) : parseInteger(text);
			if (value === undefined) return `'${text}' is no integer constant`;
			const bytes = new Uint8Array(8);
			new DataView(bytes.buffer).setBigInt64(
				0,
				BigInt.asIntN(64, type.kind === 'bool' && value !== 0n ? 1n : value),
				true,
			);
			return bytes.slice(0, sizeOf(type));
		}

		case 'float': {
			const value = Number(text);
			if (text.trim() === '' || Number.isNaN(value)) return `'${text}' is no number`;
			const bytes = new Uint8Array(type.size);
			const view = new DataView(bytes.buffer);
			if (type.size === 4) view.setFloat32(0, value, true);
			else view.setFloat64(0, value, true);
			return bytes;
		}

		case 'array':
			return encodeString(type.size, text);
		case 'void':
		case 'function':
		case 'struct':
		case 'union':
			return `a ${type.kind} can't be set as a whole: name a member`;
	}
};

const enumValue = (type: Extract<DebugType, {kind: 'enum'}>, text: string): bigint | undefined => {
	const constant = type.constants.find(([name]) => name === text.trim());
	return constant && BigInt(constant[1]);
};

/** `42`, `-1`, `0x2a`, `052`, `'a'`. */
const parseInteger = (text: string): bigint | undefined => {
	const match = /^\s*(-?)\s*(0x[\da-f]+|\d+|'(?:[^\\]|\\.)')[ul]*\s*$/i.exec(text);
	if (!match) return undefined;
	const [, sign, digits] = match as unknown as readonly [string, string, string];
	const magnitude = digits.startsWith("'")
		? BigInt(digits.at(-2)!.codePointAt(0)!)
		: BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
	return sign === '-' ? -magnitude : magnitude;
};

const encodeString = (size: number, text: string): Uint8Array | string => {
	const content = new TextEncoder().encode(text.trim().replace(/^"(.*)"$/s, '$1'));
	if (content.length >= size)
		return `the text has ${content.length + 1} bytes with its NUL, the array ${size}`;
	const bytes = new Uint8Array(size);
	bytes.set(content);
	return bytes;
};
