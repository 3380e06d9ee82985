/**
 * Expressions whose value nobody uses.
 */
import type {BuiltinExpression, Expression} from '../ast.js';
import {asCompound, countIn, generateAssign, generateCompound} from './assign.js';
import {type FunctionState, emitJump, newLabel, placeLabel} from './codegen-state.js';
import {generateAtomicCount} from './call.js';
import {asCountingCompound, asIncrement} from './increments.js';

/** Evaluates an expression whose value nobody uses. */
export const generateEffects = (f: FunctionState, node: Expression): void => {
	const mark = f.top;
	switch (node.kind) {
		case 'increment': {
			const increment = asIncrement(node);
			if (!increment || !countIn(f, increment)) generateCompound(f, asCompound(node), false);
			break;
		}

		case 'assign': {
			const increment = asIncrement(node);
			if (increment && countIn(f, increment)) break;
			const compound = asCountingCompound(node);
			if (compound) generateCompound(f, compound, false);
			else generateAssign(f, node, false);
			break;
		}

		case 'compound-assign': {
			generateCompound(f, node, false);
			break;
		}

		case 'comma': {
			f.visit.effects(f, node.left);
			f.visit.effects(f, node.right);
			break;
		}

		case 'cast': {
			f.visit.effects(f, node.operand);
			break;
		}

		case 'conditional': {
			const otherwise = newLabel(f);
			const end = newLabel(f);
			f.visit.jumpIf(f, node.condition, false, otherwise);
			f.visit.effects(f, node.consequent);
			emitJump(f, end);
			placeLabel(f, otherwise);
			f.visit.effects(f, node.alternate);
			placeLabel(f, end);
			break;
		}

		case 'logical': {
			const end = newLabel(f);
			f.visit.jumpIf(f, node.left, node.operator === '||', end);
			f.visit.effects(f, node.right);
			placeLabel(f, end);
			break;
		}

		case 'integer':
		case 'float':
		case 'string':
		case 'function': {
			break;
		}

		default: {
			const count = asAtomicCount(node);
			if (count) generateAtomicCount(f, count);
			else f.visit.value(f, node);
		}
	}

	f.top = mark;
};

/** The indivisible addition whose result is all that an expression computes with: `++n`, `n += 2` on an _Atomic object. */
const asAtomicCount = (node: Expression): BuiltinExpression | undefined => {
	if (node.kind === 'cast') return asAtomicCount(node.operand);
	if (node.kind === 'binary') {
		return isConstant(node.right) ? asAtomicCount(node.left) : undefined;
	}
	const isAddition =
		node.kind === 'builtin' && (node.builtin === 'atomic-add' || node.builtin === 'atomic-sub');
	return isAddition && isConstant(node.args[1]!) ? node : undefined;
};

const isConstant = (node: Expression): boolean =>
	node.kind === 'integer' || (node.kind === 'cast' && isConstant(node.operand));
