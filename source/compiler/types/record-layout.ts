/** Offsets of struct and union members, bit-fields among them, after the System V x86-64 ABI. */
import type {CType, Member} from './c-types.js';

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

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;

export const layOut = (
	declared: readonly DeclaredMember[],
	isUnion: boolean,
	isPacked: boolean,
	minimumAlignment: number,
): Layout => {
	const members: Member[] = [];
	let bits = 0;
	let size = 0; // In bits
	let alignment = Math.max(1, minimumAlignment);
	for (const {name, type, width, alignment: own, isPacked: isMemberPacked} of declared) {
		const natural = isPacked || isMemberPacked ? 1 : type.alignment;
		const memberAlignment = Math.max(natural, own);
		if (isUnion) bits = 0;
		if (width === undefined) {
			bits = roundUp(bits, memberAlignment * 8);
			members.push({name, type, offset: bits / 8});
			bits += type.size * 8;
			alignment = Math.max(alignment, memberAlignment);
		} else {
			const unit = type.size * 8;
			const isCrossing = Math.floor(bits / unit) !== Math.floor((bits + width - 1) / unit);
			if (width === 0 || (isCrossing && bits % unit !== 0)) bits = roundUp(bits, unit);
			if (width > 0) {
				const offset = Math.floor(bits / unit) * type.size;
				if (name !== undefined) {
					members.push({name, type, offset, bitField: {shift: bits - offset * 8, width}});
					alignment = Math.max(alignment, memberAlignment);
				}

				bits += width;
			}
		}

		size = Math.max(size, bits);
	}

	return {members, size: roundUp(Math.ceil(size / 8), alignment), alignment};
};
