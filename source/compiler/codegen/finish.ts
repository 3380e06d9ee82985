/**
 * The last step on a function's code: labels become word offsets, jumps to jumps go straight to the end, what can't be
 * reached and jumps to the next instruction are dropped, and everything that names an instruction follows.
 */
import {instructionWords, op, opcodeTable} from '../../bytecode/opcodes.js';
import type {CodeRelocation, FunctionBody, ObjectVariable} from '../../bytecode/object.js';
import type {SwitchTable} from '../../bytecode/program.js';
import {debugVariable} from './debug.js';
import {fileNumber, type FunctionState, instructionCount, symbolNumber} from './codegen-state.js';
import {locate} from '../text/source-text.js';

const words = instructionWords;

/** Opcodes that never go on to the next instruction. */
const endings = new Set([op.TRAP, op.JMP, op.SWITCH, op.LOOPTURN, op.RET, op.RETV, op.LONGJMP]);

/** Opcodes whose third operand is a branch target. */
const branches = new Set(
	opcodeTable.flatMap((row, number) => (row.operands[2] === 't' ? [number] : [])),
);

/** Branches that do nothing if they lead to the next instruction. */
const isPlainBranch = (opcode: number): boolean => branches.has(opcode) && opcode !== op.LOOPTURN;

/** Where a label leads to in the end, through jumps. */
const follow = (f: FunctionState, label: number): number => {
	let at = f.labels[label]!;
	for (let steps = 0; steps < 32 && f.code[at * words] === op.JMP; steps++) {
		at = f.labels[f.code[at * words + 3]!]!;
	}

	return at;
};

/** The instructions that can be executed; the targets of branches are resolved to instruction numbers on the way. */
const findReachable = (
	f: FunctionState,
	entry: number,
): {reached: Uint8Array; targets: Int32Array} => {
	const count = instructionCount(f);
	const reached = new Uint8Array(count);
	const targets = new Int32Array(count).fill(-1);
	const pending = [entry];
	while (pending.length > 0) {
		let at = pending.pop()!;
		while (at < count && reached[at] === 0) {
			reached[at] = 1;
			const opcode = f.code[at * words]!;
			if (branches.has(opcode)) {
				targets[at] = follow(f, f.code[at * words + 3]!);
				pending.push(targets[at]!);
			} else if (opcode === op.SWITCH) {
				const table = f.switches[f.code[at * words + 2]!]!;
				for (const label of [...table.targets, table.otherwise]) pending.push(follow(f, label));
			}

			if (endings.has(opcode)) break;
			at++;
		}
	}

	return {reached, targets};
};

/** Loops that are entered but whose turns never end need no hook. */
const dropIdleLoops = (f: FunctionState, reached: Uint8Array): void => {
	const turning = new Set<number>();
	reached.forEach((isReached, at) => {
		if (isReached && f.code[at * words] === op.LOOPTURN) turning.add(f.code[at * words + 1]!);
	});
	reached.forEach((isReached, at) => {
		const isIdle = f.code[at * words] === op.LOOPENTER && !turning.has(f.code[at * words + 1]!);
		if (isReached && isIdle) reached[at] = 0;
	});
	f.loops.forEach((_, index) => {
		if (!turning.has(index)) f.loops[index] = undefined;
	});
};

/** For each instruction its offset in the finished code (of a dropped one: of what follows it). */
const layOut = (f: FunctionState, kept: Uint8Array, targets: Int32Array): Int32Array => {
	const count = kept.length;
	const next = new Int32Array(count + 1).fill(count);
	for (let at = count - 1; at >= 0; at--) {
		const target = targets[at]!;
		if (
			kept[at] &&
			target > at &&
			isPlainBranch(f.code[at * words]!) &&
			next[target] === next[at + 1]
		) {
			kept[at] = 0;
		}

		next[at] = kept[at] ? at : next[at + 1]!;
	}

	const offsets = new Int32Array(count + 1);
	let offset = 0;
	for (let at = 0; at < count; at++) {
		offsets[at] = offset;
		if (kept[at]) offset += words;
	}

	offsets[count] = offset;
	return offsets;
};

const finishLines = (f: FunctionState, offsets: Int32Array): FunctionBody['lines'] => {
	const lines = {
		pcs: [] as number[],
		files: [] as number[],
		lines: [] as number[],
		isStatement: [] as number[],
	};
	const end = offsets.at(-1)!;
	for (const {at, position, isStatement} of f.lines) {
		const place = locate(f.unit.unit.sourceMap, position);
		const pc = offsets[at]!;
		if (!place || pc === end) continue;
		let index = lines.pcs.length;
		if (index > 0 && lines.pcs[index - 1] === pc) index--;
		lines.pcs[index] = pc;
		lines.files[index] = fileNumber(f.unit, place.file.name);
		lines.lines[index] = place.line;
		lines.isStatement[index] = isStatement ? 1 : 0;
	}

	return lines;
};

const finishLoops = (
	f: FunctionState,
): {loops: FunctionBody['loops']; numbers: ReadonlyMap<number, number>} => {
	const numbers = new Map<number, number>();
	f.loops.forEach((loop, index) => {
		if (loop) numbers.set(index, numbers.size);
	});
	const parentOf = (index: number): number => {
		const parent = f.plan.loops[index]!.parent;
		return parent < 0 ? -1 : (numbers.get(parent) ?? parentOf(parent));
	};
	const loops = [...numbers.keys()].map(index => {
		const {position, registers, shadow} = f.loops[index]!;
		const place = locate(f.unit.unit.sourceMap, position);
		return {
			parent: parentOf(index),
			file: place ? fileNumber(f.unit, place.file.name) : 0,
			line: place?.line ?? 0,
			registers,
			shadow,
		};
	});
	return {loops, numbers};
};

/** The finished code of a function. `entry` is its first instruction: 1 if it turned out to need no frame. */
export const finishCode = (
	f: FunctionState,
	entry: number,
): {body: FunctionBody; offsets: Int32Array} => {
	const {reached, targets} = findReachable(f, entry);
	dropIdleLoops(f, reached);
	const offsets = layOut(f, reached, targets);
	const {loops, numbers} = finishLoops(f);

	const code = new Int32Array(offsets.at(-1)!);
	const switches: SwitchTable[] = [];
	reached.forEach((isKept, at) => {
		if (!isKept) return;
		const to = offsets[at]!;
		for (let word = 0; word < words; word++) code[to + word] = f.code[at * words + word]!;
		const opcode = code[to]!;
		if (branches.has(opcode)) code[to + 3] = offsets[targets[at]!]!;
		if (opcode === op.LOOPENTER || opcode === op.LOOPTURN)
			code[to + 1] = numbers.get(code[to + 1]!)!;
		if (opcode === op.SWITCH) {
			const table = f.switches[code[to + 2]!]!;
			const offsetOf = (label: number): number => offsets[follow(f, label)]!;
			code[to + 2] = switches.length;
			switches.push({
				low: table.low,
				targets: table.targets.map(offsetOf),
				otherwise: offsetOf(table.otherwise),
			});
		}
	});

	const relocations = f.relocations.flatMap(
		({instruction, operand, kind, symbol, addend}): CodeRelocation[] =>
			reached[instruction] ? [{at: offsets[instruction]! + operand, kind, symbol, addend}] : [],
	);
	return {body: {code, relocations, loops, switches, lines: finishLines(f, offsets)}, offsets};
};

/** The debugger's view of the variables, in the offsets of the finished code. */
export const finishVariables = (
	f: FunctionState,
	offsets: Int32Array,
): readonly ObjectVariable[] => {
	if (f.unit.isLibrary) return [];
	const variables: ObjectVariable[] = [];
	for (const {symbol, from, to} of f.variables) {
		if (symbol.isHidden) continue;
		const register = f.registers.get(symbol);
		const offset = f.frame.get(symbol);
		const scope = [offsets[from]!, offsets[to < 0 ? offsets.length - 1 : to]!] as const;
		if (offset !== undefined) {
			const location = {kind: 'frame', base: f.frameBase, offset} as const;
			variables.push({...debugVariable(f.unit, symbol, location), scope});
		} else if (register !== undefined) {
			const location =
				symbol.type.kind === 'record'
					? ({kind: 'frame', base: register, offset: 0} as const)
					: ({kind: 'register', offset: register} as const);
			variables.push({...debugVariable(f.unit, symbol, location), scope});
		}
	}

	return [...variables, ...staticLocals(f, offsets)];
};

/** Static locals are in scope in the whole function; the linker knows where they are. */
const staticLocals = (f: FunctionState, offsets: Int32Array): readonly ObjectVariable[] => {
	const own = f.unit.staticLocals.get(f.definition.symbol.name) ?? [];
	return own.map(symbol => {
		const variable = debugVariable(f.unit, symbol, {kind: 'address', address: 0});
		const scope = [0, offsets.at(-1)!] as const;
		return {...variable, scope, symbol: symbolNumber(f.unit, symbol, symbol.position)};
	});
};
