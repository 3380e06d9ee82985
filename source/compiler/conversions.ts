/** Conversions (C11 6.3): decay, promotion, casts; and the rules of assignment with gcc's warnings (6.5.16.1). */
import type {Conversion, Expression, Position} from './ast.js';
import {
	commonArithmeticType,
	doubleType,
	intType,
	isArithmetic,
	isBool,
	isCompatible,
	isInteger,
	isPointer,
	isScalar,
	longType,
	pointerTo,
	promotedType,
	qualifier,
	unqualified,
	unsignedLongType,
	voidType,
	type CType,
	type FloatType,
	type IntegerType,
	type PointerType,
} from './c-types.js';
import type {NoteAt} from './diagnostics.js';
import {convertConstant, integerConstant, integerRange, isConstant} from './fold.js';
import {error, errorType, isErrorType, warn, type Parser} from './parser-state.js';
import {quotedType} from './type-names.js';

const castNode = (
	operand: Expression,
	conversion: Conversion,
	type: CType,
	isExplicit: boolean,
	position: Position,
): Expression => ({
	kind: 'cast',
	conversion,
	operand,
	type,
	isExplicit,
	position,
});

/** A stand-in after an error was reported. */
export const errorExpression = (position: Position): Expression => ({
	kind: 'integer',
	value: 0n,
	type: errorType,
	position,
});

/** Arrays become pointers to their first element, functions pointers to themselves (C11 6.3.2.1). */
export const decay = (expression: Expression): Expression => {
	const {type, position} = expression;
	if (type.kind === 'array')
		return castNode(expression, 'array-decay', pointerTo(type.element), false, position);
	if (type.kind !== 'function') return expression;
	if (expression.kind === 'dereference') return expression.operand;
	if (expression.kind === 'function') expression.symbol.isUsed = true;
	return castNode(expression, 'function-decay', pointerTo(type), false, position);
};

export const isNullPointerConstant = (expression: Expression): boolean => {
	if (expression.kind !== 'integer' || expression.value !== 0n) return false;
	const {type} = expression;
	return (
		type.kind === 'integer' ||
		(type.kind === 'pointer' && type.target.kind === 'void' && type.target.qualifiers === 0)
	);
};

/** Which conversion leads from one scalar type to another; undefined if none is needed. */
const conversionBetween = (from: CType, to: CType): Conversion | undefined => {
	if (to.kind === 'integer' && to.rank === 0) return isBool(from) ? undefined : 'boolean';
	if (from.kind === 'float') {
		if (to.kind !== 'float') return 'float-to-integer';
		return from.name === to.name ? undefined : 'float';
	}

	if (to.kind === 'float') return 'integer-to-float';
	if (from.kind === 'pointer') {
		if (to.kind === 'integer') return 'pointer-to-integer';
		return isCompatible(from, to, true) ? undefined : 'pointer';
	}

	if (to.kind === 'pointer') return 'integer-to-pointer';
	return from.kind === 'integer' && to.kind === 'integer' && from.name === to.name
		? undefined
		: 'integer';
};

/** Converts without asking whether C allows it. The operand must be a scalar (or the target void, or the same record). */
export const convert = (operand: Expression, type: CType, isExplicit = false): Expression => {
	const {position} = operand;
	const target = unqualified(type);
	if (isErrorType(operand.type) || isErrorType(type)) return errorExpression(position);
	if (target.kind === 'void') return castNode(operand, 'void', voidType, isExplicit, position);
	if (isConstant(operand) && isScalar(target)) return convertConstant(operand, target, position);
	const from = operand.type;
	if (!isScalar(from) || !isScalar(target)) return operand;
	const conversion = conversionBetween(from, target);
	if (conversion === undefined) {
		return isExplicit
			? castNode(
					operand,
					target.kind === 'pointer'
						? 'pointer'
						: target.kind === 'float'
							? 'float'
							: isBool(target)
								? 'boolean'
								: 'integer',
					target,
					true,
					position,
				)
			: operand;
	}

	if (conversion === 'pointer-to-integer' && target.size !== 8) {
		return castNode(
			castNode(operand, conversion, unsignedLongType, isExplicit, position),
			'integer',
			target,
			isExplicit,
			position,
		);
	}

	if (conversion === 'integer-to-pointer' && from.size !== 8) {
		const wide = convert(
			operand,
			from.kind === 'integer' && from.isSigned ? longType : unsignedLongType,
		);
		return castNode(wide, conversion, target, isExplicit, position);
	}

	return castNode(operand, conversion, target, isExplicit, position);
};

const bitFieldOf = (expression: Expression) =>
	expression.kind === 'member' ? expression.member.bitField : undefined;

/** Integer promotion; floats stay. */
export const promote = (expression: Expression): Expression => {
	const {type} = expression;
	if (!isInteger(type) || isErrorType(type)) return expression;
	return convert(expression, promotedType(type, bitFieldOf(expression)));
};

/** Default argument promotions (C11 6.5.2.2p6). */
export const promoteArgument = (expression: Expression): Expression =>
	expression.type.kind === 'float' && expression.type.size === 4
		? convert(expression, doubleType)
		: promote(expression);

/** Both operands in their common real type. They must be arithmetic. */
export const usualConversions = (
	left: Expression,
	right: Expression,
): readonly [Expression, Expression, IntegerType | FloatType] => {
	const promotedLeft = promote(left);
	const promotedRight = promote(right);
	const type = commonArithmeticType(
		unqualified(promotedLeft.type) as IntegerType | FloatType,
		unqualified(promotedRight.type) as IntegerType | FloatType,
	);
	return [convert(promotedLeft, type), convert(promotedRight, type), type];
};

/* ---------- Assignment ---------- */

/** Where a value goes, for the wording. */
export type Destination =
	| {readonly kind: 'assignment' | 'initialization' | 'return'}
	| {
			readonly kind: 'argument';
			readonly number: number;
			readonly callee: string;
			readonly notePosition: Position;
	  };

/** `assignment to 'T' from …`, `passing argument 1 of 'f' from …`. */
const fromText = (destination: Destination, target: CType, source: CType): string => {
	switch (destination.kind) {
		case 'assignment': {
			return `assignment to ${quotedType(target)} from`;
		}

		case 'initialization': {
			return `initialization of ${quotedType(target)} from`;
		}

		case 'return': {
			return `returning ${quotedType(source)} from a function with`;
		}

		case 'argument': {
			return `passing argument ${destination.number} of ${destination.callee}`;
		}
	}
};

const notesFor = (destination: Destination, target: CType, source: CType): readonly NoteAt[] =>
	destination.kind === 'argument'
		? [
				[
					destination.notePosition,
					`expected ${quotedType(target)} but argument is of type ${quotedType(source)}`,
				],
			]
		: [];

const incompatibleMessage = (destination: Destination, target: CType, source: CType): string => {
	const text = fromText(destination, target, source);
	if (destination.kind === 'return')
		return `${text} incompatible return type ${quotedType(target)}`;
	if (destination.kind === 'argument') return `${text} from incompatible pointer type`;
	return `${text} incompatible pointer type ${quotedType(source)}`;
};

const signMessage = (destination: Destination, target: CType, source: CType): string => {
	const end = 'differ in signedness';
	if (destination.kind === 'argument')
		return `pointer targets in ${destinationName(destination)} ${end}`;
	if (destination.kind === 'return')
		return `pointer targets in ${fromText(destination, target, source)} return type ${quotedType(target)} ${end}`;
	return `pointer targets in ${fromText(destination, target, source)} ${quotedType(source)} ${end}`;
};

const madeWithoutCast = (destination: Destination, target: CType, source: CType): string => {
	const text = fromText(destination, target, source);
	const what =
		target.kind === 'pointer'
			? 'makes pointer from integer without a cast'
			: 'makes integer from pointer without a cast';
	if (destination.kind === 'return') return `${text} return type ${quotedType(target)} ${what}`;
	if (destination.kind === 'argument') return `${text} ${what}`;
	return `${text} ${quotedType(source)} ${what}`;
};

const destinationName = (destination: Destination): string => {
	switch (destination.kind) {
		case 'assignment': {
			return 'assignment';
		}

		case 'initialization': {
			return 'initialization';
		}

		case 'return': {
			return 'return';
		}

		case 'argument': {
			return `passing argument ${destination.number} of ${destination.callee}`;
		}
	}
};

/** Warns if a constant doesn't fit (-Woverflow). */
export const warnConstantOverflow = (
	p: Parser,
	value: Expression,
	target: CType,
	position: Position,
): void => {
	if (
		value.kind !== 'integer' ||
		target.kind !== 'integer' ||
		value.type.kind !== 'integer' ||
		isBool(target)
	)
		return;
	const [low, high] = integerRange(target);
	if (value.value >= low && value.value <= high) return;
	const bits = BigInt(target.size * 8);
	const isOnlySign = value.value >= -(1n << (bits - 1n)) && value.value < 1n << bits;
	if (isOnlySign && (value.value < 0n || target.size >= 4)) return; // -1 to unsigned and 0xff… to int are the idiom, gcc is silent too
	const result = integerConstant(value.value, target, position).value;
	warn(
		p,
		position,
		'-Woverflow',
		`overflow in conversion from ${quotedType(value.type)} to ${quotedType(target)} changes value from '${value.value}' to '${result}'`,
	);
};

const isSignVariant = (left: CType, right: CType): boolean =>
	left.kind === 'integer' &&
	right.kind === 'integer' &&
	left.size === right.size &&
	left.rank === right.rank &&
	left.rank > 0;

const discarded = (from: CType, to: CType): number =>
	from.qualifiers & ~to.qualifiers & (qualifier.const | qualifier.volatile);

/** Checks pointer to pointer (C11 6.5.16.1). */
const checkPointers = (
	p: Parser,
	source: PointerType,
	target: PointerType,
	destination: Destination,
	position: Position,
): void => {
	const from = source.target;
	const to = target.target;
	const isVoid = from.kind === 'void' || to.kind === 'void';
	const isSame = isVoid || isCompatible(from, to, true);
	if (isSame) {
		const lost = discarded(from, to);
		if (lost === 0) return;
		const which = (lost & qualifier.const) === 0 ? 'volatile' : 'const';
		warn(
			p,
			position,
			'-Wdiscarded-qualifiers',
			`${destinationName(destination)} discards '${which}' qualifier from pointer target type`,
			notesFor(destination, target, source),
		);
		return;
	}

	if (isSignVariant(from, to)) {
		warn(
			p,
			position,
			'-Wpointer-sign',
			signMessage(destination, target, source),
			notesFor(destination, target, source),
		);
		return;
	}

	warn(
		p,
		position,
		'-Wincompatible-pointer-types',
		incompatibleMessage(destination, target, source),
		notesFor(destination, target, source),
	);
};

const incompatibleError = (
	p: Parser,
	value: Expression,
	target: CType,
	destination: Destination,
): Expression => {
	const {position} = value;
	const source = value.type;
	if (source.kind === 'void') {
		error(p, position, 'void value not ignored as it ought to be');
		return errorExpression(position);
	}

	const notes = notesFor(destination, target, source);
	switch (destination.kind) {
		case 'argument': {
			error(
				p,
				position,
				`incompatible type for argument ${destination.number} of ${destination.callee}`,
				notes,
			);
			break;
		}

		case 'return': {
			error(
				p,
				position,
				`incompatible types when returning type ${quotedType(source)} but ${quotedType(target)} was expected`,
			);
			break;
		}

		case 'initialization': {
			error(
				p,
				position,
				target.kind === 'record'
					? 'invalid initializer'
					: `incompatible types when initializing type ${quotedType(target)} using type ${quotedType(source)}`,
			);
			break;
		}

		case 'assignment': {
			error(
				p,
				position,
				`incompatible types when assigning to type ${quotedType(target)} from type ${quotedType(source)}`,
			);
			break;
		}
	}

	return errorExpression(position);
};

/** `value` as if by assignment to an object of type `target`. */
export const convertForAssignment = (
	p: Parser,
	operand: Expression,
	target: CType,
	destination: Destination,
): Expression => {
	const value = decay(operand);
	const source = value.type;
	const {position} = value;
	if (isErrorType(source) || isErrorType(target)) return errorExpression(position);
	if (isArithmetic(target) && isArithmetic(source)) {
		warnConstantOverflow(p, value, target, position);
		return convert(value, target);
	}

	if (target.kind === 'record' && source.kind === 'record' && target.record === source.record)
		return value;
	if (target.kind === 'pointer' && source.kind === 'pointer') {
		if (!isNullPointerConstant(value)) checkPointers(p, source, target, destination, position);
		return convert(value, target);
	}

	if (isBool(target) && source.kind === 'pointer') return convert(value, target);
	const isMixed =
		(target.kind === 'pointer' && isInteger(source)) ||
		(isInteger(target) && source.kind === 'pointer');
	if (!isMixed) return incompatibleError(p, value, target, destination);
	if (!isNullPointerConstant(value) || target.kind !== 'pointer') {
		warn(
			p,
			position,
			'-Wint-conversion',
			madeWithoutCast(destination, target, source),
			notesFor(destination, target, source),
		);
	}

	return convert(value, target);
};

/** An explicit cast `(type)operand` (C11 6.5.4). */
export const castTo = (
	p: Parser,
	operandIn: Expression,
	type: CType,
	position: Position,
): Expression => {
	const operand = decay(operandIn);
	const from = operand.type;
	if (isErrorType(from) || isErrorType(type)) return errorExpression(position);
	if (type.kind === 'void') return {...convert(operand, voidType, true), position};
	if (type.kind === 'record' && from.kind === 'record' && type.record === from.record)
		return operand;
	if (!isScalar(type)) {
		const message =
			type.kind === 'array'
				? 'cast specifies array type'
				: type.kind === 'function'
					? 'cast specifies function type'
					: 'conversion to non-scalar type requested';
		error(p, position, message);
		return errorExpression(position);
	}

	if (!isScalar(from)) {
		error(
			p,
			position,
			from.kind === 'void'
				? 'void value not ignored as it ought to be'
				: `${from.kind === 'record' ? 'aggregate' : 'invalid'} value used where ${type.kind === 'float' ? 'a floating-point' : type.kind === 'pointer' ? 'a pointer' : 'an integer'} was expected`,
		);
		return errorExpression(position);
	}

	if ((isPointer(type) && from.kind === 'float') || (type.kind === 'float' && isPointer(from))) {
		error(
			p,
			position,
			isPointer(type)
				? 'cannot convert to a pointer type'
				: 'pointer value used where a floating-point was expected',
		);
		return errorExpression(position);
	}

	if (isPointer(type) && isInteger(from) && from.size !== 8 && !isConstant(operand)) {
		warn(p, position, '-Wint-to-pointer-cast', 'cast to pointer from integer of different size');
	} else if (isInteger(type) && isPointer(from) && type.size !== 8 && !isBool(type)) {
		warn(p, position, '-Wpointer-to-int-cast', 'cast from pointer to integer of different size');
	}

	return {...convert(operand, type, true), position};
};

/** A value used for its truth (C11 6.8.4.1p1). */
export const checkCondition = (p: Parser, operand: Expression): Expression => {
	const isBareAssignment = operand.kind === 'assign' && p.parenthesized !== operand;
	if (isBareAssignment)
		warn(
			p,
			operand.position,
			'-Wparentheses',
			'suggest parentheses around assignment used as truth value',
		);
	const value = decay(operand);
	if (isScalar(value.type)) return value;
	error(
		p,
		value.position,
		value.type.kind === 'void'
			? 'void value not ignored as it ought to be'
			: `used ${value.type.kind === 'record' && value.type.record.isUnion ? 'union' : 'struct'} type value where scalar is required`,
	);
	return errorExpression(value.position);
};

/** An int valued 0 or 1. */
export const truthConstant = (isTrue: boolean, position: Position): Expression =>
	integerConstant(isTrue ? 1n : 0n, intType, position);
