/** -Wunused-value: statements that compute something and throw it away. */
import type {Expression} from '../ast.js';
import {isVolatile} from '../types/c-types.js';
import {forgetStores} from './assignment.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {warn} from '../parse/complaints.js';

/** Can evaluating it change anything? */
export const hasEffect = (expression: Expression): boolean => {
	switch (expression.kind) {
		case 'integer':
		case 'float':
		case 'string':
		case 'function': {
			return false;
		}

		case 'variable': {
			return isVolatile(expression.type);
		}

		case 'dereference':
		case 'unary':
		case 'address-of': {
			return isVolatile(expression.type) || hasEffect(expression.operand);
		}

		case 'cast': {
			return expression.conversion === 'void' || hasEffect(expression.operand);
		}

		case 'member': {
			return isVolatile(expression.type) || hasEffect(expression.object);
		}

		case 'binary':
		case 'compare':
		case 'logical':
		case 'comma':
		case 'pointer-difference': {
			return hasEffect(expression.left) || hasEffect(expression.right);
		}

		case 'pointer-add': {
			return hasEffect(expression.pointer) || hasEffect(expression.index);
		}

		case 'conditional': {
			return (
				hasEffect(expression.condition) ||
				hasEffect(expression.consequent) ||
				hasEffect(expression.alternate)
			);
		}

		default: {
			return true;
		}
	}
};

/** The value that an operator on an _Atomic object was reduced to. */
const isAtomicResult = (expression: Expression): boolean => {
	if (expression.kind === 'builtin') return expression.builtin.startsWith('atomic-');
	if (expression.kind === 'cast' || expression.kind === 'unary')
		return isAtomicResult(expression.operand);
	return (
		expression.kind === 'binary' &&
		(isAtomicResult(expression.left) || isAtomicResult(expression.right))
	);
};

/** Does the outermost operator compute a value that nobody reads, though its operands have effects? */
const isValueDropped = (expression: Expression): boolean => {
	switch (expression.kind) {
		case 'binary':
		case 'compare':
		case 'pointer-difference':
		case 'unary': {
			return true;
		}

		case 'pointer-add': {
			return expression.pointer.kind !== 'compound-assign'; // p++ of a pointer to a variable length array
		}

		case 'dereference': {
			return !isVolatile(expression.type);
		}

		default: {
			return false;
		}
	}
};

export const warnUnusedValue = (p: Parser, expression: Expression): void => {
	forgetStores(expression);
	if (isErrorType(expression.type) || expression.type.kind === 'void') return;
	if (!hasEffect(expression))
		warn(p, expression.position, '-Wunused-value', 'statement with no effect');
	else if (isValueDropped(expression) && !isAtomicResult(expression))
		warn(p, expression.position, '-Wunused-value', 'value computed is not used');
};
