// 64-bit arithmetic on pairs of int32 words (low word first), and the double conversions of x86-64. Results go to the
// register at word offset `d`; operands may be the same register.

import {unaryMath} from '../bytecode/opcodes.js';

const two32 = 0x1_0000_0000;
const two63 = 2 ** 63;
/** Below this magnitude quotient and remainder of doubles are exact. */
const exactLimit = 2 ** 52;

/** The 64-bit register at word offset `at` as a number: exact within ±2^53. */
export const longAt = (r: Int32Array, at: number): number => r[at + 1]! * two32 + (r[at]! >>> 0);

const unsignedLongAt = (r: Int32Array, at: number): number =>
	(r[at + 1]! >>> 0) * two32 + (r[at]! >>> 0);

/** High word of the 64-bit product of two unsigned words. */
const multiplyHigh = (a: number, b: number): number => {
	const a0 = a & 0xffff;
	const a1 = a >>> 16;
	const b0 = b & 0xffff;
	const b1 = b >>> 16;
	const middle = a1 * b0 + ((a0 * b0) >>> 16);
	const cross = a0 * b1 + (middle & 0xffff);
	return a1 * b1 + Math.floor(middle / 0x1_0000) + Math.floor(cross / 0x1_0000);
};

export const multiplyLong = (
	r: Int32Array,
	d: number,
	xLow: number,
	xHigh: number,
	yLow: number,
	yHigh: number,
): void => {
	r[d + 1] = multiplyHigh(xLow >>> 0, yLow >>> 0) + Math.imul(xLow, yHigh) + Math.imul(xHigh, yLow);
	r[d] = Math.imul(xLow, yLow);
};

/** Quotient or remainder; false for a division by zero or LONG_MIN / -1, which raise SIGFPE. */
export const divideLong = (
	r: Int32Array,
	d: number,
	x: number,
	y: number,
	isSigned: boolean,
	wantsRemainder: boolean,
): boolean => {
	if (r[y] === 0 && r[y + 1] === 0) return false;
	const dividend = isSigned ? longAt(r, x) : unsignedLongAt(r, x);
	const divisor = isSigned ? longAt(r, y) : unsignedLongAt(r, y);
	if (Math.abs(dividend) < exactLimit && Math.abs(divisor) < exactLimit) {
		const result = wantsRemainder ? dividend % divisor : Math.trunc(dividend / divisor);
		r[d] = result;
		r[d + 1] = Math.floor(result / two32);
		return true;
	}
	return divideBig(r, d, bigAt(r, x, isSigned), bigAt(r, y, isSigned), wantsRemainder);
};

const bigAt = (r: Int32Array, at: number, isSigned: boolean): bigint => {
	const value = (BigInt(r[at + 1]! >>> 0) << 32n) | BigInt(r[at]! >>> 0);
	return isSigned ? BigInt.asIntN(64, value) : value;
};

const divideBig = (
	r: Int32Array,
	d: number,
	x: bigint,
	y: bigint,
	wantsRemainder: boolean,
): boolean => {
	if (x === -(2n ** 63n) && y === -1n) return false;
	const result = wantsRemainder ? x % y : x / y;
	r[d] = Number(BigInt.asIntN(32, result));
	r[d + 1] = Number(BigInt.asIntN(32, result >> 32n));
	return true;
};

export const shiftLeftLong = (r: Int32Array, d: number, x: number, count: number): void => {
	const low = r[x]!;
	const high = r[x + 1]!;
	if (count === 0) {
		r[d] = low;
		r[d + 1] = high;
	} else if (count < 32) {
		r[d] = low << count;
		r[d + 1] = (high << count) | (low >>> (32 - count));
	} else {
		r[d] = 0;
		r[d + 1] = low << (count - 32);
	}
};

export const shiftRightLong = (r: Int32Array, d: number, x: number, count: number): void => {
	const low = r[x]!;
	const high = r[x + 1]!;
	if (count === 0) {
		r[d] = low;
		r[d + 1] = high;
	} else if (count < 32) {
		r[d] = (low >>> count) | (high << (32 - count));
		r[d + 1] = high >>> count;
	} else {
		r[d] = high >>> (count - 32);
		r[d + 1] = 0;
	}
};

export const shiftArithmeticLong = (r: Int32Array, d: number, x: number, count: number): void => {
	const low = r[x]!;
	const high = r[x + 1]!;
	if (count === 0) {
		r[d] = low;
		r[d + 1] = high;
	} else if (count < 32) {
		r[d] = (low >>> count) | (high << (32 - count));
		r[d + 1] = high >> count;
	} else {
		r[d] = high >> (count - 32);
		r[d + 1] = high >> 31;
	}
};

/** (long)value as cvttsd2si does it: NaN and what is out of range give LONG_MIN. */
export const doubleToLong = (r: Int32Array, d: number, value: number): void => {
	const whole = Math.trunc(value);
	if (!(whole >= -two63 && whole < two63)) {
		r[d] = 0;
		r[d + 1] = -0x8000_0000;
		return;
	}
	const high = Math.floor(whole / two32);
	r[d] = whole - high * two32;
	r[d + 1] = high;
};

/** (unsigned long)value as gcc compiles it for x86-64. */
export const doubleToUnsignedLong = (r: Int32Array, d: number, value: number): void => {
	if (value >= two63) {
		doubleToLong(r, d, value - two63);
		r[d + 1]! ^= -0x8000_0000;
	} else {
		doubleToLong(r, d, value);
	}
};

/** A 64-bit integer as a float, rounded once. `high` is signed or, for unsigned long, not negative. */
export const longToFloat = (low: number, high: number): number => {
	const isExact = high >= -0x20_0000 && high < 0x20_0000;
	// Bits that a double can't hold are gathered into one sticky bit, far below a float's last place.
	const kept = isExact || (low & 0x7ff) === 0 ? low : (low & ~0x7ff) | 0x800;
	return Math.fround(high * two32 + (kept >>> 0));
};

/** pow(3): C says that 1 to any power, and (±1) to an infinite power, is 1. */
export const power = (x: number, y: number): number =>
	x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y;

/** To the nearest integer, ties to even; rint(3). */
const roundToEven = (x: number): number => {
	const rounded = Math.round(x);
	const result = Math.abs(x % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
	return result === 0 && (x < 0 || Object.is(x, -0)) ? -0 : result;
};

/** Half away from zero; round(3). */
const roundHalfAway = (x: number): number => {
	const magnitude = Math.abs(x);
	const floor = Math.floor(magnitude);
	const result = magnitude - floor >= 0.5 ? floor + 1 : floor;
	return x < 0 || Object.is(x, -0) ? -result : result;
};

const functions: Readonly<Record<(typeof unaryMath)[number], (x: number) => number>> = {
	sqrt: Math.sqrt,
	floor: Math.floor,
	ceil: Math.ceil,
	trunc: Math.trunc,
	fabs: Math.abs,
	sin: Math.sin,
	cos: Math.cos,
	tan: Math.tan,
	asin: Math.asin,
	acos: Math.acos,
	atan: Math.atan,
	exp: Math.exp,
	log: Math.log,
	log10: Math.log10,
	log2: Math.log2,
	exp2: x => 2 ** x,
	round: roundHalfAway,
	rint: roundToEven,
	sinh: Math.sinh,
	cosh: Math.cosh,
	tanh: Math.tanh,
	cbrt: Math.cbrt,
	expm1: Math.expm1,
	log1p: Math.log1p,
};

/** By the immediate of FMATH1. */
export const unaryFunctions: ReadonlyArray<(x: number) => number> = unaryMath.map(
	name => functions[name],
);

/** fabs as the immediate of FMATH1. */
export const absoluteValue = unaryMath.indexOf('fabs');

const isNotANumber = (registers: Int32Array, at: number): boolean => {
	const high = registers[at + 1]! & 0x7fffffff;
	return high > 0x7ff00000 || (high === 0x7ff00000 && registers[at] !== 0);
};

/**
 * What an operation whose result is not a number leaves, as x86 does it: its first operand that is none (so its sign stays),
 * otherwise the indefinite NaN, which is negative (printf says -nan). JavaScript leaves these bits open, and its engines differ.
 */
export const storeNotANumber = (
	registers: Int32Array,
	to: number,
	left: number,
	right: number,
): void => {
	const from = isNotANumber(registers, left) ? left : isNotANumber(registers, right) ? right : -1;
	const low = from === -1 ? 0 : registers[from]!;
	const high = from === -1 ? -0x80000 : registers[from + 1]! | 0x80000;
	registers[to] = low;
	registers[to + 1] = high;
};
