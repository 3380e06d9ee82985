/**
 * Scopes: blocks give back the registers and the variable length arrays of their variables.
 */
import type {BlockStatement} from '../ast.js';
import {type FunctionState, allocate, emit, instructionCount, releaseTo} from './codegen-state.js';

/** Runs `body` in a scope of its own: its variables' registers are free afterwards. */
export const inScope = (f: FunctionState, body: () => void): void => {
	const mark = f.top;
	const first = f.variables.length;
	body();
	for (let index = first; index < f.variables.length; index++) {
		const variable = f.variables[index]!;
		if (variable.to < 0) variable.to = instructionCount(f);
	}

	releaseTo(f, mark);
};

/** Blocks with variable length arrays set the stack pointer back at their end. */
export const enterBlock = (f: FunctionState, block: BlockStatement): void => {
	if (!block.hasVariableLengthArrays) return;
	const saved = allocate(f);
	emit(f, 'GETSP', saved);
	f.dynamicBlocks.push({block, saved});
};

export const leaveBlock = (f: FunctionState, block: BlockStatement): void => {
	if (!block.hasVariableLengthArrays) return;
	const {saved} = f.dynamicBlocks.pop()!;
	emit(f, 'SETSP', saved);
};

/** Frees the variable length arrays of the open blocks from `depth` on, before a jump out of them. */
export const unwind = (f: FunctionState, depth: number): void => {
	const outermost = f.dynamicBlocks[depth];
	if (outermost) emit(f, 'SETSP', outermost.saved);
};
