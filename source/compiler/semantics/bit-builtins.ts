/** gcc's builtins on the bits of an integer: folded if the argument is constant, else calls of the library. */
import type {Expression, Position} from '../ast.js';
import {libraryCall} from './calls.js';
import {castTo, decay} from './conversions.js';
import {intType, unsignedIntType, unsignedLongType, unsignedShortType} from '../types/c-types.js';
import {integerConstant} from './fold.js';
import type {Parser} from '../parse/parser-state.js';

const bitCounts: Readonly<Record<string, (value: bigint, bits: number) => number>> = {
	popcount: value => [...value.toString(2)].filter(digit => digit === '1').length,
	ctz: (value, bits) =>
		value === 0n ? bits : value.toString(2).length - value.toString(2).replace(/0+$/, '').length,
	parity: value => [...value.toString(2)].filter(digit => digit === '1').length % 2,
	ffs: value =>
		value === 0n ? 0 : value.toString(2).length - value.toString(2).replace(/0+$/, '').length + 1,
	clz: (value, bits) => (value === 0n ? bits : bits - value.toString(2).length),
};

/** `__builtin_bswap32` and its like. */
export const byteSwap = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const bits = Number(/^bswap(16|32|64)$/.exec(word)?.[1] ?? 0);
	const argument = args[0] && decay(args[0]);
	if (bits === 0 || !argument || args.length !== 1) return undefined;
	const type = bits === 16 ? unsignedShortType : bits === 32 ? unsignedIntType : unsignedLongType;
	if (argument.kind !== 'integer')
		return libraryCall(p, `__bswap_${bits}`, type, [castTo(p, argument, type, position)], position);
	let swapped = 0n;
	for (let byte = 0; byte < bits; byte += 8)
		swapped = (swapped << 8n) | ((argument.value >> BigInt(byte)) & 0xffn);
	return integerConstant(swapped, type, position);
};

/** `popcount`, `clzl`, `parityll` …: folded if constant, otherwise a call of the library, under libgcc's names. */
export const bitCount = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const match = /^(popcount|parity|ctz|clz|ffs)(l{0,2})$/.exec(word);
	const operation = match?.[1] ?? '';
	const argument = args[0] && decay(args[0]);
	if (!match || !argument || args.length !== 1) return undefined;
	const bits = match[2] === '' ? 32 : 64;
	if (argument.kind === 'integer') {
		const count = bitCounts[operation]?.(BigInt.asUintN(bits, argument.value), bits) ?? 0;
		return integerConstant(BigInt(count), intType, position);
	}

	const value = bits === 32 ? castTo(p, argument, unsignedIntType, position) : argument;
	const widened = castTo(p, value, unsignedLongType, position);
	const counted = libraryCall(p, `__${operation}di2`, intType, [widened], position);
	if (operation !== 'clz' || bits === 64) return counted;
	return {
		kind: 'binary',
		operator: '-',
		left: counted,
		right: integerConstant(32n, intType, position),
		type: intType,
		position,
	};
};
