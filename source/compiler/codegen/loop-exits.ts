/**
 * The parts of a loop's body that are left for good: `if (*flag) { printf("%ld turns\n", turns); break; }`. What they read
 * or write matters to no further turn, since none follows them.
 */
import type {Expression, LabelSymbol, Statement} from '../ast.js';
import {hidesStatements} from '../tree-walk.js';

/** Events [from, to): control that comes there goes on to `break` out of `loop`, to a label, or out of the function. */
export type ExitPart<Loop> = {
	readonly from: number;
	readonly to: number;
	readonly exit: Exit<Loop>;
};

export type Exit<Loop> =
	| {readonly kind: 'break'; readonly loop: Loop}
	| {readonly kind: 'goto'; readonly label: LabelSymbol}
	| {readonly kind: 'return'};

const isFinalCall = (node: Expression): boolean =>
	node.kind === 'cast'
		? isFinalCall(node.operand)
		: node.kind === 'call' && node.callee.kind === 'function' && node.callee.symbol.isNoReturn;

/** How a statement leaves what is around it; `loop` is what a `break` there would leave, undefined for a switch. */
export const exitOf = <Loop>(
	statement: Statement,
	loop: Loop | undefined,
): Exit<Loop> | undefined => {
	switch (statement.kind) {
		case 'break': {
			return loop && {kind: 'break', loop};
		}

		case 'goto': {
			return {kind: 'goto', label: statement.label};
		}

		case 'return': {
			return {kind: 'return'};
		}

		case 'expression': {
			return isFinalCall(statement.expression) ? {kind: 'return'} : undefined;
		}

		default: {
			return undefined;
		}
	}
};

/** Whether control can go elsewhere from a statement than behind it or out of the function. */
const canJump = (statement: Statement): boolean => {
	switch (statement.kind) {
		case 'expression':
		case 'declaration':
		case 'empty':
		case 'return': {
			return false;
		}

		case 'block': {
			return statement.statements.some(canJump);
		}

		case 'if': {
			return (
				canJump(statement.consequent) ||
				(statement.alternate !== undefined && canJump(statement.alternate))
			);
		}

		case 'while':
		case 'do':
		case 'for':
		case 'label':
		case 'case': {
			return canJump(statement.body);
		}

		default: {
			return true;
		}
	}
};

/** Of statements in a row, the first one (by index) from which control certainly comes to the one at `exit`. */
export const startOfExit = (statements: readonly Statement[], exit: number): number => {
	let start = exit;
	while (start > 0) {
		const before = statements[start - 1]!;
		if (canJump(before) || hidesStatements(before)) break;
		start--;
	}
	return start;
};
