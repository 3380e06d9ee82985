/**
 * Expressions. A value is generated into a wanted register if there is one, else a variable's own register is the
 * operand in place, else a temporary is taken from the top of the register stack.
 *
 * A wanted register is written last, when everything the expression reads has been read: it may be the register of a
 * variable that the expression itself uses.
 */
import type {
	ConditionalExpression,
	Expression,
	LogicalExpression,
	PointerDifference,
	UnaryExpression,
} from '../ast.js';
import {emitArithmetic, generateOperands, inRegister, isCommutative} from './arithmetic.js';
import {
	bitFieldOf,
	generateAssign,
	generateCompound,
	generateIncrement,
	isInMemory,
} from './assign.js';
import {loadField} from './bit-field.js';
import {generateAddress, generateCast} from './cast.js';
import {compareFloats, emitComparison, negated, prepareComparison} from './compare.js';
import {compareWithZero} from './convert.js';
import {generateInto} from './into.js';
import {load} from './memory.js';
import {
	type FunctionState,
	type Register,
	allocate,
	emit,
	emitAddress,
	emitConstant,
	emitDouble,
	emitJump,
	emitResult,
	kindOf,
	newLabel,
	none,
	ownerOf,
	placeLabel,
	resultRegister,
} from './codegen-state.js';

/** The value of a scalar, or the address of a record or array. */
export const generateValue = (
	f: FunctionState,
	node: Expression,
	wanted: Register = none,
): Register => {
	const mark = f.top;
	switch (node.kind) {
		case 'integer': {
			const to = resultRegister(f, mark, wanted);
			emitConstant(f, kindOf(node.type), to, node.value);
			return to;
		}

		case 'float': {
			const to = resultRegister(f, mark, wanted);
			emitDouble(f, to, node.value);
			return to;
		}

		case 'string':
		case 'variable':
		case 'dereference':
		case 'member':
		case 'compound-literal': {
			return generateLvalue(f, node, mark, wanted);
		}

		case 'function': {
			const to = resultRegister(f, mark, wanted);
			emitAddress(f, to, node.symbol, 0, node.position);
			return to;
		}

		case 'address-of': {
			if (node.operand.kind === 'function') return f.visit.value(f, node.operand, wanted);
			return generateAddress(f, f.visit.place(f, node.operand), mark, wanted);
		}

		case 'cast': {
			return generateCast(f, node, mark, wanted);
		}

		case 'unary': {
			return generateUnary(f, node, mark, wanted);
		}

		case 'binary': {
			const canSwap = node.type.kind === 'integer' && isCommutative(node.operator);
			const {left, right} = generateOperands(f, node.left, node.right, canSwap);
			return emitArithmetic(f, node.operator, node.type, left, right, mark, wanted);
		}

		case 'compare': {
			if (node.left.type.kind === 'float') {
				return compareFloats(f, node.operator, node.left, node.right, wanted);
			}

			const comparison = prepareComparison(f, node.operator, node.left, node.right);
			return emitComparison(f, mark, wanted, comparison);
		}

		case 'logical': {
			return generateTruth(f, node, mark, wanted);
		}

		case 'conditional': {
			return generateConditional(f, node, mark, wanted);
		}

		case 'comma': {
			f.visit.effects(f, node.left);
			f.top = mark;
			return f.visit.value(f, node.right, wanted);
		}

		case 'assign': {
			return generateAssign(f, node, true);
		}

		case 'compound-assign': {
			return generateCompound(f, node, true);
		}

		case 'increment': {
			return generateIncrement(f, node, mark, wanted);
		}

		case 'pointer-add': {
			return generateAddress(f, f.visit.target(f, node, false), mark, wanted);
		}

		case 'pointer-difference': {
			return generateDifference(f, node, mark, wanted);
		}

		case 'call': {
			return f.visit.call(f, node, wanted, undefined);
		}

		case 'builtin': {
			return f.visit.builtin(f, node, wanted);
		}

		case 'statement-expression': {
			return f.visit.statementExpression(f, node, wanted);
		}
	}
};

const generateLvalue = (
	f: FunctionState,
	node: Expression,
	mark: Register,
	wanted: Register,
): Register => {
	const place = f.visit.place(f, node);
	if (place.kind === 'register') return place.register;
	if (isInMemory(node.type)) return generateAddress(f, place, mark, wanted);
	if (node.type.kind === 'function') return generateAddress(f, place, mark, wanted);
	const field = bitFieldOf(node);
	return field
		? loadField(f, place, node.type, field, wanted, mark)
		: load(f, place, node.type, wanted, mark);
};

const generateUnary = (
	f: FunctionState,
	node: UnaryExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const {operand, operator} = node;
	if (operator === '!') return generateNot(f, operand, mark, wanted);
	const from = f.visit.value(f, operand);
	const kind = kindOf(node.type);
	if (kind === 'f') return emitResult(f, mark, wanted, 'FNEG', from);
	if (operator === '-') return emitResult(f, mark, wanted, kind === 'l' ? 'NEGL' : 'NEG', from);
	return emitResult(f, mark, wanted, kind === 'l' ? 'NOTL' : 'NOT', from);
};

const generateNot = (
	f: FunctionState,
	operand: Expression,
	mark: Register,
	wanted: Register,
): Register => {
	if (operand.kind === 'compare' && operand.left.type.kind !== 'float') {
		const comparison = prepareComparison(f, negated[operand.operator], operand.left, operand.right);
		return emitComparison(f, mark, wanted, comparison);
	}

	if (operand.kind === 'logical') {
		const {type, position} = operand;
		return generateTruth(f, {kind: 'unary', operator: '!', operand, type, position}, mark, wanted);
	}

	const from = f.visit.value(f, operand);
	return compareWithZero(f, operand.type, from, true, mark, wanted);
};

const generateDifference = (
	f: FunctionState,
	node: PointerDifference,
	mark: Register,
	wanted: Register,
): Register => {
	const {left, right} = generateOperands(f, node.left, node.right, false);
	const to = resultRegister(f, mark, wanted);
	const difference = node.elementSize === 1 ? to : allocate(f);
	emit(f, 'SUBL', difference, left, inRegister(f, right, 'l'));
	if (node.elementSize <= 1) return to;
	const log = Math.log2(node.elementSize);
	if (Number.isInteger(log)) {
		emit(f, 'SARLI', to, difference, log);
		return to;
	}

	const size = allocate(f);
	emitConstant(f, 'l', size, BigInt(node.elementSize));
	emit(f, 'DIVL', to, difference, size);
	return to;
};

/** 0 or 1 by way of branches. */
const generateTruth = (
	f: FunctionState,
	node: LogicalExpression | UnaryExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const end = newLabel(f);
	const isFree = wanted === none || ownerOf(f, wanted) === undefined;
	const to = resultRegister(f, mark, wanted);
	if (isFree) {
		emit(f, 'LI', to, 1);
		f.visit.jumpIf(f, node, true, end);
		emit(f, 'LI', to, 0);
	} else {
		const isFalse = newLabel(f);
		f.visit.jumpIf(f, node, false, isFalse);
		emit(f, 'LI', to, 1);
		emitJump(f, end);
		placeLabel(f, isFalse);
		emit(f, 'LI', to, 0);
	}

	placeLabel(f, end);
	f.top = Math.max(mark, wanted === none ? to + 2 : mark);
	return to;
};

const generateConditional = (
	f: FunctionState,
	node: ConditionalExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const otherwise = newLabel(f);
	const end = newLabel(f);
	f.visit.jumpIf(f, node.condition, false, otherwise);
	f.top = mark;
	const to = resultRegister(f, mark, wanted);
	generateInto(f, node.consequent, to);
	emitJump(f, end);
	placeLabel(f, otherwise);
	generateInto(f, node.alternate, to);
	placeLabel(f, end);
	return to;
};
