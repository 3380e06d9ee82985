// Where the result of a system call goes.

import {op} from '../../bytecode/opcodes.js';
import type {Context} from '../../vm/context.js';

const wordSize = 0x1_0000_0000;

/** Stores a result, a 64-bit integer exact up to 2^53, in the register that the SYSCALL instruction before pc names. */
export const storeResult = (context: Context, value: number): void => {
	const {registers, base, pc, program} = context;
	if (program.code[pc - 4] !== op.SYSCALL) throw new Error('a system call without its instruction');
	const at = base + program.code[pc - 3]!;
	registers[at] = value;
	registers[at + 1] = Math.floor(value / wordSize);
};
