/**
 * Conversions as expressions, and 64-bit expressions of which only the low 32 bits are wanted.
 */
import {hasEffects} from '../tree-walk.js';
import type {CastExpression, Expression} from '../ast.js';
import type {CType} from '../types/c-types.js';
import {type Operand, constantValue, emitInteger} from './arithmetic.js';
import {convert} from './convert.js';
import {addressOf} from './place.js';
import {
	type FunctionState,
	type Place,
	type Register,
	none,
	resultRegister,
} from './codegen-state.js';

export const generateAddress = (
	f: FunctionState,
	place: Place,
	mark: Register,
	wanted: Register,
): Register => {
	if (place.kind === 'register') throw new Error('the address of a register variable is taken');
	if (place.kind === 'memory' && place.offset === 0 && !place.thread) return place.base;
	return addressOf(f, place, resultRegister(f, mark, wanted));
};

export const generateCast = (
	f: FunctionState,
	node: CastExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const {operand, conversion, type} = node;
	switch (conversion) {
		case 'pointer':
		case 'integer-to-pointer':
		case 'pointer-to-integer':
		case 'function-decay': {
			return f.visit.value(f, operand, wanted);
		}

		case 'array-decay': {
			return generateAddress(f, f.visit.place(f, operand), mark, wanted);
		}

		case 'void': {
			f.visit.effects(f, operand);
			return none;
		}

		case 'boolean': {
			if (isTruthValue(operand)) return f.visit.value(f, operand, wanted);
			break;
		}

		case 'integer': {
			if (type.size < 8 && operand.type.size === 8) {
				const low = generateLow(f, operand, wanted);
				return convert(f, {...operand.type, size: 4} as CType, type, low, mark, wanted);
			}

			break;
		}

		default: {
			break;
		}
	}

	const isFree = conversion === 'integer' && !needsConversion(operand.type, type);
	const from = f.visit.value(f, operand, isFree ? wanted : none);
	return convert(f, operand.type, type, from, mark, wanted);
};

/** Operators whose low 32 bits depend on the low 32 bits of their operands only. */
export const lowOperators: ReadonlySet<string> = new Set(['+', '-', '*', '&', '|', '^']);

/** The low 32 bits of a 64-bit integer expression, computed with 32-bit instructions where that is the same. */
export const generateLow = (
	f: FunctionState,
	node: Expression,
	wanted: Register = none,
): Register => {
	const mark = f.top;
	if (node.kind === 'cast' && node.conversion === 'integer' && node.operand.type.size <= 4) {
		return f.visit.value(f, node.operand, wanted);
	}

	const isLow = node.kind === 'binary' && lowOperators.has(node.operator);
	if (!isLow || hasEffects(node.left) || hasEffects(node.right))
		return f.visit.value(f, node, wanted);
	const left = generateLow(f, node.left);
	const constant = constantValue(node.right);
	const right: Operand =
		constant === undefined
			? {kind: 'register', register: generateLow(f, node.right)}
			: {kind: 'constant', value: BigInt.asIntN(32, constant)};
	return emitInteger(f, node.operator, 'w', true, left, right, mark, wanted);
};

/** Expressions that are 0 or 1 already. */
const isTruthValue = (node: Expression): boolean =>
	node.kind === 'compare' ||
	node.kind === 'logical' ||
	(node.kind === 'unary' && node.operator === '!') ||
	(node.type.kind === 'integer' && node.type.rank === 0);

/** Whether a conversion between the types takes an instruction. */
export const needsConversion = (source: CType, type: CType): boolean => {
	if (source.kind === 'pointer' || type.kind === 'pointer') return false;
	if (source.kind !== type.kind) return true;
	if (source.kind === 'float') return source.size !== type.size;
	return type.size < 4 || source.size < type.size || (type.kind === 'integer' && type.rank === 0);
};
