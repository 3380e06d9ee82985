// What stands at an address, in the program's own words: `fork_[1]`, `box->full`. Of use where the kernel knows an address
// only, as it does of a lock.

import type {DebugType} from '../bytecode/debug-info.js';
import type {Program} from '../bytecode/program.js';
import {type Frame, framesOf} from '../machine/source-position.js';
import {sizeOf} from '../machine/variables.js';
import type {Thread} from '../kernel/process/thread.js';
import {readInt64} from '../vm/memory.js';

/** The global variable, element or member that holds the byte at an address; undefined where there is none. */
export const variableAt = (program: Program, address: number): string | undefined => {
	for (const {name, type, location} of program.globals) {
		if (location.kind !== 'address') continue;
		const whole = program.types[type];
		const part = whole && partWithin(program, whole, address - location.address);
		if (part !== undefined) return name + part;
	}
	return undefined;
};

/** As the thread could write it: a variable that it sees, or what one of its pointers points to. */
export const nameSeenBy = ({context}: Thread, address: number): string | undefined => {
	const {program} = context;
	const global = variableAt(program, address);
	if (global !== undefined) return global;
	for (const {name, type, location} of program.globals) {
		if (location.kind !== 'address') continue;
		const text = pointedAt(program, name, type, address, () =>
			readInt64(context.space, location.address),
		);
		if (text !== undefined) return text;
	}
	for (const frame of framesOf(context)) {
		const text = frame.function.isLibrary ? undefined : localAt(context, frame, address);
		if (text !== undefined) return text;
	}
	return undefined;
};

/** The same among the variables of a function in progress. */
const localAt = (
	{program, registers, space}: Thread['context'],
	{function: info, base, pc}: Frame,
	address: number,
): string | undefined => {
	for (const {name, type, location, scope} of info.variables) {
		if (scope && (pc < scope[0] || pc >= scope[1])) continue;
		if (location.kind === 'address') continue;
		if (location.kind === 'register') {
			const word = base + location.offset;
			const text = pointedAt(
				program,
				name,
				type,
				address,
				() => (registers[word + 1] ?? 0) * 2 ** 32 + ((registers[word] ?? 0) >>> 0),
			);
			if (text !== undefined) return text;
			continue;
		}
		const place = registers[base + location.base]! + location.offset;
		const whole = program.types[type];
		const part = whole && partWithin(program, whole, address - place);
		if (part !== undefined) return name + part;
		const text = pointedAt(program, name, type, address, () => readInt64(space, place));
		if (text !== undefined) return text;
	}
	return undefined;
};

/** `box->full`, or `*full`: how a pointer names what it points to. */
const pointedAt = (
	program: Program,
	name: string,
	type: number,
	address: number,
	read: () => number | undefined,
): string | undefined => {
	const pointer = program.types[type];
	const target = pointer?.kind === 'pointer' ? program.types[pointer.target] : undefined;
	if (!target || target.kind === 'void' || target.kind === 'function') return undefined;
	const value = read();
	const part = value === undefined ? undefined : partWithin(program, target, address - value);
	if (part === undefined) return undefined;
	return part.startsWith('.') ? `${name}->${part.slice(1)}` : `*${name}${part}`;
};

const partWithin = (program: Program, type: DebugType, offset: number): string | undefined =>
	offset >= 0 && offset < sizeOf(type) ? partAt(program, type, offset) : undefined;

/** `[1]`, `.full`: down to the last part with a name of the program's; the library's names begin with two underscores. */
const partAt = (program: Program, type: DebugType, offset: number): string => {
	if (type.kind === 'array') {
		const element = program.types[type.element];
		const size = element ? sizeOf(element) : 0;
		if (!element || size === 0) return '';
		const index = Math.floor(offset / size);
		return `[${index}]${partAt(program, element, offset - index * size)}`;
	}
	if (type.kind !== 'struct') return '';
	for (const member of type.members) {
		const inner = program.types[member.type];
		const within = offset - member.offset;
		if (!inner || within < 0 || within >= sizeOf(inner)) continue;
		return member.name.startsWith('__') ? '' : `.${member.name}${partAt(program, inner, within)}`;
	}
	return '';
};
