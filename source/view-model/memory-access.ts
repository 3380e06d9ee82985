// What the next instruction of a thread will read or store: the debugger's watchpoint, made by looking ahead. Nothing is
// changed by looking.

import {op, type OpcodeName, opcodeTable} from '../bytecode/opcodes.js';
import type {Context} from '../vm/context.js';

export type MemoryAccess = {
	readonly address: number;
	/** Bytes. */
	readonly size: number;
	readonly isRead: boolean;
	readonly isStore: boolean;
};

type Shape = {
	readonly place: 'offset' | 'global' | 'indexed';
	readonly size: number;
	readonly isStore: boolean;
};

/** LD32, LDG8U, LDX64, LDC32, LDF32, and the stores likewise. */
const shapeOf = (name: OpcodeName): Shape | undefined => {
	const [, what, variant, bits] = /^(LD|ST)([GXCF]?)(\d+)[SU]?$/.exec(name) ?? [];
	if (what === undefined) return undefined;
	const place = variant === 'G' ? 'global' : variant === 'X' ? 'indexed' : 'offset';
	return {place, size: Number(bits) / 8, isStore: what === 'ST'};
};

const shapes = opcodeTable.map(({name}) => shapeOf(name));

/** The accesses to memory of the instruction at the thread's pc; few have two. */
export const nextAccesses = (context: Context): readonly MemoryAccess[] => {
	const {program, pc, base, registers} = context;
	const {code} = program;
	const opcode = code[pc];
	if (opcode === undefined) return [];
	const shape = shapes[opcode];
	const word = (operand: number): number => code[pc + operand]!;
	const register = (operand: number): number => registers[base + word(operand)]!;
	if (shape) {
		const {place, size, isStore} = shape;
		const address =
			place === 'global'
				? word(2)
				: place === 'offset'
					? (register(2) + word(3)) | 0
					: (register(2) + register(3) * size) | 0;
		return [{address, size, isRead: !isStore, isStore}];
	}
	if (opcode === op.ATOMIC) {
		const operation = word(3) >> 4;
		return [{address: register(2), size: word(3) & 15, isRead: true, isStore: operation !== 0}];
	}
	if (opcode === op.MEMCPY || opcode === op.COPY) {
		const size = opcode === op.COPY ? word(3) : register(3);
		return [
			{address: register(2), size, isRead: true, isStore: false},
			{address: register(1), size, isRead: false, isStore: true},
		];
	}
	return [];
};
