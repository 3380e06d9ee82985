// Values of C variables as text, as gdb prints them.

import type {DebugType} from '../bytecode/debug-info.js';
import type {Program} from '../bytecode/program.js';
import {textBase, textStride} from '../bytecode/program.js';

/** Elements of an array and characters of a string that are shown before `...`. */
const shownElements = 16;
const shownCharacters = 40;

/** The value in `bytes` (as long as the type) as C would write it: `42`, `'a'`, `"text"`, `{x = 1, y = 2}`, `0x1000040`. */
export const formatValue = (
	program: Program,
	type: DebugType,
	bytes: Uint8Array,
	bits?: readonly [offset: number, width: number],
): string => {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	switch (type.kind) {
		case 'void':
			return 'void';
		case 'function':
			return type.name;
		case 'bool':
			return (bits ? readBits(bytes, bits) : BigInt(bytes[0]!)) === 0n ? 'false' : 'true';
		case 'integer':
			return bits ? formatField(type, bytes, bits) : formatInteger(type, view);
		case 'float':
			return String(
				type.size === 4 ? Math.fround(view.getFloat32(0, true)) : view.getFloat64(0, true),
			);
		case 'enum': {
			const value = bits ? Number(readBits(bytes, bits)) : view.getInt32(0, true);
			return type.constants.find(([, number]) => number === value)?.[0] ?? String(value);
		}

		case 'pointer':
			return formatPointer(program, Number(view.getBigUint64(0, true)));
		case 'array':
			return formatArray(program, type, bytes);
		case 'struct':
		case 'union': {
			const members = type.members.map(({name, type: index, offset, bits: field}) => {
				const memberType = program.types[index]!;
				return `${name} = ${formatValue(program, memberType, bytes.subarray(offset), field)}`;
			});
			return `{${members.join(', ')}}`;
		}
	}
};

const readInteger = (view: DataView, size: number, isSigned: boolean): bigint => {
	switch (size) {
		case 1:
			return BigInt(isSigned ? view.getInt8(0) : view.getUint8(0));
		case 2:
			return BigInt(isSigned ? view.getInt16(0, true) : view.getUint16(0, true));
		case 4:
			return BigInt(isSigned ? view.getInt32(0, true) : view.getUint32(0, true));
		default:
			return isSigned ? view.getBigInt64(0, true) : view.getBigUint64(0, true);
	}
};

/** A bit-field, unsigned; packed ones can reach over as many bytes as their type has, and one more. */
const readBits = (
	bytes: Uint8Array,
	[offset, width]: readonly [offset: number, width: number],
): bigint => {
	let value = 0n;
	for (let at = Math.ceil((offset + width) / 8) - 1; at >= 0; at--)
		value = (value << 8n) | BigInt(bytes[at]!);
	return BigInt.asUintN(width, value >> BigInt(offset));
};

const formatField = (
	type: Extract<DebugType, {kind: 'integer'}>,
	bytes: Uint8Array,
	bits: readonly [offset: number, width: number],
): string => {
	const value = readBits(bytes, bits);
	return String(type.isSigned ? BigInt.asIntN(bits[1], value) : value);
};

const formatInteger = (type: Extract<DebugType, {kind: 'integer'}>, view: DataView): string => {
	const value = readInteger(view, type.size, type.isSigned);
	return type.name.endsWith('char') && value >= 32n && value < 127n
		? `${value} '${String.fromCharCode(Number(value))}'`
		: String(value);
};

const formatPointer = (program: Program, value: number): string => {
	if (value === 0) return 'NULL';
	const info = program.functions[(value - textBase) / textStride];
	return info ? info.name : `0x${value.toString(16)}`;
};

const formatArray = (
	program: Program,
	type: Extract<DebugType, {kind: 'array'}>,
	bytes: Uint8Array,
): string => {
	const element = program.types[type.element]!;
	if (element.kind === 'integer' && element.name === 'char') return formatString(bytes);
	const size = type.length === 0 ? 0 : type.size / type.length;
	const shown = Math.min(type.length, shownElements);
	const parts = Array.from({length: shown}, (_, index) =>
		formatValue(program, element, bytes.subarray(index * size, (index + 1) * size)),
	);
	return `{${parts.join(', ')}${type.length > shown ? ', ...' : ''}}`;
};

const formatString = (bytes: Uint8Array): string => {
	const end = bytes.indexOf(0);
	const used = end === -1 ? bytes : bytes.subarray(0, end);
	const text = [...used.subarray(0, shownCharacters)].map(escapeByte).join('');
	return `"${text}"${used.length > shownCharacters ? '...' : ''}`;
};

const escapes: Readonly<Record<number, string>> = {
	10: '\\n',
	9: '\\t',
	13: '\\r',
	34: '\\"',
	92: '\\\\',
};

const escapeByte = (byte: number): string =>
	escapes[byte] ??
	(byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
