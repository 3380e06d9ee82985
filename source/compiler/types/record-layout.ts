/** Offsets of struct and union members, bit-fields among them, after the System V x86-64 ABI. */
import type {CType, Member} from './c-types.js';
import {roundUp} from './round-up.js';

/** A member as declared. `width` is set for bit-fields (0 with no name: close the unit). */
export type DeclaredMember = {
	readonly name: string | undefined;
	readonly type: CType;
	readonly width: number | undefined;
	/** Raised by an attribute; 0 otherwise. */
	readonly alignment: number;
	readonly isPacked: boolean;
};

export type Layout = {
	readonly members: readonly Member[];
	readonly size: number;
	readonly alignment: number;
};

/** How closely members are packed. */
export type Packing = {
	/** `__attribute__((packed))` of the record. */
	readonly isPacked: boolean;
	/** `#pragma pack(n)`: no member is aligned to more than so many bytes; 0: none in force. */
	readonly limit: number;
};

const bitsOfByte = 8;

/** Where the bits of a field are: in the unit of its type that they begin in, or, packed, in bytes that end with them. */
const bitFieldAt = (
	bits: number,
	width: number,
	typeSize: number,
): Pick<Member, 'offset' | 'bitField'> => {
	const unit = Math.floor(bits / bitsOfByte / typeSize) * typeSize;
	const isWithin = bits - unit * bitsOfByte + width <= typeSize * bitsOfByte;
	const end = Math.ceil((bits + width) / bitsOfByte);
	const first = Math.floor(bits / bitsOfByte);
	const unitSize = end - first <= typeSize ? typeSize : 8;
	const offset = isWithin ? unit : Math.max(0, end - unitSize);
	return {offset, bitField: {unitSize, shift: bits - offset * bitsOfByte, width}};
};

export const layOut = (
	declared: readonly DeclaredMember[],
	isUnion: boolean,
	{isPacked, limit}: Packing,
	minimumAlignment: number,
): Layout => {
	const members: Member[] = [];
	let bits = 0;
	let size = 0; // In bits
	let alignment = Math.max(1, minimumAlignment);
	for (const {name, type, width, alignment: own, isPacked: isMemberPacked} of declared) {
		const most = isPacked || isMemberPacked ? 1 : limit > 0 ? limit : Infinity;
		const memberAlignment = Math.max(Math.min(type.alignment, most), own);
		if (isUnion) bits = 0;
		if (width === undefined) {
			bits = roundUp(bits, memberAlignment * bitsOfByte);
			members.push({name, type, offset: bits / bitsOfByte});
			bits += type.size * bitsOfByte;
			alignment = Math.max(alignment, memberAlignment);
		} else {
			const unit = type.size * bitsOfByte;
			const isCrossing = Math.floor(bits / unit) !== Math.floor((bits + width - 1) / unit);
			const mayCross = most < Infinity && width > 0;
			if (width === 0 || (isCrossing && !mayCross)) bits = roundUp(bits, unit);
			if (own > 0) bits = roundUp(bits, own * bitsOfByte);
			if (width > 0) {
				if (name !== undefined) {
					members.push({name, type, ...bitFieldAt(bits, width, type.size)});
					alignment = Math.max(alignment, memberAlignment);
				}

				bits += width;
			}
		}

		size = Math.max(size, bits);
	}

	return {members, size: roundUp(Math.ceil(size / bitsOfByte), alignment), alignment};
};

/** The first bit-field that no load of 8 bytes can reach: packed, longer than 56 bits and begun within a byte. */
export const unreachableField = ({members}: Layout): Member | undefined =>
	members.find(({bitField}) => bitField && bitField.shift < 0);
