/**
 * Bit-fields: reading and writing some bits of a storage unit in memory.
 */
import {type BitField, type CType, unsignedLongType} from '../types/c-types.js';
import {asMemory, load, store} from './memory.js';
import {
	type FunctionState,
	type MemoryPlace,
	type Register,
	allocate,
	emit,
	emitConstant,
	emitMove,
	isInt32,
	none,
	resultRegister,
} from './codegen-state.js';

/** What is loaded and stored for a field of this type. */
const unitType = (type: CType, {unitSize}: BitField): CType =>
	unitSize === type.size ? type : unsignedLongType;

/** Brings the field in `unit` (its storage unit) down to bit 0, extended by its sign. */
const extractField = (
	f: FunctionState,
	unit: Register,
	type: CType,
	{unitSize, shift: low, width}: BitField,
	to: Register,
): void => {
	const isLong = unitSize === 8;
	const bits = isLong ? 64 : 32;
	const isSigned = type.kind === 'integer' && type.isSigned;
	if (!isSigned && low === 0 && width < 32) {
		emit(f, isLong ? 'ANDLI' : 'ANDI', to, unit, 2 ** width - 1);
		return;
	}

	const up = bits - low - width;
	if (up > 0) emit(f, isLong ? 'SHLLI' : 'SHLI', to, unit, up);
	const down = bits - width;
	const source = up > 0 ? to : unit;
	if (down > 0) {
		const name = isSigned ? 'SARI' : 'SHRI';
		emit(f, isLong ? (isSigned ? 'SARLI' : 'SHRLI') : name, to, source, down);
	} else {
		emitMove(f, isLong ? 'l' : 'w', to, source);
	}
};

export const loadField = (
	f: FunctionState,
	place: MemoryPlace,
	type: CType,
	field: BitField,
	wanted: Register,
	mark: Register,
	isCounting = false,
): Register => {
	const unit = load(f, place, unitType(type, field), none, f.top, isCounting);
	const to = resultRegister(f, mark, wanted);
	extractField(f, unit, type, field, to);
	return to;
};

const mask = (f: FunctionState, isLong: boolean, value: Register, bits: bigint): Register => {
	const to = allocate(f);
	const signed = BigInt.asIntN(isLong ? 64 : 32, bits);
	if (!isLong || isInt32(signed)) {
		emit(f, isLong ? 'ANDLI' : 'ANDI', to, value, Number(signed));
		return to;
	}

	emitConstant(f, 'l', to, signed);
	emit(f, 'ANDL', to, value, to);
	return to;
};

/** Stores the low bits of `value`; returns the field's new value, as read back, if `isUsed`. */
export const storeField = (
	f: FunctionState,
	place: MemoryPlace,
	type: CType,
	field: BitField,
	value: Register,
	isUsed: boolean,
	isCounting = false,
): Register => {
	const isLong = field.unitSize === 8;
	const ones = (1n << BigInt(field.width)) - 1n;
	const at = asMemory(f, place);
	const old = load(f, at, unitType(type, field), none, f.top, isCounting);
	const rest = mask(f, isLong, old, ~(ones << BigInt(field.shift)));
	const part = mask(f, isLong, value, ones);
	if (field.shift > 0) emit(f, isLong ? 'SHLLI' : 'SHLI', part, part, field.shift);
	emit(f, isLong ? 'ORL' : 'OR', rest, rest, part);
	store(f, at, unitType(type, field), rest, isCounting);
	if (!isUsed) return none;
	const result = allocate(f);
	extractField(f, rest, type, field, result);
	return result;
};
