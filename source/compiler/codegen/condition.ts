/**
 * Conditions become branches directly, with short circuit: no truth value is ever computed for `if (a < b && p)`.
 */
import type {CompareExpression, Expression, LogicalExpression} from '../ast.js';
import {constantValue} from './arithmetic.js';
import {compareFloats, emitBranch, negated, prepareComparison} from './compare.js';
import {
	allocate,
	emit,
	emitDouble,
	emitJump,
	type FunctionState,
	kindOf,
	newLabel,
	none,
	placeLabel,
} from './codegen-state.js';

/** Goes to `label` if the truth of `node` is `sense`; otherwise falls through. */
export const generateJumpIf = (
	f: FunctionState,
	node: Expression,
	sense: boolean,
	label: number,
): void => {
	const mark = f.top;
	switch (node.kind) {
		case 'integer': {
			if ((node.value !== 0n) === sense) emitJump(f, label);
			break;
		}

		case 'unary': {
			if (node.operator === '!') f.visit.jumpIf(f, node.operand, !sense, label);
			else jumpOnValue(f, node, sense, label);
			break;
		}

		case 'logical': {
			jumpOnLogical(f, node, sense, label);
			break;
		}

		case 'compare': {
			jumpOnComparison(f, node, sense, label);
			break;
		}

		case 'cast': {
			if (keepsTruth(node)) f.visit.jumpIf(f, node.operand, sense, label);
			else jumpOnValue(f, node, sense, label);
			break;
		}

		case 'comma': {
			f.visit.effects(f, node.left);
			f.visit.jumpIf(f, node.right, sense, label);
			break;
		}

		default: {
			jumpOnValue(f, node, sense, label);
		}
	}

	f.top = mark;
};

/** Conversions whose result is nonzero exactly if the operand is. */
const keepsTruth = (node: Extract<Expression, {kind: 'cast'}>): boolean => {
	switch (node.conversion) {
		case 'boolean':
		case 'pointer':
		case 'integer-to-pointer':
		case 'pointer-to-integer': {
			return true;
		}

		case 'integer': {
			return node.type.size >= node.operand.type.size;
		}

		default: {
			return false;
		}
	}
};

const jumpOnValue = (f: FunctionState, node: Expression, sense: boolean, label: number): void => {
	const value = f.visit.value(f, node);
	const kind = kindOf(node.type);
	if (kind !== 'f') {
		const isLong = kind !== 'w';
		emitBranch(
			f,
			{stem: sense ? 'NE' : 'EQ', isImmediate: true, isLong, left: value, right: 0},
			label,
		);
		return;
	}

	const zero = allocate(f);
	emitDouble(f, zero, 0);
	emit(f, 'FNE', zero, value, zero);
	emit(f, sense ? 'BNEI' : 'BEQI', zero, 0, label);
};

const jumpOnLogical = (
	f: FunctionState,
	node: LogicalExpression,
	sense: boolean,
	label: number,
): void => {
	const isAnd = node.operator === '&&';
	if (isAnd === sense) {
		// Both must agree with `sense`: the left one alone can decide against it.
		const past = newLabel(f);
		f.visit.jumpIf(f, node.left, !sense, past);
		f.visit.jumpIf(f, node.right, sense, label);
		placeLabel(f, past);
		return;
	}

	f.visit.jumpIf(f, node.left, sense, label);
	f.visit.jumpIf(f, node.right, sense, label);
};

/** Expressions whose value is 0 or 1 and that are conditions themselves. */
const isCondition = (node: Expression): boolean =>
	node.kind === 'compare' ||
	node.kind === 'logical' ||
	(node.kind === 'unary' && node.operator === '!');

const jumpOnComparison = (
	f: FunctionState,
	node: CompareExpression,
	sense: boolean,
	label: number,
): void => {
	const {left, right, operator} = node;
	if (
		(operator === '==' || operator === '!=') &&
		constantValue(right) === 0n &&
		isCondition(left)
	) {
		f.visit.jumpIf(f, left, (operator === '!=') === sense, label);
		return;
	}

	if (left.type.kind === 'float') {
		// Not negated: with NaN, the opposite comparison is false too.
		const truth = compareFloats(f, operator, left, right, none);
		emit(f, sense ? 'BNEI' : 'BEQI', truth, 0, label);
		return;
	}

	emitBranch(f, prepareComparison(f, sense ? operator : negated[operator], left, right), label);
};
