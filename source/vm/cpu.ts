// The interpreter: runs one thread's bytecode until its budget of cycles is used up or something happens that the kernel
// must handle. It never calls itself and keeps nothing: all state is in the Context, so a thread can be stopped,
// copied and continued between any two instructions.
//
// The switch repeats the numbers of bytecode/opcodes.ts as literals, because only literals make a jump table; a test
// holds each `// NAME` beside its number against the table. Each instruction costs one cycle; block copies cost more.

import {atomicCount, instructionWords} from '../bytecode/opcodes.js';
import {type LoopInfo, type Program, textBase, textStride} from '../bytecode/program.js';
import {callWords, type Context, returnToKernel, type Stop} from './context.js';
import {
	absoluteValue,
	divideLong,
	doubleToLong,
	doubleToUnsignedLong,
	longAt,
	longToFloat,
	multiplyLong,
	power,
	shiftArithmeticLong,
	shiftLeftLong,
	shiftRightLong,
	storeNotANumber,
	unaryFunctions,
} from './arithmetic.js';
import {
	atomic,
	copyBlock,
	fillBlock,
	hasFaulted,
	isOutOfMemory,
	loadBytes,
	loadWord,
	storeBytes,
	storeWord,
} from './slow-access.js';
import {leafShift, slotMask} from './page-table.js';
import {endTurn, enterLoop, noteRead} from './judge-turns.js';
import {logCount, logPartStore, logStore, noteCounterRead} from './turns.js';

/** Deepest call nesting; a real 8 MiB stack holds about as many minimal frames. */
const callLimit = 150_000;
/** Words of register file that a thread may use. */
const registerLimit = 8 * 1024 * 1024;

const budgetStop: Stop = {kind: 'budget'};
const divideStop: Stop = {kind: 'divide'};
const illegalStop: Stop = {kind: 'illegal'};
const returnedStop: Stop = {kind: 'returned'};
const faultStop = (address: number, access: 'read' | 'write' | 'execute' | 'stack'): Stop => ({
	kind: 'fault',
	address: address >>> 0,
	access,
});
const storeStop = (address: number): Stop =>
	isOutOfMemory ? {kind: 'out-of-memory'} : faultStop(address, 'write');

const scratchWords = new Int32Array(1);
const scratchFloats = new Float32Array(scratchWords.buffer);

/** Where functions begin and how many register words they need, by number: made once per program. */
type Entries = {readonly entries: Int32Array; readonly frameWords: Int32Array};
const entriesOfPrograms = new WeakMap<Program, Entries>();

const entriesOf = (program: Program): Entries => {
	let known = entriesOfPrograms.get(program);
	if (!known) {
		known = {
			entries: Int32Array.from(program.functions, info => info.entry),
			frameWords: Int32Array.from(program.functions, info => info.registerWords),
		};
		entriesOfPrograms.set(program, known);
	}
	return known;
};

/** Writes the interpreter's locals back; every way out goes through here. */
const leave = (
	context: Context,
	pc: number,
	bp: number,
	depth: number,
	used: number,
	stop: Stop,
): Stop => {
	context.pc = pc;
	context.base = bp;
	context.depth = depth;
	context.cpuCycles = cyclesBefore + used;
	context.stop = stop;
	return stop;
};

let cyclesBefore = 0;

/** Keeps the values that a loop carries from turn to turn; says whether any has changed since they were last kept. */
const copyLoopRegisters = (r: Int32Array, bp: number, loop: LoopInfo): boolean => {
	const {registers} = loop;
	let shadow = bp + loop.shadow;
	let hasChanged = false;
	for (let index = 0; index < registers.length; index++, shadow++) {
		const value = r[bp + registers[index]!]!;
		if (r[shadow] !== value) {
			r[shadow] = value;
			hasChanged = true;
		}
	}
	return hasChanged;
};

/** A load that may be one of a watched word; returns the mask of those watched from now on. */
const readWatched = (context: Context, address: number, size: number): number => {
	noteRead(context, address, size);
	return context.space.suspects.mask;
};

const growRegisters = (context: Context, words: number): boolean => {
	if (words > registerLimit) return false;
	const grown = new Int32Array(Math.max(words, 2 * context.registers.length));
	grown.set(context.registers);
	context.registers = grown;
	context.doubles = new Float64Array(grown.buffer);
	return true;
};

const growCalls = (context: Context): void => {
	const grown = new Int32Array(2 * context.calls.length);
	grown.set(context.calls);
	context.calls = grown;
};

/**
 * Puts a frame for function number `callee` on top of the current one, as if the kernel had called it: returning
 * from it stops the interpreter with `returned`. Arguments are int32 values or addresses, sign-extended.
 */
export const pushCall = (context: Context, callee: number, args: readonly number[]): void => {
	const {entries, frameWords} = entriesOf(context.program);
	const {calls, depth} = context;
	const running = depth === 0 ? -1 : calls[(depth - 1) * callWords + 3]!;
	const frame = depth === 0 ? 0 : context.base + frameWords[running]!;
	if (frame + frameWords[callee]! > context.registers.length)
		growRegisters(context, frame + frameWords[callee]!);
	if ((depth + 1) * callWords > calls.length) growCalls(context);
	const entry = depth * callWords;
	context.calls[entry] = returnToKernel;
	context.calls[entry + 1] = context.base;
	context.calls[entry + 2] = context.sp;
	context.calls[entry + 3] = callee;
	context.depth = depth + 1;
	context.base = frame;
	context.pc = entries[callee]!;
	args.forEach((value, index) => {
		context.registers[frame + 2 * index] = value | 0;
		context.registers[frame + 2 * index + 1] = Math.floor(value / 0x1_0000_0000);
	});
};

/** The number of the function that a pointer calls, or undefined. */
export const functionAt = (program: Program, pointer: number): number | undefined => {
	const number = (pointer - textBase) / textStride;
	return program.functions[number] === undefined ? undefined : number;
};

/**
 * Runs until `budget` cycles are used (a block copy may overrun) or a trap, and says which (also in context.stop).
 * context.cpuCycles grows by the cycles used, and at least one instruction is run.
 */
export const run = (context: Context, budget: number): Stop => {
	const {program, space, turns} = context;
	const {code} = program;
	const {directory} = space;
	const {entries, frameWords} = entriesOf(program);
	let r = context.registers;
	let f = context.doubles;
	let {calls} = context;
	let bp = context.base;
	let {pc, depth} = context;
	let tracking = turns.isTracking;
	let watchMask = space.suspects.mask;
	let left = budget;
	cyclesBefore = context.cpuCycles;
	for (;;) {
		if (left <= 0) return leave(context, pc, bp, depth, budget - left, budgetStop);
		left--;
		switch (code[pc]) {
			case 0: // TRAP
				return leave(context, pc, bp, depth, budget - left, illegalStop);
			case 1: // MOV
				{
					const d = bp + code[pc + 1]!;
					const s = bp + code[pc + 2]!;
					r[d] = r[s]!;
					r[d + 1] = r[s + 1]!;
				}
				pc += 4;
				break;
			case 2: // MOVW
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]!;
				pc += 4;
				break;
			case 3: // LI
				r[bp + code[pc + 1]!] = code[pc + 2]!;
				pc += 4;
				break;
			case 4: // LIL
				r[bp + code[pc + 1]!] = code[pc + 2]!;
				r[bp + code[pc + 1]! + 1] = code[pc + 3]!;
				pc += 4;
				break;
			case 5: // SEXT
				{
					const value = r[bp + code[pc + 2]!]!;
					const d = bp + code[pc + 1]!;
					r[d] = value;
					r[d + 1] = value >> 31;
				}
				pc += 4;
				break;
			case 6: // ZEXT
				{
					const d = bp + code[pc + 1]!;
					r[d] = r[bp + code[pc + 2]!]!;
					r[d + 1] = 0;
				}
				pc += 4;
				break;
			case 7: // SX8
				r[bp + code[pc + 1]!] = (r[bp + code[pc + 2]!]! << 24) >> 24;
				pc += 4;
				break;
			case 8: // ZX8
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! & 0xff;
				pc += 4;
				break;
			case 9: // SX16
				r[bp + code[pc + 1]!] = (r[bp + code[pc + 2]!]! << 16) >> 16;
				pc += 4;
				break;
			case 10: // ZX16
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! & 0xffff;
				pc += 4;
				break;
			case 11: // ADD
				r[bp + code[pc + 1]!] = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]!) | 0;
				pc += 4;
				break;
			case 12: // SUB
				r[bp + code[pc + 1]!] = (r[bp + code[pc + 2]!]! - r[bp + code[pc + 3]!]!) | 0;
				pc += 4;
				break;
			case 13: // MUL
				r[bp + code[pc + 1]!] = Math.imul(r[bp + code[pc + 2]!]!, r[bp + code[pc + 3]!]!);
				pc += 4;
				break;
			case 14: // DIV
				{
					const dividend = r[bp + code[pc + 2]!]!;
					const divisor = r[bp + code[pc + 3]!]!;
					if (divisor === 0 || (divisor === -1 && dividend === -2147483648)) {
						return leave(context, pc, bp, depth, budget - left, divideStop);
					}
					r[bp + code[pc + 1]!] = (dividend / divisor) | 0;
				}
				pc += 4;
				break;
			case 15: // DIVU
				{
					const divisor = r[bp + code[pc + 3]!]!;
					if (divisor === 0) return leave(context, pc, bp, depth, budget - left, divideStop);
					r[bp + code[pc + 1]!] = ((r[bp + code[pc + 2]!]! >>> 0) / (divisor >>> 0)) | 0;
				}
				pc += 4;
				break;
			case 16: // REM
				{
					const dividend = r[bp + code[pc + 2]!]!;
					const divisor = r[bp + code[pc + 3]!]!;
					if (divisor === 0 || (divisor === -1 && dividend === -2147483648)) {
						return leave(context, pc, bp, depth, budget - left, divideStop);
					}
					r[bp + code[pc + 1]!] = (dividend % divisor) | 0;
				}
				pc += 4;
				break;
			case 17: // REMU
				{
					const divisor = r[bp + code[pc + 3]!]!;
					if (divisor === 0) return leave(context, pc, bp, depth, budget - left, divideStop);
					r[bp + code[pc + 1]!] = ((r[bp + code[pc + 2]!]! >>> 0) % (divisor >>> 0)) | 0;
				}
				pc += 4;
				break;
			case 18: // AND
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! & r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 19: // OR
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! | r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 20: // XOR
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! ^ r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 21: // SHL
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! << r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 22: // SHR
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >>> r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 23: // SAR
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >> r[bp + code[pc + 3]!]!;
				pc += 4;
				break;
			case 24: // NEG
				r[bp + code[pc + 1]!] = -r[bp + code[pc + 2]!]! | 0;
				pc += 4;
				break;
			case 25: // NOT
				r[bp + code[pc + 1]!] = ~r[bp + code[pc + 2]!]!;
				pc += 4;
				break;
			case 26: // ADDI
				r[bp + code[pc + 1]!] = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
				pc += 4;
				break;
			case 27: // MULI
				r[bp + code[pc + 1]!] = Math.imul(r[bp + code[pc + 2]!]!, code[pc + 3]!);
				pc += 4;
				break;
			case 28: // ANDI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! & code[pc + 3]!;
				pc += 4;
				break;
			case 29: // ORI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! | code[pc + 3]!;
				pc += 4;
				break;
			case 30: // XORI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! ^ code[pc + 3]!;
				pc += 4;
				break;
			case 31: // SHLI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! << code[pc + 3]!;
				pc += 4;
				break;
			case 32: // SHRI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >>> code[pc + 3]!;
				pc += 4;
				break;
			case 33: // SARI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >> code[pc + 3]!;
				pc += 4;
				break;
			case 34: // EQ
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! === r[bp + code[pc + 3]!]! ? 1 : 0;
				pc += 4;
				break;
			case 35: // NE
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! !== r[bp + code[pc + 3]!]! ? 1 : 0;
				pc += 4;
				break;
			case 36: // LT
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! < r[bp + code[pc + 3]!]! ? 1 : 0;
				pc += 4;
				break;
			case 37: // LE
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! <= r[bp + code[pc + 3]!]! ? 1 : 0;
				pc += 4;
				break;
			case 38: // LTU
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >>> 0 < r[bp + code[pc + 3]!]! >>> 0 ? 1 : 0;
				pc += 4;
				break;
			case 39: // LEU
				r[bp + code[pc + 1]!] =
					r[bp + code[pc + 2]!]! >>> 0 <= r[bp + code[pc + 3]!]! >>> 0 ? 1 : 0;
				pc += 4;
				break;
			case 40: // EQI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! === code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 41: // NEI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! !== code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 42: // LTI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! < code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 43: // LEI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! <= code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 44: // GTI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! > code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 45: // GEI
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]! >= code[pc + 3]! ? 1 : 0;
				pc += 4;
				break;
			case 46: // ADDL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					const low = (r[x]! >>> 0) + (r[y]! >>> 0);
					r[d + 1] = r[x + 1]! + r[y + 1]! + (low > 0xffff_ffff ? 1 : 0);
					r[d] = low;
				}
				pc += 4;
				break;
			case 47: // SUBL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					const low = (r[x]! >>> 0) - (r[y]! >>> 0);
					r[d + 1] = r[x + 1]! - r[y + 1]! - (low < 0 ? 1 : 0);
					r[d] = low;
				}
				pc += 4;
				break;
			case 48: // MULL
				multiplyLong(
					r,
					bp + code[pc + 1]!,
					r[bp + code[pc + 2]!]!,
					r[bp + code[pc + 2]! + 1]!,
					r[bp + code[pc + 3]!]!,
					r[bp + code[pc + 3]! + 1]!,
				);
				pc += 4;
				break;
			case 49: // DIVL
				if (
					!divideLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!, true, false)
				) {
					return leave(context, pc, bp, depth, budget - left, divideStop);
				}
				pc += 4;
				break;
			case 50: // DIVUL
				if (
					!divideLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!, false, false)
				) {
					return leave(context, pc, bp, depth, budget - left, divideStop);
				}
				pc += 4;
				break;
			case 51: // REML
				if (
					!divideLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!, true, true)
				) {
					return leave(context, pc, bp, depth, budget - left, divideStop);
				}
				pc += 4;
				break;
			case 52: // REMUL
				if (
					!divideLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!, false, true)
				) {
					return leave(context, pc, bp, depth, budget - left, divideStop);
				}
				pc += 4;
				break;
			case 53: // ANDL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[d] = r[x]! & r[y]!;
					r[d + 1] = r[x + 1]! & r[y + 1]!;
				}
				pc += 4;
				break;
			case 54: // ORL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[d] = r[x]! | r[y]!;
					r[d + 1] = r[x + 1]! | r[y + 1]!;
				}
				pc += 4;
				break;
			case 55: // XORL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[d] = r[x]! ^ r[y]!;
					r[d + 1] = r[x + 1]! ^ r[y + 1]!;
				}
				pc += 4;
				break;
			case 56: // SHLL
				shiftLeftLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, r[bp + code[pc + 3]!]! & 63);
				pc += 4;
				break;
			case 57: // SHRL
				shiftRightLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, r[bp + code[pc + 3]!]! & 63);
				pc += 4;
				break;
			case 58: // SARL
				shiftArithmeticLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, r[bp + code[pc + 3]!]! & 63);
				pc += 4;
				break;
			case 59: // NEGL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const low = -r[x]! | 0;
					r[d + 1] = ~r[x + 1]! + (low === 0 ? 1 : 0);
					r[d] = low;
				}
				pc += 4;
				break;
			case 60: // NOTL
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					r[d] = ~r[x]!;
					r[d + 1] = ~r[x + 1]!;
				}
				pc += 4;
				break;
			case 61: // ADDLI
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const immediate = code[pc + 3]!;
					const low = (r[x]! >>> 0) + (immediate >>> 0);
					r[d + 1] = r[x + 1]! + (immediate >> 31) + (low > 0xffff_ffff ? 1 : 0);
					r[d] = low;
				}
				pc += 4;
				break;
			case 62: // MULLI
				{
					const factor = code[pc + 3]!;
					multiplyLong(
						r,
						bp + code[pc + 1]!,
						r[bp + code[pc + 2]!]!,
						r[bp + code[pc + 2]! + 1]!,
						factor,
						factor >> 31,
					);
				}
				pc += 4;
				break;
			case 63: // ANDLI
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const immediate = code[pc + 3]!;
					r[d] = r[x]! & immediate;
					r[d + 1] = r[x + 1]! & (immediate >> 31);
				}
				pc += 4;
				break;
			case 64: // SHLLI
				shiftLeftLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, code[pc + 3]! & 63);
				pc += 4;
				break;
			case 65: // SHRLI
				shiftRightLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, code[pc + 3]! & 63);
				pc += 4;
				break;
			case 66: // SARLI
				shiftArithmeticLong(r, bp + code[pc + 1]!, bp + code[pc + 2]!, code[pc + 3]! & 63);
				pc += 4;
				break;
			case 67: // EQL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] = r[x]! === r[y]! && r[x + 1]! === r[y + 1]! ? 1 : 0;
				}
				pc += 4;
				break;
			case 68: // NEL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] = r[x]! !== r[y]! || r[x + 1]! !== r[y + 1]! ? 1 : 0;
				}
				pc += 4;
				break;
			case 69: // LTL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] =
						r[x + 1]! < r[y + 1]! || (r[x + 1]! === r[y + 1]! && r[x]! >>> 0 < r[y]! >>> 0) ? 1 : 0;
				}
				pc += 4;
				break;
			case 70: // LEL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] =
						r[x + 1]! < r[y + 1]! || (r[x + 1]! === r[y + 1]! && r[x]! >>> 0 <= r[y]! >>> 0)
							? 1
							: 0;
				}
				pc += 4;
				break;
			case 71: // LTUL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] =
						r[x + 1]! >>> 0 < r[y + 1]! >>> 0 ||
						(r[x + 1]! === r[y + 1]! && r[x]! >>> 0 < r[y]! >>> 0)
							? 1
							: 0;
				}
				pc += 4;
				break;
			case 72: // LEUL
				{
					const x = bp + code[pc + 2]!;
					const y = bp + code[pc + 3]!;
					r[bp + code[pc + 1]!] =
						r[x + 1]! >>> 0 < r[y + 1]! >>> 0 ||
						(r[x + 1]! === r[y + 1]! && r[x]! >>> 0 <= r[y]! >>> 0)
							? 1
							: 0;
				}
				pc += 4;
				break;
			case 73: // EQLI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] = r[x]! === low && r[x + 1]! === high ? 1 : 0;
				}
				pc += 4;
				break;
			case 74: // NELI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] = r[x]! !== low || r[x + 1]! !== high ? 1 : 0;
				}
				pc += 4;
				break;
			case 75: // LTLI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] =
						r[x + 1]! < high || (r[x + 1]! === high && r[x]! >>> 0 < low >>> 0) ? 1 : 0;
				}
				pc += 4;
				break;
			case 76: // LELI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] =
						r[x + 1]! < high || (r[x + 1]! === high && r[x]! >>> 0 <= low >>> 0) ? 1 : 0;
				}
				pc += 4;
				break;
			case 77: // GTLI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] =
						r[x + 1]! > high || (r[x + 1]! === high && r[x]! >>> 0 > low >>> 0) ? 1 : 0;
				}
				pc += 4;
				break;
			case 78: // GELI
				{
					const x = bp + code[pc + 2]!;
					const low = code[pc + 3]!;
					const high = low >> 31;
					r[bp + code[pc + 1]!] =
						r[x + 1]! > high || (r[x + 1]! === high && r[x]! >>> 0 >= low >>> 0) ? 1 : 0;
				}
				pc += 4;
				break;
			case 79: // PADD1
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const low = (r[x]! >>> 0) + r[bp + code[pc + 3]!]!;
					r[d + 1] = r[x + 1]! + Math.floor(low / 0x1_0000_0000);
					r[d] = low;
				}
				pc += 4;
				break;
			case 80: // PADD2
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const low = (r[x]! >>> 0) + r[bp + code[pc + 3]!]! * 2;
					r[d + 1] = r[x + 1]! + Math.floor(low / 0x1_0000_0000);
					r[d] = low;
				}
				pc += 4;
				break;
			case 81: // PADD4
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const low = (r[x]! >>> 0) + r[bp + code[pc + 3]!]! * 4;
					r[d + 1] = r[x + 1]! + Math.floor(low / 0x1_0000_0000);
					r[d] = low;
				}
				pc += 4;
				break;
			case 82: // PADD8
				{
					const d = bp + code[pc + 1]!;
					const x = bp + code[pc + 2]!;
					const low = (r[x]! >>> 0) + r[bp + code[pc + 3]!]! * 8;
					r[d + 1] = r[x + 1]! + Math.floor(low / 0x1_0000_0000);
					r[d] = low;
				}
				pc += 4;
				break;
			case 83: // JMP
				pc = code[pc + 3]!;
				break;
			case 84: // BEQ
				pc = r[bp + code[pc + 1]!]! === r[bp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4;
				break;
			case 85: // BNE
				pc = r[bp + code[pc + 1]!]! !== r[bp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4;
				break;
			case 86: // BLT
				pc = r[bp + code[pc + 1]!]! < r[bp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4;
				break;
			case 87: // BLE
				pc = r[bp + code[pc + 1]!]! <= r[bp + code[pc + 2]!]! ? code[pc + 3]! : pc + 4;
				break;
			case 88: // BLTU
				pc = r[bp + code[pc + 1]!]! >>> 0 < r[bp + code[pc + 2]!]! >>> 0 ? code[pc + 3]! : pc + 4;
				break;
			case 89: // BLEU
				pc = r[bp + code[pc + 1]!]! >>> 0 <= r[bp + code[pc + 2]!]! >>> 0 ? code[pc + 3]! : pc + 4;
				break;
			case 90: // BEQI
				pc = r[bp + code[pc + 1]!]! === code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 91: // BNEI
				pc = r[bp + code[pc + 1]!]! !== code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 92: // BLTI
				pc = r[bp + code[pc + 1]!]! < code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 93: // BLEI
				pc = r[bp + code[pc + 1]!]! <= code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 94: // BGTI
				pc = r[bp + code[pc + 1]!]! > code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 95: // BGEI
				pc = r[bp + code[pc + 1]!]! >= code[pc + 2]! ? code[pc + 3]! : pc + 4;
				break;
			case 96: // BEQL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc = r[x]! === r[y]! && r[x + 1]! === r[y + 1]! ? code[pc + 3]! : pc + 4;
					break;
				}
			case 97: // BNEL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc = r[x]! !== r[y]! || r[x + 1]! !== r[y + 1]! ? code[pc + 3]! : pc + 4;
					break;
				}
			case 98: // BLTL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc =
						r[x + 1]! < r[y + 1]! || (r[x + 1]! === r[y + 1]! && r[x]! >>> 0 < r[y]! >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 99: // BLEL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc =
						r[x + 1]! < r[y + 1]! || (r[x + 1]! === r[y + 1]! && r[x]! >>> 0 <= r[y]! >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 100: // BLTUL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc =
						r[x + 1]! >>> 0 < r[y + 1]! >>> 0 ||
						(r[x + 1]! === r[y + 1]! && r[x]! >>> 0 < r[y]! >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 101: // BLEUL
				{
					const x = bp + code[pc + 1]!;
					const y = bp + code[pc + 2]!;
					pc =
						r[x + 1]! >>> 0 < r[y + 1]! >>> 0 ||
						(r[x + 1]! === r[y + 1]! && r[x]! >>> 0 <= r[y]! >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 102: // BEQLI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc = r[x]! === low && r[x + 1]! === high ? code[pc + 3]! : pc + 4;
					break;
				}
			case 103: // BNELI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc = r[x]! !== low || r[x + 1]! !== high ? code[pc + 3]! : pc + 4;
					break;
				}
			case 104: // BLTLI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc =
						r[x + 1]! < high || (r[x + 1]! === high && r[x]! >>> 0 < low >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 105: // BLELI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc =
						r[x + 1]! < high || (r[x + 1]! === high && r[x]! >>> 0 <= low >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 106: // BGTLI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc =
						r[x + 1]! > high || (r[x + 1]! === high && r[x]! >>> 0 > low >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 107: // BGELI
				{
					const x = bp + code[pc + 1]!;
					const low = code[pc + 2]!;
					const high = low >> 31;
					pc =
						r[x + 1]! > high || (r[x + 1]! === high && r[x]! >>> 0 >= low >>> 0)
							? code[pc + 3]!
							: pc + 4;
					break;
				}
			case 108: // SWITCH
				{
					const table = program.switches[code[pc + 2]!]!;
					pc = table.targets[r[bp + code[pc + 1]!]! - table.low] ?? table.otherwise;
					break;
				}
			case 109: // LOOPENTER
				context.depth = depth;
				context.cpuCycles = cyclesBefore + (budget - left);
				enterLoop(context, code[pc + 1]!);
				copyLoopRegisters(r, bp, program.loops[code[pc + 1]!]!);
				tracking = turns.isTracking;
				pc += 4;
				break;
			case 110: // LOOPTURN
				context.depth = depth;
				context.cpuCycles = cyclesBefore + (budget - left);
				endTurn(context, code[pc + 1]!, copyLoopRegisters(r, bp, program.loops[code[pc + 1]!]!));
				tracking = turns.isTracking;
				watchMask = space.suspects.mask;
				pc = code[pc + 3]!;
				break;
			case 111: // LD8S
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = (loadBytes(space, address, 1) << 24) >> 24;
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! << (24 - ((address & 3) << 3))) >> 24;
					}
					pc += 4;
					break;
				}
			case 112: // LD8U
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadBytes(space, address, 1);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = (page[(address >>> 2) & 1023]! >>> ((address & 3) << 3)) & 0xff;
					}
					pc += 4;
					break;
				}
			case 113: // LD16S
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 2);
					if (page === null) {
						r[bp + code[pc + 1]!] = (loadBytes(space, address, 2) << 16) >> 16;
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! << (16 - ((address & 2) << 3))) >> 16;
					}
					pc += 4;
					break;
				}
			case 114: // LD16U
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 2);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadBytes(space, address, 2);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! >>> ((address & 2) << 3)) & 0xffff;
					}
					pc += 4;
					break;
				}
			case 115: // LD32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 4);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadWord(space, address);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = page[(address >>> 2) & 1023]!;
					}
					pc += 4;
					break;
				}
			case 116: // LD64
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 8);
					if (page === null) {
						const d = bp + code[pc + 1]!;
						r[d] = loadWord(space, address);
						r[d + 1] = loadWord(space, address + 4);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						const word = (address >>> 2) & 1023;
						const d = bp + code[pc + 1]!;
						r[d] = page[word]!;
						r[d + 1] = page[word + 1]!;
					}
					pc += 4;
					break;
				}
			case 117: // LDF32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					scratchWords[0] = loadWord(space, address);
					if (hasFaulted)
						return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					if (watchMask !== 0) watchMask = readWatched(context, address, 4);
					f[(bp + code[pc + 1]!) >> 1] = scratchFloats[0]!;
					pc += 4;
					break;
				}
			case 118: // ST8
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeBytes(context, address, r[bp + code[pc + 1]!]!, 1);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const shift = (address & 3) << 3;
						const old = page[word]!;
						const value = (old & ~(0xff << shift)) | ((r[bp + code[pc + 1]!]! & 0xff) << shift);
						if (old !== value) {
							if (tracking) logPartStore(turns, address & ~3, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 119: // ST16
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeBytes(context, address, r[bp + code[pc + 1]!]!, 2);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const shift = (address & 2) << 3;
						const old = page[word]!;
						const value = (old & ~(0xffff << shift)) | ((r[bp + code[pc + 1]!]! & 0xffff) << shift);
						if (old !== value) {
							if (tracking) logPartStore(turns, address & ~3, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 120: // ST32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const old = page[word]!;
						const value = r[bp + code[pc + 1]!]!;
						if (old !== value) {
							if (tracking) logStore(turns, address, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 121: // ST64
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (!hasFaulted) storeWord(context, address + 4, r[bp + code[pc + 1]! + 1]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const s = bp + code[pc + 1]!;
						if (tracking) {
							if (page[word] !== r[s]) logStore(turns, address, page[word]!);
							if (page[word + 1] !== r[s + 1]) logStore(turns, address + 4, page[word + 1]!);
						}
						page[word] = r[s]!;
						page[word + 1] = r[s + 1]!;
					}
					pc += 4;
					break;
				}
			case 122: // STF32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					scratchFloats[0] = f[(bp + code[pc + 1]!) >> 1]!;
					storeWord(context, address, scratchWords[0]!, false);
					if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
					tracking = turns.isTracking;
					pc += 4;
					break;
				}
			case 123: // LDG8S
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = (loadBytes(space, address, 1) << 24) >> 24;
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! << (24 - ((address & 3) << 3))) >> 24;
					}
					pc += 4;
					break;
				}
			case 124: // LDG8U
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadBytes(space, address, 1);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = (page[(address >>> 2) & 1023]! >>> ((address & 3) << 3)) & 0xff;
					}
					pc += 4;
					break;
				}
			case 125: // LDG16S
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 2);
					if (page === null) {
						r[bp + code[pc + 1]!] = (loadBytes(space, address, 2) << 16) >> 16;
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! << (16 - ((address & 2) << 3))) >> 16;
					}
					pc += 4;
					break;
				}
			case 126: // LDG16U
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 2);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadBytes(space, address, 2);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! >>> ((address & 2) << 3)) & 0xffff;
					}
					pc += 4;
					break;
				}
			case 127: // LDG32
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 4);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadWord(space, address);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = page[(address >>> 2) & 1023]!;
					}
					pc += 4;
					break;
				}
			case 128: // LDG64
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 8);
					if (page === null) {
						const d = bp + code[pc + 1]!;
						r[d] = loadWord(space, address);
						r[d + 1] = loadWord(space, address + 4);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						const word = (address >>> 2) & 1023;
						const d = bp + code[pc + 1]!;
						r[d] = page[word]!;
						r[d + 1] = page[word + 1]!;
					}
					pc += 4;
					break;
				}
			case 129: // STG8
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeBytes(context, address, r[bp + code[pc + 1]!]!, 1);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const shift = (address & 3) << 3;
						const old = page[word]!;
						const value = (old & ~(0xff << shift)) | ((r[bp + code[pc + 1]!]! & 0xff) << shift);
						if (old !== value) {
							if (tracking) logPartStore(turns, address & ~3, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 130: // STG16
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 1) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeBytes(context, address, r[bp + code[pc + 1]!]!, 2);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const shift = (address & 2) << 3;
						const old = page[word]!;
						const value = (old & ~(0xffff << shift)) | ((r[bp + code[pc + 1]!]! & 0xffff) << shift);
						if (old !== value) {
							if (tracking) logPartStore(turns, address & ~3, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 131: // STG32
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const old = page[word]!;
						const value = r[bp + code[pc + 1]!]!;
						if (old !== value) {
							if (tracking) logStore(turns, address, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 132: // STG64
				{
					const address = code[pc + 2]!;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (!hasFaulted) storeWord(context, address + 4, r[bp + code[pc + 1]! + 1]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const s = bp + code[pc + 1]!;
						if (tracking) {
							if (page[word] !== r[s]) logStore(turns, address, page[word]!);
							if (page[word + 1] !== r[s + 1]) logStore(turns, address + 4, page[word + 1]!);
						}
						page[word] = r[s]!;
						page[word + 1] = r[s + 1]!;
					}
					pc += 4;
					break;
				}
			case 133: // LDX8S
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = (loadBytes(space, address, 1) << 24) >> 24;
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] =
							(page[(address >>> 2) & 1023]! << (24 - ((address & 3) << 3))) >> 24;
					}
					pc += 4;
					break;
				}
			case 134: // LDX8U
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 1);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadBytes(space, address, 1);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = (page[(address >>> 2) & 1023]! >>> ((address & 3) << 3)) & 0xff;
					}
					pc += 4;
					break;
				}
			case 135: // LDX32
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]! * 4) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 4);
					if (page === null) {
						r[bp + code[pc + 1]!] = loadWord(space, address);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = page[(address >>> 2) & 1023]!;
					}
					pc += 4;
					break;
				}
			case 136: // LDX64
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]! * 8) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if ((watchMask & (1 << (address >>> 2))) !== 0)
						watchMask = readWatched(context, address, 8);
					if (page === null) {
						const d = bp + code[pc + 1]!;
						r[d] = loadWord(space, address);
						r[d + 1] = loadWord(space, address + 4);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						const word = (address >>> 2) & 1023;
						const d = bp + code[pc + 1]!;
						r[d] = page[word]!;
						r[d + 1] = page[word + 1]!;
					}
					pc += 4;
					break;
				}
			case 137: // STX8
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page = leaf === undefined ? null : leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeBytes(context, address, r[bp + code[pc + 1]!]!, 1);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const shift = (address & 3) << 3;
						const old = page[word]!;
						const value = (old & ~(0xff << shift)) | ((r[bp + code[pc + 1]!]! & 0xff) << shift);
						if (old !== value) {
							if (tracking) logPartStore(turns, address & ~3, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 138: // STX32
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]! * 4) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const old = page[word]!;
						const value = r[bp + code[pc + 1]!]!;
						if (old !== value) {
							if (tracking) logStore(turns, address, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 139: // STX64
				{
					const address = (r[bp + code[pc + 2]!]! + r[bp + code[pc + 3]!]! * 8) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, false);
						if (!hasFaulted) storeWord(context, address + 4, r[bp + code[pc + 1]! + 1]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const s = bp + code[pc + 1]!;
						if (tracking) {
							if (page[word] !== r[s]) logStore(turns, address, page[word]!);
							if (page[word + 1] !== r[s + 1]) logStore(turns, address + 4, page[word + 1]!);
						}
						page[word] = r[s]!;
						page[word + 1] = r[s + 1]!;
					}
					pc += 4;
					break;
				}
			case 140: // LDC32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if (page === null) {
						r[bp + code[pc + 1]!] = loadWord(space, address);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						r[bp + code[pc + 1]!] = page[(address >>> 2) & 1023]!;
					}
					pc += 4;
					break;
				}
			case 141: // LDC64
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0 ? null : leaf[(address >>> 11) & slotMask]!;
					if (page === null) {
						const d = bp + code[pc + 1]!;
						r[d] = loadWord(space, address);
						r[d + 1] = loadWord(space, address + 4);
						if (hasFaulted)
							return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					} else {
						const word = (address >>> 2) & 1023;
						const d = bp + code[pc + 1]!;
						r[d] = page[word]!;
						r[d + 1] = page[word + 1]!;
					}
					pc += 4;
					break;
				}
			case 142: // STC32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 3) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, true);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const old = page[word]!;
						const value = r[bp + code[pc + 1]!]!;
						if (old !== value) {
							if (tracking) logCount(turns, address, old);
							page[word] = value;
						}
					}
					pc += 4;
					break;
				}
			case 143: // STC64
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					const leaf = directory[address >>> leafShift];
					const page =
						leaf === undefined || (address & 7) !== 0
							? null
							: leaf[((address >>> 11) & slotMask) | 1]!;
					if (page === null) {
						storeWord(context, address, r[bp + code[pc + 1]!]!, true);
						if (!hasFaulted) storeWord(context, address + 4, r[bp + code[pc + 1]! + 1]!, true);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
						tracking = turns.isTracking;
					} else {
						const word = (address >>> 2) & 1023;
						const s = bp + code[pc + 1]!;
						if (tracking) {
							if (page[word] !== r[s]) logCount(turns, address, page[word]!);
							if (page[word + 1] !== r[s + 1]) logCount(turns, address + 4, page[word + 1]!);
						}
						page[word] = r[s]!;
						page[word + 1] = r[s + 1]!;
					}
					pc += 4;
					break;
				}
			case 144: // MEMCPY
				{
					const bad = copyBlock(
						context,
						r[bp + code[pc + 1]!]!,
						r[bp + code[pc + 2]!]!,
						longAt(r, bp + code[pc + 3]!),
					);
					if (bad !== undefined) return leave(context, pc, bp, depth, budget - left, bad);
					tracking = turns.isTracking;
					left -= longAt(r, bp + code[pc + 3]!) >>> 3;
					pc += 4;
					break;
				}
			case 145: // MEMSET
				{
					const bad = fillBlock(
						context,
						r[bp + code[pc + 1]!]!,
						r[bp + code[pc + 2]!]!,
						longAt(r, bp + code[pc + 3]!),
					);
					if (bad !== undefined) return leave(context, pc, bp, depth, budget - left, bad);
					tracking = turns.isTracking;
					left -= longAt(r, bp + code[pc + 3]!) >>> 3;
					pc += 4;
					break;
				}
			case 146: // COPY
				{
					const bad = copyBlock(
						context,
						r[bp + code[pc + 1]!]!,
						r[bp + code[pc + 2]!]!,
						code[pc + 3]!,
					);
					if (bad !== undefined) return leave(context, pc, bp, depth, budget - left, bad);
					tracking = turns.isTracking;
					left -= code[pc + 3]! >> 3;
					pc += 4;
					break;
				}
			case 147: // ZERO
				{
					const bad = fillBlock(context, r[bp + code[pc + 1]!]!, 0, code[pc + 2]!);
					if (bad !== undefined) return leave(context, pc, bp, depth, budget - left, bad);
					tracking = turns.isTracking;
					left -= code[pc + 2]! >> 3;
					pc += 4;
					break;
				}
			case 148: // FADD
				{
					const value = f[(bp + code[pc + 2]!) >> 1]! + f[(bp + code[pc + 3]!) >> 1]!;
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 149: // FSUB
				{
					const value = f[(bp + code[pc + 2]!) >> 1]! - f[(bp + code[pc + 3]!) >> 1]!;
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 150: // FMUL
				{
					const value = f[(bp + code[pc + 2]!) >> 1]! * f[(bp + code[pc + 3]!) >> 1]!;
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 151: // FDIV
				{
					const value = f[(bp + code[pc + 2]!) >> 1]! / f[(bp + code[pc + 3]!) >> 1]!;
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 152: // FNEG
				r[bp + code[pc + 1]!] = r[bp + code[pc + 2]!]!;
				r[bp + code[pc + 1]! + 1] = r[bp + code[pc + 2]! + 1]! ^ -0x80000000;
				pc += 4;
				break;
			case 153: // FROUND
				{
					const value = Math.fround(f[(bp + code[pc + 2]!) >> 1]!);
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 2]!);
				}
				pc += 4;
				break;
			case 154: // FEQ
				r[bp + code[pc + 1]!] =
					f[(bp + code[pc + 2]!) >> 1]! === f[(bp + code[pc + 3]!) >> 1]! ? 1 : 0;
				pc += 4;
				break;
			case 155: // FNE
				r[bp + code[pc + 1]!] =
					f[(bp + code[pc + 2]!) >> 1]! !== f[(bp + code[pc + 3]!) >> 1]! ? 1 : 0;
				pc += 4;
				break;
			case 156: // FLT
				r[bp + code[pc + 1]!] =
					f[(bp + code[pc + 2]!) >> 1]! < f[(bp + code[pc + 3]!) >> 1]! ? 1 : 0;
				pc += 4;
				break;
			case 157: // FLE
				r[bp + code[pc + 1]!] =
					f[(bp + code[pc + 2]!) >> 1]! <= f[(bp + code[pc + 3]!) >> 1]! ? 1 : 0;
				pc += 4;
				break;
			case 158: // WTOF
				f[(bp + code[pc + 1]!) >> 1] = r[bp + code[pc + 2]!]!;
				pc += 4;
				break;
			case 159: // UTOF
				f[(bp + code[pc + 1]!) >> 1] = r[bp + code[pc + 2]!]! >>> 0;
				pc += 4;
				break;
			case 160: // LTOF
				f[(bp + code[pc + 1]!) >> 1] =
					r[bp + code[pc + 2]! + 1]! * 0x1_0000_0000 + (r[bp + code[pc + 2]!]! >>> 0);
				pc += 4;
				break;
			case 161: // ULTOF
				f[(bp + code[pc + 1]!) >> 1] =
					(r[bp + code[pc + 2]! + 1]! >>> 0) * 0x1_0000_0000 + (r[bp + code[pc + 2]!]! >>> 0);
				pc += 4;
				break;
			case 162: // LTOS
				f[(bp + code[pc + 1]!) >> 1] = longToFloat(
					r[bp + code[pc + 2]!]!,
					r[bp + code[pc + 2]! + 1]!,
				);
				pc += 4;
				break;
			case 163: // ULTOS
				f[(bp + code[pc + 1]!) >> 1] = longToFloat(
					r[bp + code[pc + 2]!]!,
					r[bp + code[pc + 2]! + 1]! >>> 0,
				);
				pc += 4;
				break;
			case 164: // FTOW
				{
					const value = Math.trunc(f[(bp + code[pc + 2]!) >> 1]!);
					r[bp + code[pc + 1]!] = value >= -2147483648 && value <= 2147483647 ? value : -2147483648;
				}
				pc += 4;
				break;
			case 165: // FTOU
				{
					doubleToLong(r, bp + code[pc + 1]!, f[(bp + code[pc + 2]!) >> 1]!);
				}
				pc += 4;
				break;
			case 166: // FTOL
				doubleToLong(r, bp + code[pc + 1]!, f[(bp + code[pc + 2]!) >> 1]!);
				pc += 4;
				break;
			case 167: // FTOUL
				doubleToUnsignedLong(r, bp + code[pc + 1]!, f[(bp + code[pc + 2]!) >> 1]!);
				pc += 4;
				break;
			case 168: // FMATH1
				{
					const value = unaryFunctions[code[pc + 3]!]!(f[(bp + code[pc + 2]!) >> 1]!);
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else {
						storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 2]!);
						if (code[pc + 3] === absoluteValue) r[bp + code[pc + 1]! + 1]! &= 0x7fffffff;
					}
				}
				pc += 4;
				break;
			case 169: // FATAN2
				{
					const value = Math.atan2(f[(bp + code[pc + 2]!) >> 1]!, f[(bp + code[pc + 3]!) >> 1]!);
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 170: // FPOW
				{
					const value = power(f[(bp + code[pc + 2]!) >> 1]!, f[(bp + code[pc + 3]!) >> 1]!);
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 171: // FFMOD
				{
					const value = f[(bp + code[pc + 2]!) >> 1]! % f[(bp + code[pc + 3]!) >> 1]!;
					if (!Number.isNaN(value)) f[(bp + code[pc + 1]!) >> 1] = value;
					else storeNotANumber(r, bp + code[pc + 1]!, bp + code[pc + 2]!, bp + code[pc + 3]!);
				}
				pc += 4;
				break;
			case 172: // CALL
				{
					const callee = code[pc + 1]!;
					const frame = bp + code[pc + 2]!;
					if (depth >= callLimit || frame + frameWords[callee]! > r.length) {
						if (depth >= callLimit || !growRegisters(context, frame + frameWords[callee]!)) {
							return leave(context, pc, bp, depth, budget - left, faultStop(context.sp, 'stack'));
						}
						r = context.registers;
						f = context.doubles;
					}
					if ((depth + 1) * callWords > calls.length) {
						growCalls(context);
						calls = context.calls;
					}
					const entry = depth * callWords;
					calls[entry] = pc + 4;
					calls[entry + 1] = bp;
					calls[entry + 2] = context.sp;
					calls[entry + 3] = callee;
					depth++;
					bp = frame;
					pc = entries[callee]!;
					break;
				}
			case 173: // CALLR
				{
					const pointer = r[bp + code[pc + 1]!]!;
					const callee = (pointer - textBase) / textStride;
					if (entries[callee] === undefined)
						return leave(context, pc, bp, depth, budget - left, faultStop(pointer, 'execute'));
					const frame = bp + code[pc + 2]!;
					if (depth >= callLimit || frame + frameWords[callee]! > r.length) {
						if (depth >= callLimit || !growRegisters(context, frame + frameWords[callee]!)) {
							return leave(context, pc, bp, depth, budget - left, faultStop(context.sp, 'stack'));
						}
						r = context.registers;
						f = context.doubles;
					}
					if ((depth + 1) * callWords > calls.length) {
						growCalls(context);
						calls = context.calls;
					}
					const entry = depth * callWords;
					calls[entry] = pc + 4;
					calls[entry + 1] = bp;
					calls[entry + 2] = context.sp;
					calls[entry + 3] = callee;
					depth++;
					bp = frame;
					pc = entries[callee]!;
					break;
				}
			case 174: // RET
				{
					const s = bp + code[pc + 1]!;
					r[bp + 1] = r[s + 1]!;
					r[bp] = r[s]!;
					depth--;
					const entry = depth * callWords;
					context.sp = calls[entry + 2]!;
					pc = calls[entry]!;
					bp = calls[entry + 1]!;
					if (pc === returnToKernel)
						return leave(context, pc, bp, depth, budget - left, returnedStop);
					break;
				}
			case 175: // RETV
				{
					depth--;
					const entry = depth * callWords;
					context.sp = calls[entry + 2]!;
					pc = calls[entry]!;
					bp = calls[entry + 1]!;
					if (pc === returnToKernel)
						return leave(context, pc, bp, depth, budget - left, returnedStop);
					break;
				}
			case 176: // ENTER
				{
					const sp = context.sp - code[pc + 2]!;
					if (sp < context.stackLow)
						return leave(context, pc, bp, depth, budget - left, faultStop(sp, 'stack'));
					context.sp = sp;
					r[bp + code[pc + 1]!] = sp;
					r[bp + code[pc + 1]! + 1] = 0;
					pc += 4;
					break;
				}
			case 177: // SYSCALL
				return leave(context, pc + 4, bp, depth, budget - left, {
					kind: 'syscall',
					result: code[pc + 1]!,
					first: code[pc + 2]!,
					count: code[pc + 3]!,
				});
			case 178: // ALLOCA
				{
					const sp = context.sp - Math.ceil(longAt(r, bp + code[pc + 2]!) / 16) * 16;
					if (sp < context.stackLow)
						return leave(context, pc, bp, depth, budget - left, faultStop(sp, 'stack'));
					context.sp = sp;
					r[bp + code[pc + 1]!] = sp;
					r[bp + code[pc + 1]! + 1] = 0;
					pc += 4;
					break;
				}
			case 179: // GETSP
				r[bp + code[pc + 1]!] = context.sp;
				r[bp + code[pc + 1]! + 1] = 0;
				pc += 4;
				break;
			case 180: // SETSP
				context.sp = r[bp + code[pc + 1]!]!;
				pc += 4;
				break;
			case 181: // TP
				r[bp + code[pc + 1]!] = context.threadPointer;
				r[bp + code[pc + 1]! + 1] = 0;
				pc += 4;
				break;
			case 182: // SETJMP
				{
					const address = r[bp + code[pc + 2]!]!;
					const saved = [pc + 4, bp, depth, context.sp, bp + code[pc + 1]!];
					for (let index = 0; index < saved.length; index++) {
						storeWord(context, address + 8 * index, saved[index]!, false);
						if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
					}
					r[bp + code[pc + 1]!] = 0;
					pc += 4;
					break;
				}
			case 183: // LONGJMP
				{
					const address = r[bp + code[pc + 1]!]!;
					const value = r[bp + code[pc + 2]!]!;
					const savedDepth = loadWord(space, address + 16);
					const target = loadWord(space, address);
					if (
						hasFaulted ||
						savedDepth <= 0 ||
						savedDepth > depth ||
						target < 0 ||
						target >= code.length ||
						target % 4 !== 0
					) {
						return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					}
					bp = loadWord(space, address + 8);
					context.sp = loadWord(space, address + 24);
					depth = savedDepth;
					r[loadWord(space, address + 32)] = value === 0 ? 1 : value;
					pc = target;
					break;
				}
			case 184: // ATOMIC
				{
					const x = bp + code[pc + 2]!;
					const address = r[x]!;
					if (watchMask !== 0 && code[pc + 3]! < atomicCount)
						watchMask = readWatched(context, address, 8);
					if (!atomic(context, bp + code[pc + 1]!, x, code[pc + 3]!))
						return leave(context, pc, bp, depth, budget - left, storeStop(address));
					tracking = turns.isTracking;
					pc += 4;
					break;
				}
			case 185: // LDC8
			case 186: // LDC16
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					r[bp + code[pc + 1]!] = loadBytes(space, address, code[pc] === 185 ? 1 : 2);
					if (hasFaulted)
						return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					pc += 4;
					break;
				}
			case 187: // LDCF32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					scratchWords[0] = loadWord(space, address);
					if (hasFaulted)
						return leave(context, pc, bp, depth, budget - left, faultStop(address, 'read'));
					f[(bp + code[pc + 1]!) >> 1] = scratchFloats[0]!;
					pc += 4;
					break;
				}
			case 188: // STC8
			case 189: // STC16
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					storeBytes(context, address, r[bp + code[pc + 1]!]!, code[pc] === 188 ? 1 : 2, true);
					if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
					tracking = turns.isTracking;
					pc += 4;
					break;
				}
			case 190: // STCF32
				{
					const address = (r[bp + code[pc + 2]!]! + code[pc + 3]!) | 0;
					scratchFloats[0] = f[(bp + code[pc + 1]!) >> 1]!;
					storeWord(context, address, scratchWords[0]!, true);
					if (hasFaulted) return leave(context, pc, bp, depth, budget - left, storeStop(address));
					tracking = turns.isTracking;
					pc += 4;
					break;
				}
			case 191: // LOOPREAD
				noteCounterRead(turns, depth);
				pc += 4;
				break;
			default:
				return leave(context, pc, bp, depth, budget - left, illegalStop);
		}
	}
};

/** Number of instructions of a program. */
export const instructionCount = (program: Program): number =>
	program.code.length / instructionWords;
