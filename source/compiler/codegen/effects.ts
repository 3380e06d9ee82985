/**
 * Expressions whose value nobody uses.
 */
import type {Expression} from './ast.js';
import {asCompound, countIn, generateAssign, generateCompound} from './codegen-assign.js';
import {type FunctionState, emitJump, newLabel, placeLabel} from './codegen-state.js';
import {asIncrement} from './codegen-walk.js';

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
			if (!increment || !countIn(f, increment)) generateAssign(f, node, false);
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
			f.visit.value(f, node);
		}
	}

	f.top = mark;
};
