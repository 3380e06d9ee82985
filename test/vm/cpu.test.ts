import {readFileSync} from 'node:fs';
import assert from 'node:assert/strict';
import {test} from 'vitest';
import {op, opcodeTable, type OpcodeName} from '../../source/bytecode/opcodes.js';
import {type Program, textBase} from '../../source/bytecode/program.js';
import {addRegion, createAddressSpace, privateRegion} from '../../source/vm/address-space.js';
import {type Context, createContext} from '../../source/vm/context.js';
import {pushCall, run} from '../../source/vm/cpu.js';

type Line = readonly [OpcodeName, number?, number?, number?];

const assemble = (lines: readonly Line[], functionStarts: readonly number[] = [0]): Program => ({
	name: 'test',
	code: Int32Array.from(lines.flatMap(([name, a = 0, b = 0, c = 0]) => [op[name], a, b, c])),
	functions: functionStarts.map((start, index) => ({
		name: `f${index}`,
		entry: 4 * start,
		end: 4 * (functionStarts[index + 1] ?? lines.length),
		registerWords: 32,
		parameterCount: 0,
		file: 0,
		line: 1,
		isLibrary: false,
		variables: [],
	})),
	loops: [],
	switches: [],
	lines: {
		pcs: new Int32Array(0),
		fileOf: new Int32Array(0),
		lines: new Int32Array(0),
		isStatement: new Uint8Array(0),
	},
	files: [],
	data: new Uint8Array(0),
	dataSize: 0,
	readOnlySize: 0,
	globals: [],
	types: [],
	start: 0,
});

const stackTop = 0x0080_0000;

const start = (program: Program, args: readonly number[] = []): Context => {
	const space = createAddressSpace(0x0100_0000, 100, {used: 0, limit: 100});
	addRegion(space, privateRegion(0x1_0000, stackTop, '[stack]'));
	const context = createContext({program, space, tid: 1, sp: stackTop, stackLow: 0x1_0000});
	pushCall(context, 0, args);
	return context;
};

const long = (context: Context, register: number): bigint =>
	BigInt.asIntN(
		64,
		(BigInt(context.registers[2 * register + 1]!) << 32n) |
			BigInt(context.registers[2 * register]! >>> 0),
	);

test("the interpreter's case labels are the numbers of the opcode table", () => {
	const source = readFileSync(new URL('../../source/vm/cpu.ts', import.meta.url), 'utf8');
	const labels = [...source.matchAll(/case (\d+): \{?\s*\/\/ ([A-Z\d]+)\n/g)];
	assert.deepEqual(
		labels.map(([, number, name]) => [Number(number), name]),
		opcodeTable.map(({name}, number) => [number, name]),
	);
});

test('a budget stops the loop between two instructions and loses nothing', () => {
	const program = assemble([
		['LI', 2, 0],
		['ADDI', 2, 2, 1],
		['BLTI', 2, 1000, 4],
		['MOV', 0, 2],
		['RET', 0],
	]);
	const whole = start(program);
	run(whole, 1_000_000);
	const pieces = start(program);
	let stops = 0;
	while (run(pieces, 7).kind === 'budget') stops++;
	assert.equal(pieces.registers[0], 1000);
	assert.equal(pieces.cpuCycles, whole.cpuCycles);
	assert.ok(stops > 200);
});

test('calls nest, return their value, and returning from the first frame goes to the kernel', () => {
	// f1(n) = n < 2 ? n : f1(n - 1) + f1(n - 2)
	const program = assemble(
		[
			['CALL', 1, 0],
			['RET', 0],
			['BGEI', 0, 2, 16],
			['RET', 0],
			['ADDI', 4, 0, -1],
			['CALL', 1, 4],
			['ADDI', 6, 0, -2],
			['CALL', 1, 6],
			['ADD', 4, 4, 6],
			['RET', 4],
		],
		[0, 2],
	);
	const context = start(program, [15]);
	assert.equal(run(context, 1_000_000).kind, 'returned');
	assert.equal(context.registers[0], 610);
	assert.equal(context.depth, 0);
});

test('recursion without end is a fault of the stack, not of the host', () => {
	const context = start(assemble([['CALL', 0, 4], ['RETV']]));
	const stop = run(context, 100_000_000);
	assert.equal(stop.kind, 'fault');
	assert.ok(stop.kind === 'fault' && stop.access === 'stack');
});

test('a load or store at an unmapped address is a fault at the instruction', () => {
	for (const [line, access] of [
		[['LD32', 0, 2, 0], 'read'],
		[['ST8', 0, 2, 0], 'write'],
	] as const) {
		const context = start(assemble([['LIL', 2, 16, 0], line, ['RET', 0]]));
		assert.deepEqual(run(context, 10), {kind: 'fault', address: 16, access});
		assert.equal(context.pc, 4);
	}
});

test('a call through a pointer that is no function is a fault', () => {
	const context = start(assemble([['LIL', 2, textBase + 3, 0], ['CALLR', 2, 4], ['RETV']]));
	const stop = run(context, 10);
	assert.ok(stop.kind === 'fault' && stop.access === 'execute');
});

test('division by zero and the overflowing quotient stop with divide', () => {
	for (const [dividend, divisor] of [
		[1, 0],
		[-2_147_483_648, -1],
	] as const) {
		for (const name of ['DIV', 'REM'] as const) {
			const context = start(
				assemble([
					['LI', 2, dividend],
					['LI', 4, divisor],
					[name, 0, 2, 4],
					['RET', 0],
				]),
			);
			assert.equal(run(context, 10).kind, 'divide');
		}
	}
});

test('memory keeps bytes, halves, words and longs at any alignment', () => {
	const program = assemble([
		['LIL', 2, stackTop - 64, 0],
		['LIL', 4, 0x1234_5678, -2],
		['ST64', 4, 2, 3],
		['LD64', 6, 2, 3],
		['ST16', 4, 2, 21],
		['LD16S', 8, 2, 21],
		['ST8', 4, 2, 31],
		['LD8U', 10, 2, 31],
		['RETV'],
	]);
	const context = start(program);
	assert.equal(run(context, 100).kind, 'returned');
	assert.equal(long(context, 3), (-2n << 32n) | 0x1234_5678n);
	assert.equal(context.registers[8], 0x5678);
	assert.equal(context.registers[10], 0x78);
});

test('a stack that is used up is a fault', () => {
	const stop = run(start(assemble([['ENTER', 2, 0x0080_0000], ['RETV']])), 10);
	assert.ok(stop.kind === 'fault' && stop.access === 'stack');
});

test('longjmp comes back to setjmp with its value, dropping the calls in between', () => {
	const program = assemble(
		[
			['LIL', 2, stackTop - 128, 0],
			['SETJMP', 4, 2],
			['BNEI', 4, 0, 20],
			['CALL', 1, 8],
			['TRAP'],
			['MOV', 0, 4],
			['RET', 0],
			['LIL', 2, stackTop - 128, 0],
			['LI', 4, 42],
			['LONGJMP', 2, 4],
		],
		[0, 7],
	);
	const context = start(program);
	assert.equal(run(context, 100).kind, 'returned');
	assert.equal(context.registers[0], 42);
});

test('an atomic operation gives the old value and stores the new one', () => {
	const cas = 8 * 16 + 4;
	const program = assemble([
		['LIL', 2, stackTop - 8, 0],
		['LI', 4, 0],
		['LI', 6, 7],
		['ATOMIC', 8, 2, cas],
		['ATOMIC', 10, 2, cas],
		['LD32', 12, 2, 0],
		['RETV'],
	]);
	const context = start(program);
	run(context, 100);
	assert.deepEqual(
		[8, 10, 12].map(word => context.registers[word]),
		[0, 7, 7],
	);
});
