import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
	divideLong,
	doubleToLong,
	doubleToUnsignedLong,
	longToFloat,
	multiplyLong,
	shiftArithmeticLong,
	shiftLeftLong,
	shiftRightLong,
	unaryFunctions,
} from '../../source/vm/arithmetic.js';
import {unaryMath} from '../../source/bytecode/opcodes.js';

const split = (value: bigint): [number, number] => [
	Number(BigInt.asIntN(32, value)),
	Number(BigInt.asIntN(32, value >> 32n)),
];
const join = (r: Int32Array, at: number): bigint =>
	BigInt.asIntN(64, (BigInt(r[at + 1]!) << 32n) | BigInt(r[at]! >>> 0));

// A small generator of its own, so that the values are the same on every run.
const values = ((): bigint[] => {
	const edges = [
		0n,
		1n,
		-1n,
		2n,
		7n,
		2n ** 31n,
		2n ** 32n - 1n,
		2n ** 32n,
		2n ** 53n,
		2n ** 53n + 1n,
		2n ** 63n - 1n,
		-(2n ** 63n),
	];
	let state = 12_345n;
	const random = Array.from({length: 40}, () => {
		state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
		return BigInt.asIntN(64, state) >> (state % 50n);
	});
	return [...edges, ...random];
})();

const registers = (x: bigint, y: bigint): Int32Array =>
	Int32Array.from([0, 0, ...split(x), ...split(y)]);

test('64-bit products, quotients and remainders are exact', () => {
	for (const x of values) {
		for (const y of values) {
			const r = registers(x, y);
			multiplyLong(r, 0, r[2]!, r[3]!, r[4]!, r[5]!);
			assert.equal(join(r, 0), BigInt.asIntN(64, x * y), `${x} * ${y}`);
			if (y === 0n || (x === -(2n ** 63n) && y === -1n)) continue;
			divideLong(r, 0, 2, 4, true, false);
			assert.equal(join(r, 0), x / y, `${x} / ${y}`);
			divideLong(r, 0, 2, 4, true, true);
			assert.equal(join(r, 0), x % y, `${x} % ${y}`);
			const [ux, uy] = [BigInt.asUintN(64, x), BigInt.asUintN(64, y)];
			divideLong(r, 0, 2, 4, false, false);
			assert.equal(BigInt.asUintN(64, join(r, 0)), ux / uy, `${ux} / ${uy}`);
			divideLong(r, 0, 2, 4, false, true);
			assert.equal(BigInt.asUintN(64, join(r, 0)), ux % uy, `${ux} % ${uy}`);
		}
	}
});

test('a division by zero and LONG_MIN / -1 are refused', () => {
	assert.equal(divideLong(registers(1n, 0n), 0, 2, 4, true, false), false);
	assert.equal(divideLong(registers(-(2n ** 63n), -1n), 0, 2, 4, true, true), false);
});

test('64-bit shifts by 0 to 63 are exact, also in place', () => {
	for (const x of values) {
		for (let count = 0; count < 64; count++) {
			const r = registers(x, x);
			shiftLeftLong(r, 2, 2, count);
			assert.equal(join(r, 2), BigInt.asIntN(64, x << BigInt(count)));
			shiftArithmeticLong(r, 0, 4, count);
			assert.equal(join(r, 0), x >> BigInt(count));
			shiftRightLong(r, 4, 4, count);
			assert.equal(join(r, 4), BigInt.asIntN(64, BigInt.asUintN(64, x) >> BigInt(count)));
		}
	}
});

test('double to long truncates, and gives LONG_MIN out of range', () => {
	const r = new Int32Array(2);
	const cases: ReadonlyArray<readonly [number, bigint]> = [
		[1.9, 1n],
		[-1.9, -1n],
		[2 ** 53, 2n ** 53n],
		[-(2 ** 63), -(2n ** 63n)],
		[2 ** 63, -(2n ** 63n)],
		[Number.NaN, -(2n ** 63n)],
		[Number.POSITIVE_INFINITY, -(2n ** 63n)],
		[-0.5, 0n],
	];
	for (const [value, expected] of cases) {
		doubleToLong(r, 0, value);
		assert.equal(join(r, 0), expected, String(value));
	}
	doubleToUnsignedLong(r, 0, 2 ** 63 + 2048);
	assert.equal(BigInt.asUintN(64, join(r, 0)), 2n ** 63n + 2048n);
});

test('long to float rounds once', () => {
	// Rounding to double first would give a tie and the wrong neighbour.
	const value = 2n ** 60n + 2n ** 36n + 1n;
	assert.equal(longToFloat(...split(value)), 2 ** 60 + 2 ** 37);
	assert.equal(longToFloat(...split(-5n)), -5);
});

test('rint rounds half to even and round half away from zero', () => {
	const call = (name: (typeof unaryMath)[number], x: number) =>
		unaryFunctions[unaryMath.indexOf(name)]!(x);
	assert.deepEqual(
		[0.5, 1.5, 2.5, -0.5, -1.5, 2.4].map(x => call('rint', x)),
		[0, 2, 2, -0, -2, 2],
	);
	assert.deepEqual(
		[0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994].map(x => call('round', x)),
		[1, 2, 3, -1, -2, 0],
	);
});
