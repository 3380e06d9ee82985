/**
 * Values in exactly the register where they are wanted.
 */
import type {Expression} from '../ast.js';
import {type FunctionState, type Register, emitMove, kindOf} from './codegen-state.js';

/** Generates the value into exactly this register. */
export const generateInto = (f: FunctionState, node: Expression, register: Register): void => {
	const mark = f.top;
	const value = f.visit.value(f, node, register);
	emitMove(f, kindOf(node.type), register, value);
	f.top = mark;
};
