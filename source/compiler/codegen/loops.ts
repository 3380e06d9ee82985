/**
 * Which loops could be busy waiting (DESIGN section 6). A loop that provably makes progress on every turn by itself needs
 * no watching and gets no hook; each other one is judged turn by turn by the machine, which compares the registers that
 * carry values from turn to turn. Pure counters — variables that the loop only increments without using their value — are
 * left out of the comparison, and so are values that only pass (passing-values.ts).
 *
 * One walk over a function lists what happens to its register variables, in textual order. Every loop is a contiguous
 * part of the text, backward gotos too (from the label to the last goto to it), so each is a range of that list.
 */
import type {
	BlockStatement,
	Expression,
	FunctionDefinition,
	LabelSymbol,
	Statement,
	VariableSymbol,
} from '../ast.js';
import {findPassing} from './passing-values.js';
import {asIncrement, forEachOperand, isFloatCount, livesInRegister} from './walk.js';
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
	/** Blocks with variable length arrays around the label, from outside to inside. */
	readonly dynamicBlocks: readonly BlockStatement[];
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
	readonly labels: Map<LabelSymbol, {range: Range; dynamicBlocks: readonly BlockStatement[]}>;
	readonly dynamicBlocks: BlockStatement[];
	/** Variables declared in the blocks being walked. */
	readonly declared: VariableSymbol[];
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
	walkStatement(walk, statement.body);
	if (statement.kind === 'for' && statement.step) walkExpression(walk, statement.step, false);
	if (statement.kind === 'do') walkExpression(walk, statement.condition, true);
	range.to = mark(walk);
};

/** Walks statements of one scope; the variables declared there live up to its end. */
const walkScope = (walk: Walk, body: () => void): void => {
	const outer = walk.declared.length;
	body();
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

		case 'block': {
			if (statement.hasVariableLengthArrays) walk.dynamicBlocks.push(statement);
			walkScope(walk, () => {
				for (const inner of statement.statements) walkStatement(walk, inner);
			});
			if (statement.hasVariableLengthArrays) walk.dynamicBlocks.pop();
			return;
		}

		case 'if': {
			walkExpression(walk, statement.condition, true);
			walkStatement(walk, statement.consequent);
			if (statement.alternate) walkStatement(walk, statement.alternate);
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
			walkStatement(walk, statement.body);
			return;
		}

		case 'case': {
			walkStatement(walk, statement.body);
			return;
		}

		case 'label': {
			const range = {from: mark(walk), to: -1, statement: undefined, label: statement.label};
			walk.labels.set(statement.label, {range, dynamicBlocks: [...walk.dynamicBlocks]});
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

/** What the loop assigns and the next turn can see, without pure counters and values that only pass. */
const findCarried = (walk: Walk, range: Range): readonly VariableSymbol[] => {
	const written = new Set<VariableSymbol>();
	const isMore = new Set<VariableSymbol>();
	for (let index = range.from; index < range.to; index++) {
		const {kind, symbol} = walk.events[index]!;
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
	const events = walk.events.slice(range.from, range.to);
	const passing = findPassing(range.statement, events, isCompared);
	return carried.filter(symbol => !passing.has(symbol));
};

const isConstantFalse = (node: Expression | undefined): boolean =>
	node?.kind === 'integer' && node.value === 0n;

const isJudged = (walk: Walk, {statement, from, to}: Range): boolean => {
	if (!statement) return true;
	if (isConstantFalse(statement.condition)) return false;
	return !makesProgress(statement, walk.events.slice(from, to));
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
		dynamicBlocks: [],
		declared: [],
	};
	walkStatement(walk, definition.body);

	const loops = walk.ranges.map((range, index): LoopPlan => {
		const judged = isJudged(walk, range);
		return {isJudged: judged, carried: judged ? findCarried(walk, range) : [], parent: -1, index};
	});
	linkParents(walk.ranges, loops);

	const statements = new Map<LoopStatement, LoopPlan>();
	const loopOfLabel = new Map<LabelSymbol, LoopPlan>();
	walk.ranges.forEach(({statement, label}, index) => {
		if (statement) statements.set(statement, loops[index]!);
		if (label) loopOfLabel.set(label, loops[index]!);
	});
	const labels = new Map<LabelSymbol, LabelPlan>();
	for (const [label, {dynamicBlocks}] of walk.labels) {
		labels.set(label, {loop: loopOfLabel.get(label), dynamicBlocks});
	}

	return {loops, statements, labels, declared: new Set(walk.lifetimes.keys())};
};
