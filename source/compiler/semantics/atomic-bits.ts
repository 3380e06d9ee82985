/**
 * Atomic exchanges of structures and floating-point numbers: of their bits, as an integer of the same size.
 */
import type {Expression, Position} from '../ast.js';
import {
	pointerTo,
	unsignedCharType,
	unsignedIntType,
	unsignedLongType,
	unsignedShortType,
	type CType,
} from '../types/c-types.js';
import type {Parser} from '../parse/parser-state.js';
import {dereferenced} from './atomics.js';
import {convert} from './conversions.js';
import {addressOf} from './object-access.js';
import {saved} from './temporaries.js';

/** The integer that holds the bits of an object that is none itself; undefined if none has its size. */
export const bitsTypeOf = (type: CType): CType | undefined => {
	if (type.kind !== 'record' && type.kind !== 'float') return undefined;
	return [unsignedCharType, unsignedShortType, unsignedIntType, unsignedLongType].find(
		({size}) => size === type.size,
	);
};

/** A pointer to an object as one to its bits. */
export const toBits = (address: Expression, bits: CType): Expression =>
	convert(address, pointerTo(bits), true);

/** A value in a temporary, to be read as itself or as its bits, which can be assigned, too. */
export const savedAsBits = (
	p: Parser,
	value: Expression,
	bits: CType,
	position: Position,
): {
	readonly store: Expression | undefined;
	readonly read: Expression;
	readonly bits: Expression;
} => {
	const {store, read} = saved(p, value, position);
	return {store, read, bits: dereferenced(toBits(addressOf(p, read, position), bits), position)};
};
