/**
 * The instructions of x86-64 that course programs write in `asm` statements, to exchange, add to and compare words of memory
 * indivisibly: each becomes what C has for it. Operands that may stand in registers become hidden temporaries; the others
 * are reached through their addresses. AT&T syntax: the destination comes last.
 */
import type {ArithmeticOperator, Expression, Position} from '../ast.js';
import type {Parser} from '../parse/parser-state.js';
import {createTemporary} from '../parse/names.js';
import {
	intType,
	isInteger,
	isPointer,
	unqualified,
	voidType,
	type CType,
} from '../types/c-types.js';
import {assign} from './assignment.js';
import {type AtomicOperation, comparison, dereferenced, fetchAndUpdate} from './atomics.js';
import {binary} from './binary-operators.js';
import {builtinNode} from './builtin-node.js';
import {castTo, convert, decay} from './conversions.js';
import {integerConstant} from './fold.js';
import {addressOf} from './object-access.js';
import {saved, variableOf} from './temporaries.js';

/** `[name] "=r" (value)`: the constraint without quotes. */
export type AssemblyOperand = {
	readonly name: string | undefined;
	readonly constraint: string;
	readonly value: Expression;
};

/** Where an operand is: in a hidden temporary, or in memory, whose address is in one. */
type Slot =
	| {readonly kind: 'register'; readonly variable: Expression; isWritten: boolean}
	| {readonly kind: 'memory'; readonly address: Expression; readonly type: CType};

type Translation = {
	readonly p: Parser;
	readonly position: Position;
	readonly operands: readonly AssemblyOperand[];
	/** Of the operands, in their order; undefined for what no instruction here works on. */
	readonly slots: Array<Slot | undefined>;
	/** By the letter of a constraint that asks for one certain register. */
	readonly fixed: Map<string, Slot>;
	/** The zero flag, 0 or 1, if an instruction asks for it. */
	readonly zeroFlag: Expression | undefined;
	readonly steps: Expression[];
};

const certainRegister = /[abcdSD]/;

const isInMemory = (constraint: string): boolean =>
	/[moV]/.test(constraint) && !/[rqg]/.test(constraint);

const temporary = ({p, position}: Translation, type: CType): Slot => ({
	kind: 'register',
	variable: variableOf(createTemporary(p, unqualified(type), position), position),
	isWritten: false,
});

const isNumber = ({type}: Expression): boolean => isInteger(type) || isPointer(type);

/** The place of an operand, with its value there if it is an input. */
const placeOperand = (
	t: Translation,
	operand: AssemblyOperand,
	isInput: boolean,
): Slot | undefined => {
	const {p, position, slots, steps} = t;
	const {constraint} = operand;
	if (isInMemory(constraint) && isNumber(operand.value)) {
		const {store, read: address} = saved(p, addressOf(p, operand.value, position), position);
		if (store) steps.push(store);
		return {kind: 'memory', address, type: unqualified(operand.value.type)};
	}

	const value = isInput ? decay(operand.value) : operand.value;
	const tied = /^\d+$/.test(constraint) ? slots[Number(constraint)] : undefined;
	const letter = certainRegister.exec(constraint)?.[0];
	const shared = tied ?? (letter === undefined ? undefined : t.fixed.get(letter));
	const slot = shared ?? temporary(t, value.type);
	if (!isNumber(value) || slot.kind === 'memory') {
		steps.push(value);
		return undefined;
	}

	if (letter !== undefined) t.fixed.set(letter, slot);
	if (!isInput && !constraint.includes('+')) return slot;
	steps.push(assign(p, slot.variable, castTo(p, value, slot.variable.type, position), position));
	if (tied) slot.isWritten = true;
	return slot;
};

const typeOf = (slot: Slot): CType => (slot.kind === 'memory' ? slot.type : slot.variable.type);

const read = ({position}: Translation, slot: Slot): Expression =>
	slot.kind === 'memory' ? dereferenced(slot.address, position) : slot.variable;

const write = (t: Translation, slot: Slot, value: Expression): void => {
	const {p, position} = t;
	if (slot.kind === 'register') slot.isWritten = true;
	t.steps.push(assign(p, read(t, slot), castTo(p, value, typeOf(slot), position), position));
};

const setZeroFlag = (
	t: Translation,
	operator: '==' | '!=',
	left: Expression,
	right: Expression,
): void => {
	const {p, position, zeroFlag} = t;
	if (zeroFlag)
		t.steps.push(assign(p, zeroFlag, comparison(operator, left, right, position), position));
};

const exchange = (t: Translation, left: Slot, right: Slot): boolean => {
	const {p, position} = t;
	const memory = left.kind === 'memory' ? left : right;
	const other = memory === left ? right : left;
	if (other.kind === 'memory') return false;
	const value = castTo(p, other.variable, typeOf(memory), position);
	if (memory.kind === 'memory') {
		write(t, other, builtinNode('atomic-exchange', [memory.address, value], memory.type, position));
		return true;
	}

	const {store, read: kept} = saved(p, memory.variable, position);
	if (store) t.steps.push(store);
	write(t, memory, value);
	write(t, other, kept);
	return true;
};

/** The accumulator is compared with the destination, which becomes the source if they are the same, and is read otherwise. */
const compareExchange = (t: Translation, source: Slot, target: Slot): boolean => {
	const {p, position, steps} = t;
	const accumulator = t.fixed.get('a');
	if (!accumulator || target.kind !== 'memory') return false;
	const {address, type} = target;
	const expected = saved(p, castTo(p, read(t, accumulator), type, position), position);
	const desired = castTo(p, read(t, source), type, position);
	const old = saved(
		p,
		builtinNode('atomic-compare-exchange', [address, expected.read, desired], type, position),
		position,
	);
	for (const {store} of [expected, old]) if (store) steps.push(store);
	setZeroFlag(t, '==', old.read, expected.read);
	write(t, accumulator, old.read);
	return true;
};

const exchangeAndAdd = (t: Translation, source: Slot, target: Slot): boolean => {
	const {p, position} = t;
	if (source.kind === 'memory' || target.kind !== 'memory') return false;
	const addend = read(t, source);
	write(t, source, fetchAndUpdate(p, 'add', target.address, addend, false, position));
	return true;
};

const updates: Readonly<Record<string, readonly [AtomicOperation, ArithmeticOperator]>> = {
	add: ['add', '+'],
	sub: ['sub', '-'],
	and: ['and', '&'],
	or: ['or', '|'],
	xor: ['xor', '^'],
	inc: ['add', '+'],
	dec: ['sub', '-'],
};

const update = (t: Translation, word: string, operand: Expression, target: Slot): boolean => {
	const {p, position, steps, zeroFlag} = t;
	const [operation, operator] = updates[word]!;
	const type = typeOf(target);
	if (!isInteger(type)) return false;
	if (target.kind === 'memory') {
		const isWanted = zeroFlag !== undefined;
		const result = fetchAndUpdate(p, operation, target.address, operand, isWanted, position);
		if (isWanted) setZeroFlag(t, '==', result, integerConstant(0n, type, position));
		else steps.push(result);
		return true;
	}

	write(t, target, binary(p, operator, target.variable, operand, position));
	setZeroFlag(t, '==', target.variable, integerConstant(0n, type, position));
	return true;
};

/** Barriers, hints to the processor, and prefixes: every instruction is indivisible here. */
const harmless = new Set('lock rep repz nop pause mfence lfence sfence yield'.split(' '));

/** An operand as it is written: `%0`, `%b1`, `%[name]`, `(%2)`, or an immediate. */
const operandAt = (t: Translation, text: string): Slot | Expression | undefined => {
	const immediate = /^\$(-?(?:0x[\da-f]+|\d+))$/i.exec(text)?.[1];
	if (immediate !== undefined) {
		const value = immediate.startsWith('-') ? -BigInt(immediate.slice(1)) : BigInt(immediate);
		return integerConstant(value, intType, t.position);
	}

	if (text.startsWith('(') && text.endsWith(')')) return behind(operandAt(t, text.slice(1, -1)));
	const [, number, name] = /^%[bwkq]?(?:(\d+)|\[(\w+)\])$/.exec(text) ?? [];
	if (number !== undefined) return t.slots[Number(number)];
	const index = t.operands.findIndex(operand => operand.name === name);
	return name === undefined ? undefined : t.slots[index];
};

/** `(%1)`: what the pointer in a register points to. */
const behind = (pointer: Slot | Expression | undefined): Slot | undefined => {
	if (pointer?.kind !== 'register' || pointer.variable.type.kind !== 'pointer') return undefined;
	return {
		kind: 'memory',
		address: pointer.variable,
		type: unqualified(pointer.variable.type.target),
	};
};

const isSlot = (operand: Slot | Expression): operand is Slot =>
	operand.kind === 'register' || operand.kind === 'memory';

const sizes: Readonly<Record<string, number>> = {b: 1, w: 2, l: 4, q: 8};

/** The instruction that a word names, without the letter for the operands' size, which must be that of the destination. */
const instructionOf = (word: string, target: Slot | Expression | undefined): string => {
	const size = sizes[word.slice(-1)];
	const stem = word.slice(0, -1);
	const isKnown = stem in updates || ['xchg', 'cmpxchg', 'xadd', 'mov'].includes(stem);
	if (size === undefined || !isKnown || !target) return word;
	return !isSlot(target) || typeOf(target).size === size ? stem : '';
};

/** One instruction; false if it is none of these. */
const translateInstruction = (t: Translation, text: string): boolean => {
	const [word = '', ...rest] = text.split(/\s+/);
	// Words are prefixes, too: `lock xchg %0, %1`
	if (harmless.has(word)) return rest.length === 0 || translateInstruction(t, rest.join(' '));
	const operands = rest
		.join('')
		.split(',')
		.map(operand => operandAt(t, operand));
	const [first, second] = operands;
	const target = operands.at(-1);
	if (!first || !target || !isSlot(target) || operands.length > 2) return false;
	const name = instructionOf(word, target);
	if (/^set(?:e|z|ne|nz)$/.test(name) && !second && t.zeroFlag) {
		const zero = integerConstant(0n, intType, t.position);
		write(t, target, comparison(name.includes('n') ? '==' : '!=', t.zeroFlag, zero, t.position));
		return true;
	}

	const source = isSlot(first) ? read(t, first) : first;
	if (name === 'inc' || name === 'dec')
		return !second && update(t, name, integerConstant(1n, intType, t.position), target);
	if (!second) return false;
	if (name in updates) return update(t, name, source, target);
	if (name === 'mov') {
		write(t, target, source);
		return true;
	}

	if (!isSlot(first)) return false;
	if (name === 'xchg') return exchange(t, first, target);
	if (name === 'cmpxchg') return compareExchange(t, first, target);
	return name === 'xadd' && exchangeAndAdd(t, first, target);
};

/**
 * What the instructions of `template` do, one expression after the other; undefined if one of them is none of these. They
 * can be told apart by semicolons and ends of lines.
 */
export const translateAssembly = (
	p: Parser,
	template: string,
	outputs: readonly AssemblyOperand[],
	inputs: readonly AssemblyOperand[],
	position: Position,
): readonly Expression[] | undefined => {
	const lines = template.split(/[;\n]/).map(line => line.trim());
	const needsFlag = lines.some(line => line.startsWith('set'));
	const t: Translation = {
		p,
		position,
		operands: [...outputs, ...inputs],
		slots: [],
		fixed: new Map(),
		zeroFlag: needsFlag ? variableOf(createTemporary(p, intType, position), position) : undefined,
		steps: [],
	};
	for (const operand of outputs) t.slots.push(placeOperand(t, operand, false));
	for (const operand of inputs) t.slots.push(placeOperand(t, operand, true));
	if (!lines.every(line => line === '' || translateInstruction(t, line))) return undefined;
	outputs.forEach(({value}, index) => {
		const slot = t.slots[index];
		if (slot?.kind !== 'register' || !slot.isWritten) return;
		const result = castTo(p, slot.variable, unqualified(value.type), position);
		t.steps.push(assign(p, value, result, position));
	});
	return t.steps.map(step => convert(step, voidType));
};
