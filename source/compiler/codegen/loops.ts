/**
 * Which loops could be busy waiting (DESIGN section 6). A loop that provably makes progress on every turn by itself needs
 * no watching and gets no hook; each other one is judged turn by turn by the machine, which compares the registers that
 * carry values from turn to turn. Pure counters — variables that the loop only increments without using their value — are
 * left out of the comparison, and so are values that only pass (passing-values.ts). What is done where the loop is left
 * (loop-exits.ts) happens on no turn that another one follows, and does not count.
 *
 * One walk over a function lists what happens to its register variables, in textual order. Every loop is a contiguous
 * part of the text, backward gotos too (from the label to the last goto to it), so each is a range of that list.
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
import {asIncrement, isFloatCount} from './increments.js';
import {forEachOperand} from '../tree-walk.js';
import {livesInRegister} from './walk.js';
import {type ExitPart, exitOf, startOfExit} from './loop-exits.js';
import {type Event, type LoopStatement, makesProgress} from './loop-progress.js';

export type LoopPlan = {
	/** Whether turns have to be judged. */
	readonly isJudged: boolean;
	/** Register variables that live across turns, are assigned in the loop and are no pure counters. */
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
	/** Locals with a declaration statement; the others are temporaries of expressions. */
	readonly declared: ReadonlySet<VariableSymbol>;
};

/** A loop found by the walk: events [from, to). */
type Range = {
	readonly from: number;
	to: number;
	readonly statement: LoopStatement | undefined;
	readonly label: LabelSymbol | undefined;
};

type Walk = {
	readonly events: Event[];
	readonly ranges: Range[];
	/** Events [from, to) between a variable's declaration and the end of its block. */
	readonly lifetimes: Map<VariableSymbol, {from: number; to: number}>;
	readonly labels: Map<
		LabelSymbol,
		{range: Range; dynamicArrays: readonly VariableArrayStatement[]}
	>;
	/** Variable length arrays in scope. */
	readonly dynamicArrays: VariableArrayStatement[];
	/** Variables declared in the blocks being walked. */
	readonly declared: VariableSymbol[];
	/** What a `break` leaves, the innermost last: a loop, or undefined for a switch. */
	readonly breakable: Array<Range | undefined>;
	readonly exits: Array<ExitPart<Range>>;
};

const note = (walk: Walk, kind: Event['kind'], symbol: VariableSymbol, sign = 0): void => {
	if (livesInRegister(symbol)) walk.events.push({kind, symbol, sign});
};

export const mark = (walk: Walk): number =>
	walk.events.push({kind: 'mark', symbol: undefined, sign: 0}) - 1;

/** Lists what `node` does; `isUsed` says whether anything reads its value. */
const walkExpression = (walk: Walk, node: Expression, isUsed: boolean): void => {
	switch (node.kind) {
		case 'variable': {
			note(walk, 'read', node.symbol);
			return;
		}

		case 'assign':
		case 'compound-assign':
		case 'increment': {
			walkAssignment(walk, node, isUsed);
			return;
		}

		case 'comma': {
			walkExpression(walk, node.left, false);
			walkExpression(walk, node.right, isUsed);
			return;
		}

		case 'cast': {
			walkExpression(walk, node.operand, isUsed && node.conversion !== 'void');
			return;
		}

		case 'conditional': {
			walkExpression(walk, node.condition, true);
			walkExpression(walk, node.consequent, isUsed);
			walkExpression(walk, node.alternate, isUsed);
			return;
		}

		case 'logical': {
			walkExpression(walk, node.left, true);
			walkExpression(walk, node.right, isUsed);
			return;
		}

		case 'statement-expression': {
			walkStatement(walk, node.body);
			if (node.result) walkExpression(walk, node.result, isUsed);
			return;
		}

		default: {
			forEachOperand(node, operand => {
				walkExpression(walk, operand, true);
			});
		}
	}
};

const walkAssignment = (
	walk: Walk,
	node: Extract<Expression, {kind: 'assign' | 'compound-assign' | 'increment'}>,
	isUsed: boolean,
): void => {
	const {target} = node;
	const increment = asIncrement(node);
	if (target.kind === 'variable' && increment && increment.delta !== 0n) {
		note(walk, isUsed ? 'step' : 'count', target.symbol, increment.delta > 0n ? 1 : -1);
		return;
	}
	if (target.kind === 'variable' && !isUsed && isFloatCount(node)) {
		note(walk, 'count', target.symbol);
		return;
	}

	if (node.kind !== 'increment') walkExpression(walk, node.value, true);
	if (target.kind === 'variable') {
		if (node.kind !== 'assign') note(walk, 'read', target.symbol);
		note(walk, 'write', target.symbol);
	} else {
		walkExpression(walk, target, true);
	}
};

const walkLoop = (walk: Walk, statement: LoopStatement): void => {
	const range: Range = {from: mark(walk), to: 0, statement, label: undefined};
	walk.ranges.push(range);
	if (statement.kind !== 'do' && statement.condition)
		walkExpression(walk, statement.condition, true);
	walkBreakable(walk, statement.body, range);
	if (statement.kind === 'for' && statement.step) walkExpression(walk, statement.step, false);
	if (statement.kind === 'do') walkExpression(walk, statement.condition, true);
	range.to = mark(walk);
};

const walkBreakable = (walk: Walk, body: Statement, range: Range | undefined): void => {
	walk.breakable.push(range);
	walkStatement(walk, body);
	walk.breakable.pop();
};

/** Walks statements in a row, and notes those that come to a statement which leaves. */
const walkStatements = (walk: Walk, statements: readonly Statement[]): void => {
	const loop = walk.breakable.at(-1);
	const last = statements.findIndex(statement => exitOf(statement, loop) !== undefined);
	const first = last === -1 ? -1 : startOfExit(statements, last);
	let from = 0;
	statements.forEach((statement, index) => {
		if (index === first) from = mark(walk);
		walkStatement(walk, statement);
		if (index === last) walk.exits.push({from, to: mark(walk), exit: exitOf(statement, loop)!});
	});
};

/** Walks statements of one scope; the variables declared there live up to its end. */
const walkScope = (walk: Walk, body: () => void): void => {
	const outer = walk.declared.length;
	const outerArrays = walk.dynamicArrays.length;
	body();
	walk.dynamicArrays.length = outerArrays;
	const end = mark(walk);
	for (const symbol of walk.declared.splice(outer)) {
		const lifetime = walk.lifetimes.get(symbol);
		if (lifetime) lifetime.to = end;
	}
};

const walkStatement = (walk: Walk, statement: Statement): void => {
	switch (statement.kind) {
		case 'expression': {
			walkExpression(walk, statement.expression, false);
			return;
		}

		case 'declaration': {
			const {symbol, initializer} = statement;
			walk.declared.push(symbol);
			walk.lifetimes.set(symbol, {from: mark(walk), to: Infinity});
			for (const item of initializer?.items ?? []) walkExpression(walk, item.value, true);
			if (initializer) note(walk, 'write', symbol);
			return;
		}

		case 'variable-array': {
			walk.dynamicArrays.push(statement);
			walkExpression(walk, statement.allocation, false);
			return;
		}

		case 'block': {
			walkScope(walk, () => {
				walkStatements(walk, statement.statements);
			});
			return;
		}

		case 'if': {
			walkExpression(walk, statement.condition, true);
			walkStatements(walk, [statement.consequent]);
			if (statement.alternate) walkStatements(walk, [statement.alternate]);
			return;
		}

		case 'while':
		case 'do': {
			walkLoop(walk, statement);
			return;
		}

		case 'for': {
			walkScope(walk, () => {
				for (const inner of statement.initializer) walkStatement(walk, inner);
				walkLoop(walk, statement);
			});
			return;
		}

		case 'switch': {
			walkExpression(walk, statement.condition, true);
			walkBreakable(walk, statement.body, undefined);
			return;
		}

		case 'case': {
			walkStatement(walk, statement.body);
			return;
		}

		case 'label': {
			const range = {from: mark(walk), to: -1, statement: undefined, label: statement.label};
			walk.labels.set(statement.label, {range, dynamicArrays: [...walk.dynamicArrays]});
			walkStatement(walk, statement.body);
			return;
		}

		case 'goto': {
			const target = walk.labels.get(statement.label);
			if (!target) return;
			if (target.range.to < 0) walk.ranges.push(target.range);
			target.range.to = mark(walk);
			return;
		}

		case 'return': {
			if (statement.value) walkExpression(walk, statement.value, true);
			return;
		}

		case 'computed-goto': {
			walkExpression(walk, statement.address, true);
			return;
		}

		case 'break':
		case 'continue':
		case 'empty': {
			return;
		}
	}
};

const isWithin = (inner: {from: number; to: number}, outer: {from: number; to: number}): boolean =>
	inner.from >= outer.from && inner.to <= outer.to;

/** Whether no turn of the loop follows once control has come to this part of it. */
const leaves = (walk: Walk, part: ExitPart<Range>, range: Range): boolean => {
	if (!isWithin(part, range)) return false;
	const {exit} = part;
	if (exit.kind === 'return') return true;
	if (exit.kind === 'break') return isWithin(range, exit.loop);
	const target = walk.labels.get(exit.label)?.range.from;
	return target !== undefined && (target < range.from || target >= range.to);
};

/** What a turn that is followed by another one can do. */
const eventsOf = (walk: Walk, range: Range): readonly Event[] => {
	const parts = walk.exits.filter(part => leaves(walk, part, range));
	const events = walk.events.slice(range.from, range.to);
	return parts.length === 0
		? events
		: events.filter((_, index) => {
				const at = range.from + index;
				return parts.every(({from, to}) => at < from || at >= to);
			});
};

/** What the loop assigns and the next turn can see, without pure counters and values that only pass. */
const findCarried = (
	walk: Walk,
	range: Range,
	events: readonly Event[],
): readonly VariableSymbol[] => {
	const written = new Set<VariableSymbol>();
	const isMore = new Set<VariableSymbol>();
	for (const {kind, symbol} of events) {
		if (!symbol) continue;
		if (kind !== 'read') written.add(symbol);
		if (kind !== 'count') isMore.add(symbol);
	}

	const isCompared = (symbol: VariableSymbol): boolean => {
		if (!isMore.has(symbol)) return false;
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

const isJudged = ({statement}: Range, events: readonly Event[]): boolean => {
	if (!statement) return true;
	if (isConstantFalse(statement.condition)) return false;
	return !makesProgress(statement, events);
};

/** Sets `parent` of each plan: the smallest judged range that contains the loop's. */
const linkParents = (ranges: readonly Range[], plans: readonly LoopPlan[]): void => {
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
	const walk: Walk = {
		events: [],
		ranges: [],
		lifetimes: new Map(),
		labels: new Map(),
		dynamicArrays: [],
		declared: [],
		breakable: [],
		exits: [],
	};
	walkStatement(walk, definition.body);

	const loops = walk.ranges.map((range, index): LoopPlan => {
		const events = eventsOf(walk, range);
		const judged = isJudged(range, events);
		const carried = judged ? findCarried(walk, range, events) : [];
		return {isJudged: judged, carried, parent: -1, index};
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

	return {loops, statements, labels, declared: new Set(walk.lifetimes.keys())};
};
