import {expect, test} from 'vitest';
import {
	decodeData,
	decodeFunction,
	decodeSymbols,
	encodeData,
	encodeFunction,
	encodeSymbols,
	type EncodedFunction,
	type ObjectData,
	type ObjectFunction,
} from '../../source/bytecode/object.js';

test('a function survives the way through JSON', () => {
	const fn: ObjectFunction = {
		symbol: 3,
		registerWords: 12,
		parameterCount: 2,
		file: 0,
		line: 17,
		variables: [],
		body: {
			code: Int32Array.of(1, -2, 0x7fffffff, -0x80000000),
			relocations: [
				{at: 1, kind: 'number', symbol: 4, addend: 0},
				{at: 2, kind: 'address', symbol: 5, addend: -8},
				{at: 3, kind: 'thread', symbol: 6, addend: 16},
			],
			loops: [{parent: -1, file: 0, line: 20, registers: [0, 1], shadow: 8}],
			switches: [{low: -1, targets: [0, 4], otherwise: 0}],
			lines: {pcs: [0, 4], files: [0, 1], lines: [17, 18], isStatement: [0, 1]},
		},
	};
	const encoded = JSON.parse(JSON.stringify(encodeFunction(fn))) as EncodedFunction;
	expect(decodeFunction(encoded)).toEqual(fn);
});

test('data survives the way through JSON, zeroed data too', () => {
	const data: ObjectData = {
		symbol: 1,
		section: 'constant',
		size: 12,
		alignment: 8,
		bytes: Uint8Array.of(0, 1, 127, 128, 255, 0, 0, 0, 0, 0, 0, 9),
		relocations: [{at: 0, symbol: 2, addend: 4}],
	};
	const copy = (object: ObjectData): ObjectData =>
		decodeData(JSON.parse(JSON.stringify(encodeData(object))) as ReturnType<typeof encodeData>);
	expect(copy(data)).toEqual(data);
	expect(copy({...data, bytes: undefined})).toEqual({...data, bytes: undefined});
});

test('symbols survive as text, nameless ones too', () => {
	const symbols = [
		{name: 'printf', binding: 'global', position: 0},
		{name: '', binding: 'local', position: 0},
		{name: 'sbrk', binding: 'weak', position: 0},
	] as const;
	expect(decodeSymbols(encodeSymbols(symbols))).toEqual(symbols);
	expect(decodeSymbols(encodeSymbols([]))).toEqual([]);
});
