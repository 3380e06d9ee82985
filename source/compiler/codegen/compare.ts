/**
 * Comparisons: operands, the instruction for them, and their use as a value or as a branch.
 */
import type {OpcodeName} from '../../bytecode/opcodes.js';
import type {CompareOperator, Expression} from '../ast.js';
import {generateOperands, inRegister} from './arithmetic.js';
import {pin} from './place.js';
import {
	type FunctionState,
	type Register,
	emit,
	emitResult,
	isInt32,
	kindOf,
} from './codegen-state.js';

const swapped: Readonly<Record<CompareOperator, CompareOperator>> = {
	'==': '==',
	'!=': '!=',
	'<': '>',
	'<=': '>=',
	'>': '<',
	'>=': '<=',
};

export const negated: Readonly<Record<CompareOperator, CompareOperator>> = {
	'==': '!=',
	'!=': '==',
	'<': '>=',
	'<=': '>',
	'>': '<=',
	'>=': '<',
};

const stems: Readonly<Record<CompareOperator, string>> = {
	'==': 'EQ',
	'!=': 'NE',
	'<': 'LT',
	'<=': 'LE',
	'>': 'GT',
	'>=': 'GE',
};

/** A comparison made ready: the stem of its instruction's name and its operands. */
export type Comparison = {
	/** `EQ`, `LTU`, `GEI` … without the width letter of 64-bit forms. */
	readonly stem: string;
	readonly isImmediate: boolean;
	readonly isLong: boolean;
	readonly left: Register;
	/** A register, or the immediate. */
	readonly right: number;
};

/** An unsigned comparison with 0 or 1 that is a test for zero. */
const asZeroTest = (operator: CompareOperator, value: bigint): CompareOperator | undefined => {
	if (value === 0n && operator === '>') return '!=';
	if (value === 0n && operator === '<=') return '==';
	if (value === 1n && operator === '>=') return '!=';
	if (value === 1n && operator === '<') return '==';
	return undefined;
};

/** Evaluates the operands of an integer or pointer comparison and chooses the instruction for it. */
export const prepareComparison = (
	f: FunctionState,
	operator: CompareOperator,
	leftNode: Expression,
	rightNode: Expression,
): Comparison => {
	if (leftNode.kind === 'integer' && rightNode.kind !== 'integer') {
		return prepareComparison(f, swapped[operator], rightNode, leftNode);
	}

	const {type} = leftNode;
	const isLong = kindOf(type) === 'l';
	const isSigned = type.kind === 'integer' && type.isSigned;
	const {left, right} = generateOperands(f, leftNode, rightNode, false);
	if (right.kind === 'constant' && isInt32(right.value)) {
		const isEquality = operator === '==' || operator === '!=';
		const zeroTest = isSigned || isEquality ? undefined : asZeroTest(operator, right.value);
		if (isSigned || isEquality || zeroTest) {
			const value = zeroTest ? 0 : Number(right.value);
			return {stem: stems[zeroTest ?? operator], isImmediate: true, isLong, left, right: value};
		}
	}

	const second = inRegister(f, right, isLong ? 'l' : 'w');
	const isSwapped = operator === '>' || operator === '>=';
	const stem = stems[isSwapped ? swapped[operator] : operator];
	const isUnsigned = !isSigned && operator !== '==' && operator !== '!=';
	return {
		stem: isUnsigned ? `${stem}U` : stem,
		isImmediate: false,
		isLong,
		left: isSwapped ? second : left,
		right: isSwapped ? left : second,
	};
};

/** The comparison as a value: 0 or 1 in a register. */
export const emitComparison = (
	f: FunctionState,
	mark: Register,
	wanted: Register,
	{stem, isLong, isImmediate, left, right}: Comparison,
): Register => {
	const name = `${stem}${isLong ? 'L' : ''}${isImmediate ? 'I' : ''}` as OpcodeName;
	return emitResult(f, mark, wanted, name, left, right);
};

/** The instruction that branches if the comparison holds. */
export const emitBranch = (
	f: FunctionState,
	{stem, isLong, isImmediate, left, right}: Comparison,
	label: number,
): void => {
	const name = `B${stem}${isLong ? 'L' : ''}${isImmediate ? 'I' : ''}` as OpcodeName;
	emit(f, name, left, right, label);
};

/** A comparison of floats: 0 or 1 in the result. NaN compares false, except for `!=`. */
export const compareFloats = (
	f: FunctionState,
	operator: CompareOperator,
	leftNode: Expression,
	rightNode: Expression,
	wanted: Register,
): Register => {
	const mark = f.top;
	const left = pin(f, f.visit.value(f, leftNode), 'f', rightNode);
	const right = f.visit.value(f, rightNode);
	const isSwapped = operator === '>' || operator === '>=';
	const name = `F${stems[isSwapped ? swapped[operator] : operator]}` as OpcodeName;
	return isSwapped
		? emitResult(f, mark, wanted, name, right, left)
		: emitResult(f, mark, wanted, name, left, right);
};
