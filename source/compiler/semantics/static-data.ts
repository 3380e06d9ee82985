/** Initialisers of static objects: from the item list to a byte image with relocations. */
import type {
	BinaryExpression,
	Expression,
	InitializerItem,
	Position,
	Relocation,
	StaticInitializer,
	VariableSymbol,
} from '../ast.js';
import {type BitField, type CType, isConst, isVolatile} from '../types/c-types.js';
import {convert} from './conversions.js';
import {addressConstant, exactInteger, integerConstant, isConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';

type Image = {
	readonly bytes: Uint8Array;
	readonly view: DataView;
	relocations: Relocation[];
	/** Behind the last relocation in the image. */
	relocatedEnd: number;
};

const writeInteger = ({view}: Image, offset: number, size: number, value: bigint): void => {
	if (size === 8) view.setBigUint64(offset, BigInt.asUintN(64, value), true);
	else if (size === 4) view.setUint32(offset, Number(BigInt.asUintN(32, value)), true);
	else if (size === 2) view.setUint16(offset, Number(BigInt.asUintN(16, value)), true);
	else if (size === 1) view.setUint8(offset, Number(BigInt.asUintN(8, value)));
};

/** Into the field's storage unit, byte by byte: that of a packed one may reach over the object's end. */
const writeBits = (
	{bytes}: Image,
	offset: number,
	{unitSize, shift, width}: BitField,
	value: bigint,
): void => {
	const ones = (1n << BigInt(width)) - 1n;
	let mask = ones << BigInt(shift);
	let bits = (value & ones) << BigInt(shift);
	const end = Math.min(offset + unitSize, bytes.length);
	for (let at = offset; at < end; at++) {
		bytes[at] = (bytes[at]! & ~Number(mask & 0xffn)) | Number(bits & 0xffn);
		mask >>= 8n;
		bits >>= 8n;
	}
};

const addRelocation = (image: Image, relocation: Relocation): void => {
	image.relocations.push(relocation);
	image.relocatedEnd = Math.max(image.relocatedEnd, relocation.offset + 8);
};

/** A later initialiser of the same bytes replaces an earlier one. */
const dropRelocations = (image: Image, offset: number, size: number): void => {
	if (offset >= image.relocatedEnd) return;
	if (
		image.relocations.some(
			relocation => relocation.offset + 8 > offset && relocation.offset < offset + size,
		)
	) {
		image.relocations = image.relocations.filter(
			relocation => relocation.offset + 8 <= offset || relocation.offset >= offset + size,
		);
	}
};

const copyImage = (
	image: Image,
	offset: number,
	size: number,
	source: StaticInitializer | undefined,
): void => {
	image.bytes.fill(0, offset, offset + size);
	if (!source) return;
	image.bytes.set(source.bytes.subarray(0, size), offset);
	for (const relocation of source.relocations)
		addRelocation(image, {...relocation, offset: relocation.offset + offset});
};

/** Keeps the value of a const scalar; called once its initialiser is read. */
export const rememberConstant = (
	symbol: VariableSymbol,
	items: readonly InitializerItem[],
): void => {
	const [item] = items;
	const isScalar = symbol.type.kind !== 'array' && symbol.type.kind !== 'record';
	if (!item || !isScalar || !isConst(symbol.type) || isVolatile(symbol.type)) return;
	const value = withConstants(item.value);
	if (isConstant(value) || addressConstant(value)) symbol.constant = value;
};

/** The value with the constants that const objects begin with in place of those objects, as gcc allows since version 8. */
const withConstants = (value: Expression): Expression => {
	switch (value.kind) {
		case 'variable': {
			const {constant} = value.symbol;
			return constant ? {...constant, position: value.position} : value;
		}

		case 'cast': {
			if (value.conversion === 'array-decay' || value.conversion === 'function-decay') return value;
			const operand = withConstants(value.operand);
			return operand === value.operand ? value : convert(operand, value.type, value.isExplicit);
		}

		case 'pointer-add':
			return {
				...value,
				pointer: withConstants(value.pointer),
				index: withConstants(value.index),
			};
		case 'binary': {
			const left = withConstants(value.left);
			const right = withConstants(value.right);
			return arithmeticConstant(value, left, right);
		}

		default:
			return value;
	}
};

const arithmeticConstant = (
	value: BinaryExpression,
	left: Expression,
	right: Expression,
): Expression => {
	const {operator, type, position} = value;
	if (type.kind === 'integer' && left.kind === 'integer' && right.kind === 'integer') {
		const exact = exactInteger(operator, left.value, right.value, type.size * 8);
		if (exact !== undefined) return integerConstant(exact, type, position);
	}

	return {...value, left, right};
};

/** Writes one item; false if its value isn't known before the program runs. */
const writeItem = (
	image: Image,
	{offset, type, bitField, value: written}: InitializerItem,
): boolean => {
	const value = type.kind === 'record' ? written : withConstants(written);
	if (!bitField) dropRelocations(image, offset, type.size);
	if (type.kind === 'array' && value.kind === 'string') {
		image.bytes.fill(0, offset, offset + type.size);
		image.bytes.set(value.literal.bytes.subarray(0, type.size), offset);
		return true;
	}

	if (type.kind === 'record') {
		const isLiteral =
			value.kind === 'variable' && value.symbol.isHidden && value.symbol.storage === 'static';
		if (isLiteral) copyImage(image, offset, type.size, value.symbol.initializer);
		return isLiteral;
	}

	if (value.kind === 'float') {
		if (type.size === 4) image.view.setFloat32(offset, value.value, true);
		else image.view.setFloat64(offset, value.value, true);
		return true;
	}

	const address = addressConstant(value);
	if (!address) return false;
	if (bitField) {
		writeBits(image, offset, bitField, address.addend);
		return !address.target;
	}

	if (!address.target) {
		writeInteger(image, offset, type.size, address.addend);
		return true;
	}

	if (type.size !== 8) return false;
	writeInteger(image, offset, 8, 0n);
	if (address.target.kind === 'function') address.target.isUsed = true;
	addRelocation(image, {offset, target: address.target, addend: Number(address.addend)});
	return true;
};

/** Bytes of an initialised object at most: it has to stand in the program's file. Zeroed objects may be larger. */
const largestImage = 0x400_0000;

/** The image of a static object of `type`; undefined if it is all zero. `extent` may exceed the type (flexible array member). */
export const staticInitializer = (
	p: Parser,
	type: CType,
	items: readonly InitializerItem[],
	extent: number,
	position: Position,
): StaticInitializer | undefined => {
	const size = Math.max(type.size, extent);
	if (size > largestImage) {
		error(p, position, `initialized data of ${size} bytes is too large`);
		return undefined;
	}

	const bytes = new Uint8Array(size);
	const image: Image = {bytes, view: new DataView(bytes.buffer), relocations: [], relocatedEnd: 0};
	for (const item of items) {
		if (isErrorType(item.value.type) || isErrorType(item.type)) continue;
		if (!writeItem(image, item))
			error(p, item.value.position || position, 'initializer element is not constant');
	}

	const isZero =
		image.relocations.length === 0 && bytes.length === type.size && bytes.every(byte => byte === 0);
	return isZero
		? undefined
		: {bytes, relocations: image.relocations.sort((a, b) => a.offset - b.offset)};
};
