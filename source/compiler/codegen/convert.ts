/**
 * Conversions between scalar types, on values in registers.
 */
import type {CType} from '../types/c-types.js';
import {
	type FunctionState,
	type Register,
	allocate,
	emit,
	emitDouble,
	emitMove,
	emitResult,
	kindOf,
	none,
	resultRegister,
} from './codegen-state.js';

/** Cuts a 32-bit value in a register down to a narrow integer type. */
export const emitNarrow = (f: FunctionState, type: CType, to: Register, from: Register): void => {
	const isSigned = type.kind === 'integer' && type.isSigned;
	if (type.size === 1) emit(f, isSigned ? 'SX8' : 'ZX8', to, from);
	else if (type.size === 2) emit(f, isSigned ? 'SX16' : 'ZX16', to, from);
	else emitMove(f, 'w', to, from);
};

/** Whether every value of the one integer type is a value of the other, both of at most 32 bits. */
const includes = (outer: CType, inner: CType): boolean => {
	if (outer.kind !== 'integer' || inner.kind !== 'integer' || outer.size === 4)
		return outer.size === 4;
	if (inner.rank === 0) return true;
	if (outer.isSigned === inner.isSigned) return outer.size >= inner.size;
	return outer.isSigned && outer.size > inner.size;
};

/** Converts between integer types (not to _Bool); returns `from` itself if there is nothing to do. */
export const convertInteger = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	if (type.size === 8) {
		if (source.size === 8) return from;
		const isUnsigned = source.size === 4 && source.kind === 'integer' && !source.isSigned;
		return emitResult(f, mark, wanted, isUnsigned ? 'ZEXT' : 'SEXT', from);
	}

	if (type.size === 4 || (source.size <= 4 && includes(type, source))) return from;
	const to = resultRegister(f, mark, wanted);
	emitNarrow(f, type, to, from);
	return to;
};

/** 0 or 1 in a register: whether the value is nonzero. */
export const convertToBoolean = (
	f: FunctionState,
	source: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	if (source.kind === 'integer' && source.rank === 0) return from;
	return compareWithZero(f, source, from, false, mark, wanted);
};

/** 0 or 1 in a register: whether the scalar is zero, or whether it isn't. */
export const compareWithZero = (
	f: FunctionState,
	source: CType,
	from: Register,
	isZeroWanted: boolean,
	mark: Register,
	wanted: Register,
): Register => {
	if (source.kind === 'float') {
		const zero = allocate(f);
		emitDouble(f, zero, 0);
		return emitResult(f, mark, wanted, isZeroWanted ? 'FEQ' : 'FNE', from, zero);
	}

	const isWord = kindOf(source) === 'w';
	if (isZeroWanted) return emitResult(f, mark, wanted, isWord ? 'EQI' : 'EQLI', from);
	return emitResult(f, mark, wanted, isWord ? 'NEI' : 'NELI', from);
};

export const convertIntegerToFloat = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	const isSigned = source.kind === 'integer' && source.isSigned;
	const isSingle = type.size === 4;
	if (source.size === 8) {
		if (isSingle) return emitResult(f, mark, wanted, isSigned ? 'LTOS' : 'ULTOS', from);
		return emitResult(f, mark, wanted, isSigned ? 'LTOF' : 'ULTOF', from);
	}

	const name = isSigned || source.size < 4 ? 'WTOF' : 'UTOF';
	const to = emitResult(f, mark, wanted, name, from);
	if (isSingle && source.size === 4) emit(f, 'FROUND', to, to);
	return to;
};

export const convertFloatToInteger = (
	f: FunctionState,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	const isSigned = type.kind === 'integer' && type.isSigned;
	if (type.size === 8) return emitResult(f, mark, wanted, isSigned ? 'FTOL' : 'FTOUL', from);
	if (type.size === 4) return emitResult(f, mark, wanted, isSigned ? 'FTOW' : 'FTOU', from);
	const to = emitResult(f, mark, wanted, 'FTOW', from);
	emitNarrow(f, type, to, to);
	return to;
};

/** Converts between any two scalar types as an assignment does. */
export const convert = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register = none,
): Register => {
	if (type.kind === 'integer' && type.rank === 0)
		return convertToBoolean(f, source, from, mark, wanted);
	if (type.kind === 'float') {
		if (source.kind !== 'float') return convertIntegerToFloat(f, source, type, from, mark, wanted);
		if (type.size === 8 || source.size === 4) return from;
		return emitResult(f, mark, wanted, 'FROUND', from);
	}

	if (source.kind === 'float') return convertFloatToInteger(f, type, from, mark, wanted);
	return convertInteger(f, source, type, from, mark, wanted);
};
