/** Typed nodes for the operators (C11 6.5.3 to 6.5.17): constraints, conversions, folding. Operands come undecayed. */
import type {
	ArithmeticOperator,
	CompareOperator,
	Expression,
	Position,
	VariableSymbol,
} from './ast.js';
import {
	findMember,
	intType,
	isArithmetic,
	isAtomic,
	isBool,
	isCompatible,
	isComplete,
	isConst,
	isInteger,
	isPointer,
	isScalar,
	isVariableLength,
	longType,
	pointerTo,
	qualifier,
	qualify,
	sizeType,
	unqualified,
	voidType,
	type CType,
	type FloatType,
	type IntegerType,
	type PointerType,
} from './c-types.js';
import {atomicUpdate} from './atomics.js';
import {
	checkCondition,
	convert,
	convertForAssignment,
	decay,
	errorExpression,
	isNullPointerConstant,
	promote,
	truthConstant,
	usualConversions,
} from './conversions.js';
import {
	absoluteAddress,
	constantTruth,
	exactInteger,
	foldCompare,
	foldFloat,
	integerConstant,
	isConstant,
	wrapInteger,
} from './fold.js';
import {error, isErrorType, warn, type Parser} from './parser-state.js';
import {quotedType, typeName} from './type-names.js';

export const isLvalue = (expression: Expression): boolean => {
	switch (expression.kind) {
		case 'variable':
		case 'string':
		case 'dereference':
		case 'compound-literal': {
			return true;
		}

		case 'member': {
			return isLvalue(expression.object);
		}

		default: {
			return false;
		}
	}
};

/** The size of a type as an expression: a constant, or the hidden local of a variable length array. */
export const sizeOf = (p: Parser, type: CType, position: Position): Expression => {
	if (type.kind === 'array' && type.variableSize) {
		const symbol = p.sizeSymbols.get(type.variableSize.symbolId);
		if (symbol) return {kind: 'variable', symbol, type: sizeType, position};
	}

	const size = type.kind === 'void' || type.kind === 'function' ? 1 : type.size; // GNU
	return integerConstant(BigInt(size), sizeType, position);
};

/** `index` as a long, multiplied for elements whose size only run time knows; with the constant element size. */
const scaledIndex = (
	p: Parser,
	index: Expression,
	element: CType,
): readonly [Expression, number] => {
	const long = convert(promote(index), longType);
	if (!isVariableLength(element))
		return [long, element.kind === 'void' || element.kind === 'function' ? 1 : element.size];
	const size = convert(sizeOf(p, element, index.position), longType);
	return [
		{
			kind: 'binary',
			operator: '*',
			left: long,
			right: size,
			type: longType,
			position: index.position,
		},
		1,
	];
};

const checkPointee = (p: Parser, type: PointerType, position: Position): boolean => {
	if (isComplete(type.target) || type.target.kind === 'void') return true;
	error(
		p,
		position,
		type.target.kind === 'record'
			? `invalid use of undefined type '${typeName(unqualified(type.target))}'`
			: 'arithmetic on pointer to an incomplete type',
	);
	return false;
};

const pointerAddition = (
	p: Parser,
	pointer: Expression,
	index: Expression,
	isSubtraction: boolean,
	position: Position,
): Expression => {
	const type = unqualified(pointer.type) as PointerType;
	if (!checkPointee(p, type, position)) return errorExpression(position);
	const [scaled, elementSize] = scaledIndex(p, index, type.target);
	if (pointer.kind === 'integer' && scaled.kind === 'integer') {
		const distance = scaled.value * BigInt(elementSize);
		return integerConstant(
			isSubtraction ? pointer.value - distance : pointer.value + distance,
			type,
			position,
		);
	}

	return {kind: 'pointer-add', pointer, index: scaled, isSubtraction, elementSize, type, position};
};

const pointerDifference = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): Expression => {
	const type = left.type as PointerType;
	const other = right.type as PointerType;
	if (!isCompatible(type.target, other.target, true)) {
		error(
			p,
			position,
			`invalid operands to binary - (have ${quotedType(left.type)} and ${quotedType(right.type)})`,
		);
		return errorExpression(position);
	}

	if (!checkPointee(p, type, position)) return errorExpression(position);
	if (isVariableLength(type.target)) {
		const bytes: Expression = {
			kind: 'pointer-difference',
			left,
			right,
			elementSize: 1,
			type: longType,
			position,
		};
		return {
			kind: 'binary',
			operator: '/',
			left: bytes,
			right: convert(sizeOf(p, type.target, position), longType),
			type: longType,
			position,
		};
	}

	return {
		kind: 'pointer-difference',
		left,
		right,
		elementSize: Math.max(1, type.target.size),
		type: longType,
		position,
	};
};

const invalidOperands = (
	p: Parser,
	operator: string,
	left: Expression,
	right: Expression,
	position: Position,
): Expression => {
	if (left.type.kind === 'void' || right.type.kind === 'void')
		error(p, position, 'void value not ignored as it ought to be');
	else
		error(
			p,
			position,
			`invalid operands to binary ${operator} (have ${quotedType(left.type)} and ${quotedType(right.type)})`,
		);
	return errorExpression(position);
};

const warnShift = (
	p: Parser,
	operator: '<<' | '>>',
	count: Expression,
	type: IntegerType,
	position: Position,
): void => {
	if (count.kind !== 'integer') return;
	const side = operator === '<<' ? 'left' : 'right';
	if (count.value < 0n)
		warn(p, position, '-Wshift-count-negative', `${side} shift count is negative`);
	else if (count.value >= BigInt(type.size * 8))
		warn(p, position, '-Wshift-count-overflow', `${side} shift count >= width of type`);
};

const foldBinary = (
	p: Parser,
	operator: ArithmeticOperator,
	left: Expression,
	right: Expression,
	position: Position,
): Expression | undefined => {
	if (left.kind === 'float' && right.kind === 'float') {
		const value = foldFloat(operator, left.value, right.value);
		return value === undefined
			? undefined
			: {
					kind: 'float',
					value: left.type.name === 'float' ? Math.fround(value) : value,
					type: left.type,
					position,
				};
	}

	if (left.kind !== 'integer' || right.kind !== 'integer' || left.type.kind !== 'integer')
		return undefined;
	const exact = exactInteger(operator, left.value, right.value, left.type.size * 8);
	if (exact === undefined) return undefined;
	const value = wrapInteger(exact, left.type);
	if (value !== exact && left.type.isSigned && operator !== '<<') {
		warn(
			p,
			position,
			'-Woverflow',
			`integer overflow in expression of type ${quotedType(left.type)} results in '${value}'`,
		);
	}

	return {kind: 'integer', value, type: left.type, position};
};

/** `left op right` for the arithmetic and bit operators, pointers included. */
export const binary = (
	p: Parser,
	operator: ArithmeticOperator,
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = decay(leftIn);
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	if (operator === '+' || operator === '-') {
		if (isPointer(left.type) && isInteger(right.type))
			return pointerAddition(p, left, right, operator === '-', position);
		if (operator === '+' && isInteger(left.type) && isPointer(right.type))
			return pointerAddition(p, right, left, false, position);
		if (operator === '-' && isPointer(left.type) && isPointer(right.type))
			return pointerDifference(p, left, right, position);
	}

	if (!isArithmetic(left.type) || !isArithmetic(right.type))
		return invalidOperands(p, operator, left, right, position);
	const needsIntegers =
		operator !== '+' && operator !== '-' && operator !== '*' && operator !== '/';
	if (needsIntegers && !(isInteger(left.type) && isInteger(right.type)))
		return invalidOperands(p, operator, left, right, position);
	if (operator === '<<' || operator === '>>') {
		const value = promote(left);
		const type = unqualified(value.type) as IntegerType;
		const count = promote(right);
		warnShift(p, operator, count, type, position);
		const narrow = convert(count, intType);
		return (
			foldBinary(p, operator, value, narrow, position) ?? {
				kind: 'binary',
				operator,
				left: value,
				right: narrow,
				type,
				position,
			}
		);
	}

	const [a, b, type] = usualConversions(left, right);
	if ((operator === '/' || operator === '%') && b.kind === 'integer' && b.value === 0n)
		warn(p, position, '-Wdiv-by-zero', 'division by zero');
	return (
		foldBinary(p, operator, a, b, position) ?? {
			kind: 'binary',
			operator,
			left: a,
			right: b,
			type,
			position,
		}
	);
};

/** Brings two pointers (or a pointer and a null pointer constant or an integer) to one type for a comparison. */
const comparePointers = (
	p: Parser,
	operator: CompareOperator,
	left: Expression,
	right: Expression,
	position: Position,
): readonly [Expression, Expression] => {
	if (isPointer(left.type) && isPointer(right.type)) {
		const isFine =
			isNullPointerConstant(left) ||
			isNullPointerConstant(right) ||
			left.type.target.kind === 'void' ||
			right.type.target.kind === 'void' ||
			isCompatible(left.type.target, right.type.target, true);
		if (!isFine)
			warn(
				p,
				position,
				'-Wcompare-distinct-pointer-types',
				'comparison of distinct pointer types lacks a cast',
			);
		return [left, convert(right, left.type)];
	}

	const pointer = isPointer(left.type) ? left : right;
	const other = pointer === left ? right : left;
	if (!isNullPointerConstant(other)) {
		warn(p, position, '-Wint-conversion', 'comparison between pointer and integer');
	} else if (operator !== '==' && operator !== '!=') {
		warn(p, position, '-Wextra', `ordered comparison of pointer with integer zero`);
	}

	return [convert(left, pointer.type), convert(right, pointer.type)];
};

const isStringLiteral = (expression: Expression): boolean =>
	expression.kind === 'cast' &&
	expression.conversion === 'array-decay' &&
	expression.operand.kind === 'string';

export const compare = (
	p: Parser,
	operator: CompareOperator,
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = decay(leftIn);
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	if (!isScalar(left.type) || !isScalar(right.type))
		return invalidOperands(p, operator, left, right, position);
	let operands: readonly [Expression, Expression];
	if (isPointer(left.type) || isPointer(right.type)) {
		if (left.type.kind === 'float' || right.type.kind === 'float')
			return invalidOperands(p, operator, left, right, position);
		const isLiteral =
			(isStringLiteral(left) && !isNullPointerConstant(right)) ||
			(isStringLiteral(right) && !isNullPointerConstant(left));
		if (isLiteral)
			warn(
				p,
				position,
				'-Waddress',
				'comparison with string literal results in unspecified behavior',
			);
		operands = comparePointers(p, operator, left, right, position);
	} else {
		const [a, b] = usualConversions(left, right);
		operands = [a, b];
	}

	const [a, b] = operands;
	if (isConstant(a) && isConstant(b))
		return truthConstant(foldCompare(operator, a.value, b.value), position);
	return {kind: 'compare', operator, left: a, right: b, type: intType, position};
};

export const logical = (
	p: Parser,
	operator: '&&' | '||',
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = checkCondition(p, leftIn);
	const right = checkCondition(p, rightIn);
	const isLeftTrue = constantTruth(left);
	const isRightTrue = constantTruth(right);
	if (isLeftTrue !== undefined) {
		const isDecided = operator === '&&' ? !isLeftTrue : isLeftTrue;
		if (isDecided) return truthConstant(isLeftTrue, position);
		if (isRightTrue !== undefined) return truthConstant(isRightTrue, position);
	}

	return {kind: 'logical', operator, left, right, type: intType, position};
};

/** `-x`, `+x`, `~x`, `!x`. */
export const unary = (
	p: Parser,
	operator: '-' | '+' | '~' | '!',
	operandIn: Expression,
	position: Position,
): Expression => {
	if (operator === '!') {
		const operand = checkCondition(p, operandIn);
		const truth = constantTruth(operand);
		return truth === undefined
			? {kind: 'unary', operator, operand, type: intType, position}
			: truthConstant(!truth, position);
	}

	const operand = promote(decay(operandIn));
	const {type} = operand;
	if (isErrorType(type)) return errorExpression(position);
	if (!(operator === '~' ? isInteger(type) : isArithmetic(type))) {
		const name =
			operator === '-' ? 'unary minus' : operator === '+' ? 'unary plus' : 'bit-complement';
		error(p, position, `wrong type argument to ${name}`);
		return errorExpression(position);
	}

	if (operator === '+') return isConstant(operand) ? operand : convert(operand, type, true); // No longer an lvalue
	if (operand.kind === 'integer') {
		return integerConstant(operator === '-' ? -operand.value : ~operand.value, type, position);
	}

	if (operand.kind === 'float') return {...operand, value: -operand.value, position};
	return {kind: 'unary', operator, operand, type: unqualified(type), position};
};

/* ---------- Lvalues ---------- */

const markAddressTaken = (expression: Expression): void => {
	if (expression.kind === 'variable') expression.symbol.isAddressTaken = true;
	else if (expression.kind === 'member') markAddressTaken(expression.object);
	else if (expression.kind === 'compound-literal') expression.symbol.isAddressTaken = true;
};

export const addressOf = (p: Parser, operand: Expression, position: Position): Expression => {
	if (isErrorType(operand.type)) return errorExpression(position);
	if (operand.kind === 'function') {
		operand.symbol.isUsed = true;
		return {
			kind: 'cast',
			conversion: 'function-decay',
			operand,
			type: pointerTo(operand.type),
			isExplicit: false,
			position,
		};
	}

	if (!isLvalue(operand)) {
		error(p, position, "lvalue required as unary '&' operand");
		return errorExpression(position);
	}

	if (operand.kind === 'member' && operand.member.bitField) {
		error(p, position, `cannot take address of bit-field '${operand.member.name ?? ''}'`);
		return errorExpression(position);
	}

	const type = pointerTo(operand.type);
	if (operand.kind === 'dereference')
		return isCompatible(operand.operand.type, type)
			? operand.operand
			: convert(operand.operand, type);
	const absolute = absoluteAddress(operand);
	if (absolute !== undefined) return integerConstant(absolute, type, position);
	markAddressTaken(operand);
	return {kind: 'address-of', operand, type, position};
};

export const dereference = (p: Parser, operandIn: Expression, position: Position): Expression => {
	const operand = decay(operandIn);
	const {type} = operand;
	if (isErrorType(type)) return errorExpression(position);
	if (type.kind !== 'pointer') {
		error(p, position, `invalid type argument of unary '*' (have ${quotedType(type)})`);
		return errorExpression(position);
	}

	if (type.target.kind === 'void') warn(p, position, '', "dereferencing 'void *' pointer");
	return {kind: 'dereference', operand, type: type.target, position};
};

/** `object.name`. */
export const member = (
	p: Parser,
	object: Expression,
	name: string,
	position: Position,
): Expression => {
	const {type} = object;
	if (isErrorType(type)) return errorExpression(position);
	if (type.kind === 'pointer' && type.target.kind === 'record') {
		error(p, position, `${quotedType(type)} is a pointer; did you mean to use '->'?`);
		return errorExpression(position);
	}

	if (type.kind !== 'record') {
		error(p, position, `request for member '${name}' in something not a structure or union`);
		return errorExpression(position);
	}

	if (!type.record.members) {
		error(p, position, `invalid use of undefined type '${typeName(unqualified(type))}'`);
		return errorExpression(position);
	}

	const path = findMember(type.record, name);
	if (!path) {
		error(p, position, `'${typeName(unqualified(type))}' has no member named '${name}'`);
		return errorExpression(position);
	}

	let node = object;
	for (const step of path) {
		const inherited = node.type.qualifiers & (qualifier.const | qualifier.volatile);
		node = {
			kind: 'member',
			object: node,
			member: step,
			type: qualify(step.type, inherited),
			position,
		};
	}

	return node;
};

/** `pointer->name`. */
export const arrow = (
	p: Parser,
	pointerIn: Expression,
	name: string,
	position: Position,
): Expression => {
	const pointer = decay(pointerIn);
	if (isErrorType(pointer.type)) return errorExpression(position);
	if (pointer.type.kind === 'record') {
		error(
			p,
			position,
			`invalid type argument of '->' (have ${quotedType(pointer.type)}); did you mean to use '.'?`,
		);
		return errorExpression(position);
	}

	if (pointer.type.kind !== 'pointer') {
		error(p, position, `invalid type argument of '->' (have ${quotedType(pointer.type)})`);
		return errorExpression(position);
	}

	return member(
		p,
		{kind: 'dereference', operand: pointer, type: pointer.type.target, position: pointer.position},
		name,
		position,
	);
};

/** `base[index]`, either way round. */
export const subscript = (
	p: Parser,
	baseIn: Expression,
	indexIn: Expression,
	position: Position,
): Expression => {
	const base = decay(baseIn);
	const index = decay(indexIn);
	if (isErrorType(base.type) || isErrorType(index.type)) return errorExpression(position);
	const [pointer, number] = isPointer(base.type) ? [base, index] : [index, base];
	if (!isPointer(pointer.type) || !isInteger(number.type)) {
		error(
			p,
			position,
			isPointer(pointer.type)
				? 'array subscript is not an integer'
				: 'subscripted value is neither array nor pointer nor vector',
		);
		return errorExpression(position);
	}

	return dereference(p, pointerAddition(p, pointer, number, false, position), position);
};

const readOnlyName = (expression: Expression): string | undefined => {
	if (expression.kind === 'variable') return `variable '${expression.symbol.name}'`;
	if (expression.kind === 'member')
		return isConst(expression.member.type) ? `member '${expression.member.name ?? ''}'` : undefined;
	return undefined;
};

const isReadOnly = (target: Expression): boolean =>
	isConst(target.type) || (target.type.kind === 'record' && hasConstMember(target.type));

const hasConstMember = (type: CType): boolean =>
	type.kind === 'record' &&
	(type.record.members ?? []).some(({type: inner}) => isConst(inner) || hasConstMember(inner));

/** A modifiable lvalue, or an error is reported. `what`: 'left operand of assignment', 'increment operand' … */
const checkModifiable = (
	p: Parser,
	target: Expression,
	what: string,
	verb: string,
	position: Position,
): boolean => {
	if (isErrorType(target.type)) return false;
	if (!isLvalue(target)) {
		error(p, position, `lvalue required as ${what}`);
		return false;
	}

	if (target.type.kind === 'array' || target.type.kind === 'function') {
		error(
			p,
			position,
			target.type.kind === 'array'
				? 'assignment to expression with array type'
				: `lvalue required as ${what}`,
		);
		return false;
	}

	if (!isComplete(target.type)) {
		error(
			p,
			position,
			target.type.kind === 'void'
				? 'invalid use of void expression'
				: `invalid use of undefined type '${typeName(unqualified(target.type))}'`,
		);
		return false;
	}

	if (isReadOnly(target)) {
		const name = readOnlyName(target);
		error(
			p,
			position,
			`${verb} of read-only ${name ?? (target.kind === 'member' ? `object member '${target.member.name ?? ''}'` : 'location')}`,
		);
		return false;
	}

	return true;
};

/** A plain store whose result nobody reads isn't a use of the variable (-Wunused-but-set-variable). */
export const forgetStores = (expression: Expression): void => {
	if (expression.kind === 'comma') {
		forgetStores(expression.left);
		forgetStores(expression.right);
	} else if (expression.kind === 'assign' && expression.target.kind === 'variable') {
		expression.target.symbol.uses--;
		expression.target.symbol.isAssigned = true;
	}
};

export const assign = (
	p: Parser,
	target: Expression,
	valueIn: Expression,
	position: Position,
): Expression => {
	if (!checkModifiable(p, target, 'left operand of assignment', 'assignment', position)) {
		return errorExpression(position);
	}

	const bits = target.kind === 'member' ? target.member.bitField : undefined;
	const value = convertForAssignment(p, valueIn, unqualified(target.type), {kind: 'assignment'});
	if (isErrorType(value.type)) return errorExpression(position);
	if (bits && value.kind === 'integer')
		warnBitFieldOverflow(p, value.value, bits.width, target.type as IntegerType, position);
	return {kind: 'assign', target, value, type: unqualified(target.type), position};
};

const warnBitFieldOverflow = (
	p: Parser,
	value: bigint,
	width: number,
	type: IntegerType,
	position: Position,
): void => {
	const wrapped = type.isSigned ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
	if (wrapped === value || BigInt.asUintN(width, value) === value || isBool(type)) return;
	warn(
		p,
		position,
		'-Woverflow',
		`overflow in conversion from 'int' to '${typeName(type)}:${width}' changes value from '${value}' to '${wrapped}'`,
	);
};

/** `target op= value`. */
export const compoundAssign = (
	p: Parser,
	operator: ArithmeticOperator,
	target: Expression,
	valueIn: Expression,
	position: Position,
): Expression => {
	const value = decay(valueIn);
	if (!checkModifiable(p, target, 'left operand of assignment', 'assignment', position))
		return errorExpression(position);
	if (isErrorType(value.type)) return errorExpression(position);
	const type = unqualified(target.type);
	if (isPointer(type) && (operator === '+' || operator === '-') && isInteger(value.type)) {
		if (!checkPointee(p, type, position)) return errorExpression(position);
		const [scaled, elementSize] = scaledIndex(p, value, type.target);
		if (isAtomic(target.type))
			return atomicUpdate(
				p,
				operator,
				target,
				{value: scaled, elementSize, computeType: undefined},
				position,
			);
		return {
			kind: 'compound-assign',
			operator,
			target,
			value: scaled,
			computeType: type,
			elementSize,
			type,
			position,
		};
	}

	// The checks and the common type are those of the plain operator; the node made for it is thrown away
	const trial = binary(p, operator, target, value, position);
	if (isErrorType(trial.type) || !isArithmetic(type) || !isArithmetic(value.type)) {
		if (!isErrorType(trial.type)) invalidOperands(p, `${operator}=`, target, value, position);
		return errorExpression(position);
	}

	const isShift = operator === '<<' || operator === '>>';
	const computeType = (
		isShift ? unqualified(promote(target).type) : usualConversions(target, value)[2]
	) as IntegerType;
	const converted = convert(promote(value), isShift ? intType : computeType);
	if (isAtomic(target.type))
		return atomicUpdate(
			p,
			operator,
			target,
			{value: converted, elementSize: undefined, computeType},
			position,
		);
	return {
		kind: 'compound-assign',
		operator,
		target,
		value: converted,
		computeType,
		elementSize: undefined,
		type,
		position,
	};
};

/** `++x`, `x--` … */
export const increment = (
	p: Parser,
	target: Expression,
	delta: 1 | -1,
	isPrefix: boolean,
	position: Position,
): Expression => {
	const word = delta === 1 ? 'increment' : 'decrement';
	if (!checkModifiable(p, target, `${word} operand`, word, position))
		return errorExpression(position);
	const type = unqualified(target.type);
	if (!isScalar(type)) {
		error(p, position, `wrong type argument to ${word}`);
		return errorExpression(position);
	}

	let elementSize: number | undefined;
	if (isPointer(type)) {
		if (!checkPointee(p, type, position)) return errorExpression(position);
		if (isVariableLength(type.target)) {
			const one = integerConstant(1n, intType, position);
			const updated = compoundAssign(p, delta === 1 ? '+' : '-', target, one, position);
			return isPrefix ? updated : binary(p, delta === 1 ? '-' : '+', updated, one, position);
		}

		elementSize =
			type.target.kind === 'void' || type.target.kind === 'function' ? 1 : type.target.size;
	}

	if (isAtomic(target.type)) {
		const computeType = isPointer(type)
			? undefined
			: ((isInteger(type) ? unqualified(promote(target).type) : type) as IntegerType | FloatType);
		const one = !computeType
			? integerConstant(1n, longType, position)
			: convert(integerConstant(1n, intType, position), computeType);
		return atomicUpdate(
			p,
			delta === 1 ? '+' : '-',
			target,
			{value: one, elementSize, computeType},
			position,
			!isPrefix,
		);
	}

	const computeType = isInteger(type) ? (unqualified(promote(target).type) as IntegerType) : type;
	return {kind: 'increment', target, delta, isPrefix, computeType, elementSize, type, position};
};

/* ---------- Comma, conditional ---------- */

export const comma = (left: Expression, rightIn: Expression, position: Position): Expression => {
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	return {kind: 'comma', left: decay(left), right, type: unqualified(right.type), position};
};

/** The common type of two pointer branches (C11 6.5.15p6). */
const commonPointer = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): CType => {
	const a = left.type as PointerType;
	const b = right.type as PointerType;
	if (isNullPointerConstant(left)) return b;
	if (isNullPointerConstant(right)) return a;
	const qualifiers =
		(a.target.qualifiers | b.target.qualifiers) & (qualifier.const | qualifier.volatile);
	if (a.target.kind === 'void' || b.target.kind === 'void')
		return pointerTo(qualify(voidType, qualifiers));
	if (isCompatible(a.target, b.target, true)) return pointerTo(qualify(a.target, qualifiers));
	warn(
		p,
		position,
		'-Wincompatible-pointer-types',
		'pointer type mismatch in conditional expression',
	);
	return pointerTo(voidType);
};

const conditionalType = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): CType | undefined => {
	const a = left.type;
	const b = right.type;
	if (isArithmetic(a) && isArithmetic(b)) return usualConversions(left, right)[2];
	if (a.kind === 'void' || b.kind === 'void') return voidType;
	if (a.kind === 'record' && b.kind === 'record' && a.record === b.record) return unqualified(a);
	if (isPointer(a) && isPointer(b)) return commonPointer(p, left, right, position);
	const pointer = isPointer(a) ? left : isPointer(b) ? right : undefined;
	if (pointer === undefined) return undefined;
	const other = pointer === left ? right : left;
	if (!isInteger(other.type)) return undefined;
	if (!isNullPointerConstant(other))
		warn(
			p,
			position,
			'-Wint-conversion',
			'pointer/integer type mismatch in conditional expression',
		);
	return pointer.type;
};

export const conditional = (
	p: Parser,
	conditionIn: Expression,
	consequentIn: Expression,
	alternateIn: Expression,
	position: Position,
): Expression => {
	const condition = checkCondition(p, conditionIn);
	const consequent = decay(consequentIn);
	const alternate = decay(alternateIn);
	if (isErrorType(consequent.type) || isErrorType(alternate.type)) return errorExpression(position);
	const type = conditionalType(p, consequent, alternate, position);
	if (!type) {
		error(
			p,
			position,
			`type mismatch in conditional expression (have ${quotedType(consequent.type)} and ${quotedType(alternate.type)})`,
		);
		return errorExpression(position);
	}

	const a = convert(consequent, type);
	const b = convert(alternate, type);
	const truth = constantTruth(condition);
	const chosen = truth === undefined ? undefined : truth ? a : b;
	if (chosen && isConstant(chosen)) return {...chosen, position};
	return {
		kind: 'conditional',
		condition,
		consequent: a,
		alternate: b,
		type: unqualified(type),
		position,
	};
};

/** A variable as an expression; counts as a use. */
export const variable = (symbol: VariableSymbol, position: Position): Expression => {
	symbol.uses++;
	return {kind: 'variable', symbol, type: symbol.type, position};
};
