/** Conversion as if by assignment, with gcc's warnings (C11 6.5.16.1): assignments, arguments, initialisers, `return`. */
import type {Expression, Position} from '../ast.js';
import {
	isArithmetic,
	isBool,
	isCompatible,
	isInteger,
	qualifier,
	type CType,
	type PointerType,
} from '../types/c-types.js';
import {convert, decay, errorExpression, isNullPointerConstant} from './conversions.js';
import type {NoteAt} from '../text/diagnostics.js';
import {integerConstant, integerRange} from './fold.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {quotedType} from '../types/type-names.js';

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
	if (value.type.size === target.size && value.type.isSigned === target.isSigned) return;
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
		`${target.isSigned ? 'overflow in' : 'unsigned'} conversion from ${quotedType(value.type)} to ${quotedType(target)} changes value from '${value.value}' to '${result}'`,
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

/**
 * Whether a parameter's struct is the argument's as a header declares it that the program has not included: the function was
 * declared as there, for a program that forgot to (which it has been told).
 */
const isFromHeader = (destination: Destination, from: CType, to: CType): boolean =>
	destination.kind === 'argument' &&
	destination.notePosition === 0 &&
	from.kind === 'record' &&
	to.kind === 'record' &&
	from.record.tag !== undefined &&
	from.record.tag === to.record.tag;

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
	const isSame = isVoid || isCompatible(from, to, true) || isFromHeader(destination, from, to);
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
		error(
			p,
			position,
			destination.kind === 'argument'
				? 'invalid use of void expression'
				: 'void value not ignored as it ought to be',
		);
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
