/**
 * Scopes: they give back the registers and the variable length arrays of what is declared in them, and say where `break`
 * and `continue` go.
 */
import type {Statement, VariableArrayStatement} from '../ast.js';
import {type FunctionState, allocate, emit, instructionCount, releaseTo} from './codegen-state.js';

/** Runs `body` in a scope of its own: its variables' registers and arrays are free afterwards. */
export const inScope = (f: FunctionState, body: () => void): void => {
	const mark = f.top;
	const first = f.variables.length;
	const depth = f.dynamicArrays.length;
	body();
	unwind(f, depth);
	f.dynamicArrays.length = depth;
	for (let index = first; index < f.variables.length; index++) {
		const variable = f.variables[index]!;
		if (variable.to < 0) variable.to = instructionCount(f);
	}

	releaseTo(f, mark);
};

/** The body of a loop or, without `continueLabel`, of a switch: `break` in it goes to `breakLabel`. */
export const generateBody = (
	f: FunctionState,
	body: Statement,
	breakLabel: number,
	continueLabel: number | undefined,
): void => {
	f.jumps.push({breakLabel, continueLabel, dynamicDepth: f.dynamicArrays.length});
	f.visit.statement(f, body);
	f.jumps.pop();
};

/** Remembers the stack pointer in front of a variable length array, and allocates the array. */
export const generateVariableArray = (
	f: FunctionState,
	statement: VariableArrayStatement,
): void => {
	const saved = allocate(f);
	emit(f, 'GETSP', saved);
	f.dynamicArrays.push({statement, saved});
	f.visit.effects(f, statement.allocation);
};

/** Frees the variable length arrays in scope from `depth` on, before a jump out of theirs. */
export const unwind = (f: FunctionState, depth: number): void => {
	const first = f.dynamicArrays[depth];
	if (first) emit(f, 'SETSP', first.saved);
};
