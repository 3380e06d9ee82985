/**
 * Which loops could be busy waiting (DESIGN section 6). A loop that provably makes progress on every turn by itself needs
 * no watching and gets no hook; each other one is judged turn by turn by the machine, which compares the registers that
 * carry values from turn to turn. Counters — variables that the loop only increments without using their value, unless in
 * a branch that tells the machine — are left out of the comparison, and so are values that only pass (passing-values.ts).
 * What is done where the loop is left (loop-exits.ts) happens on no turn that another one follows, and does not count.
 */
import type {
	Expression,
	FunctionDefinition,
	LabelSymbol,
	Statement,
	VariableArrayStatement,
	VariableSymbol,
} from '../ast.js';
import {findPassing} from './passing-values.js';
import type {ExitPart} from './loop-exits.js';
import {
	type Event,
	type LoopEvents,
	type LoopRange,
	type LoopStatement,
	collectLoopEvents,
} from './loop-events.js';
import {makesProgress} from './loop-progress.js';

export type LoopPlan = {
	/** Whether turns have to be judged. */
	readonly isJudged: boolean;
	/** Register variables that live across turns, are assigned in the loop and are no counters. */
	readonly carried: readonly VariableSymbol[];
	/** The innermost judged loop around this one, as an index into FunctionPlan.loops, or -1. */
	parent: number;
	/** Index in FunctionPlan.loops. */
	readonly index: number;
};

export type LabelPlan = {
	/** Set if there is a goto back to the label. */
	readonly loop: LoopPlan | undefined;
	/** Variable length arrays in whose scope the label is, from the first to the last. */
	readonly dynamicArrays: readonly VariableArrayStatement[];
};

export type FunctionPlan = {
	/** All loops, in no particular order. */
	readonly loops: readonly LoopPlan[];
	readonly statements: ReadonlyMap<LoopStatement, LoopPlan>;
	readonly labels: ReadonlyMap<LabelSymbol, LabelPlan>;
	/** Statements that use a counter of a loop around them: the turn does more than count. */
	readonly readers: ReadonlySet<Statement>;
	/** Locals with a declaration statement; the others are temporaries of expressions. */
	readonly declared: ReadonlySet<VariableSymbol>;
};

const isWithin = (inner: {from: number; to: number}, outer: {from: number; to: number}): boolean =>
	inner.from >= outer.from && inner.to <= outer.to;

/** Whether no turn of the loop follows once control has come to this part of it. */
const leaves = (walk: LoopEvents, part: ExitPart<LoopRange>, range: LoopRange): boolean => {
	if (!isWithin(part, range)) return false;
	const {exit} = part;
	if (exit.kind === 'return') return true;
	if (exit.kind === 'break') return isWithin(range, exit.loop);
	const target = walk.labels.get(exit.label)?.range.from;
	return target !== undefined && (target < range.from || target >= range.to);
};

/** What a turn that is followed by another one can do. */
const eventsOf = (walk: LoopEvents, range: LoopRange): readonly Event[] => {
	const parts = walk.exits.filter(part => leaves(walk, part, range));
	const events = walk.events.slice(range.from, range.to);
	return parts.length === 0
		? events
		: events.filter((_, index) => {
				const at = range.from + index;
				return parts.every(({from, to}) => at < from || at >= to);
			});
};

/**
 * Variables that the loop counts in and otherwise uses in branches of its `if`s only, with those uses. A turn that takes
 * none of the branches has only counted; one that takes one tells the machine (FunctionPlan.readers).
 */
const findCounters = (
	range: LoopRange,
	events: readonly Event[],
): ReadonlyMap<VariableSymbol, readonly Statement[]> => {
	const counters = new Map<VariableSymbol, Statement[]>();
	for (const {kind, symbol} of events) if (symbol && kind === 'count') counters.set(symbol, []);
	for (const {kind, symbol, branch, statement} of events) {
		const uses = symbol && kind !== 'count' ? counters.get(symbol) : undefined;
		if (!uses) continue;
		if (statement && branch >= range.from) uses.push(statement);
		else counters.delete(symbol!);
	}

	return counters;
};

/** What the loop assigns and the next turn can see, without counters and values that only pass. */
const findCarried = (
	walk: LoopEvents,
	range: LoopRange,
	events: readonly Event[],
	counters: ReadonlyMap<VariableSymbol, unknown>,
): readonly VariableSymbol[] => {
	const written = new Set<VariableSymbol>();
	for (const {kind, symbol} of events) if (symbol && kind !== 'read') written.add(symbol);

	const isCompared = (symbol: VariableSymbol): boolean => {
		if (counters.has(symbol)) return false;
		if (symbol.storage === 'parameter') return true;
		const lifetime = walk.lifetimes.get(symbol);
		return lifetime !== undefined && lifetime.from < range.from && lifetime.to > range.to;
	};

	const carried = [...written].filter(isCompared);
	if (!range.statement || carried.length === 0) return carried;
	const passing = findPassing(range.statement, events, isCompared);
	return carried.filter(symbol => !passing.has(symbol));
};

const isConstantFalse = (node: Expression | undefined): boolean =>
	node?.kind === 'integer' && node.value === 0n;

const isJudged = ({statement, from}: LoopRange, events: readonly Event[]): boolean => {
	if (!statement) return true;
	if (isConstantFalse(statement.condition)) return false;
	return !makesProgress(statement, from, events);
};

/** Sets `parent` of each plan: the smallest judged range that contains the loop's. */
const linkParents = (ranges: readonly LoopRange[], plans: readonly LoopPlan[]): void => {
	ranges.forEach((range, index) => {
		let smallest = Infinity;
		ranges.forEach((other, candidate) => {
			if (candidate === index || !plans[candidate]!.isJudged) return;
			const size = other.to - other.from;
			const isAround = other.from <= range.from && other.to >= range.to;
			if (isAround && size < smallest) {
				smallest = size;
				plans[index]!.parent = candidate;
			}
		});
	});
};

/** Plans the loops of a function. */
export const planLoops = (definition: FunctionDefinition): FunctionPlan => {
	const walk = collectLoopEvents(definition);
	const readers = new Set<Statement>();
	const loops = walk.ranges.map((range, index): LoopPlan => {
		const events = eventsOf(walk, range);
		if (!isJudged(range, events)) return {isJudged: false, carried: [], parent: -1, index};
		const counters = findCounters(range, events);
		for (const uses of counters.values()) for (const use of uses) readers.add(use);
		const carried = findCarried(walk, range, events, counters);
		return {isJudged: true, carried, parent: -1, index};
	});
	linkParents(walk.ranges, loops);

	const statements = new Map<LoopStatement, LoopPlan>();
	const loopOfLabel = new Map<LabelSymbol, LoopPlan>();
	walk.ranges.forEach(({statement, label}, index) => {
		if (statement) statements.set(statement, loops[index]!);
		if (label) loopOfLabel.set(label, loops[index]!);
	});
	const labels = new Map<LabelSymbol, LabelPlan>();
	for (const [label, {dynamicArrays}] of walk.labels) {
		labels.set(label, {loop: loopOfLabel.get(label), dynamicArrays});
	}

	return {loops, statements, labels, readers, declared: new Set(walk.lifetimes.keys())};
};
