/**
 * What a function does to its register variables, in textual order. Every loop is a contiguous part of the text, backward
 * gotos too (from the label to the last goto to it), so each is a range of that list.
 */
import type {
	DoStatement,
	Expression,
	ForStatement,
	FunctionDefinition,
	LabelSymbol,
	Statement,
	VariableArrayStatement,
	VariableSymbol,
	WhileStatement,
} from '../ast.js';
import {asIncrement, isFloatCount} from './increments.js';
import {forEachOperand} from '../tree-walk.js';
import {livesInRegister} from './walk.js';
import {type ExitPart, exitOf, startOfExit} from './loop-exits.js';

export type LoopStatement = WhileStatement | DoStatement | ForStatement;

/**
 * `count`: an increment by a constant whose value is unused; `step`: one whose value is used; `write`: any other
 * assignment; `read`. A `mark` keeps the ends of loops and scopes apart from each other.
 */
export type Event = {
	readonly kind: 'count' | 'step' | 'write' | 'read' | 'mark';
	readonly symbol: VariableSymbol | undefined;
	/** Of count and step: whether something is added (1) or taken away (-1). */
	readonly sign: number;
	/** The event where the innermost branch of an `if` around this one begins, or -1. */
	readonly branch: number;
	/** The statement that does it; undefined for what loops do between their turns. */
	readonly statement: Statement | undefined;
};

/** A loop: events [from, to). */
export type LoopRange = {
	readonly from: number;
	to: number;
	readonly statement: LoopStatement | undefined;
	readonly label: LabelSymbol | undefined;
};

/** What the walk over a function has found. */
export type LoopEvents = {
	readonly events: Event[];
	readonly ranges: LoopRange[];
	/** Events [from, to) between a variable's declaration and the end of its block. */
	readonly lifetimes: Map<VariableSymbol, {from: number; to: number}>;
	readonly labels: Map<
		LabelSymbol,
		{range: LoopRange; dynamicArrays: readonly VariableArrayStatement[]}
	>;
	readonly exits: Array<ExitPart<LoopRange>>;
};

type Walk = LoopEvents & {
	/** Variable length arrays in scope. */
	readonly dynamicArrays: VariableArrayStatement[];
	/** Variables declared in the blocks being walked. */
	readonly declared: VariableSymbol[];
	/** What a `break` leaves, the innermost last: a loop, or undefined for a switch. */
	readonly breakable: Array<LoopRange | undefined>;
	/** Where the innermost branch of an `if` begins, and the statement being walked: see Event. */
	branch: number;
	statement: Statement | undefined;
};

const note = (walk: Walk, kind: Event['kind'], symbol: VariableSymbol, sign = 0): void => {
	const {branch, statement} = walk;
	if (livesInRegister(symbol)) walk.events.push({kind, symbol, sign, branch, statement});
};

const mark = (walk: Walk): number =>
	walk.events.push({
		kind: 'mark',
		symbol: undefined,
		sign: 0,
		branch: -1,
		statement: undefined,
	}) - 1;

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
	const range: LoopRange = {from: mark(walk), to: 0, statement, label: undefined};
	walk.ranges.push(range);
	walk.statement = undefined;
	if (statement.kind !== 'do' && statement.condition)
		walkExpression(walk, statement.condition, true);
	walkBreakable(walk, statement.body, range);
	if (statement.kind === 'for' && statement.step) walkExpression(walk, statement.step, false);
	if (statement.kind === 'do') walkExpression(walk, statement.condition, true);
	range.to = mark(walk);
};

const walkBreakable = (walk: Walk, body: Statement, range: LoopRange | undefined): void => {
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

const walkBranch = (walk: Walk, body: Statement): void => {
	const outer = walk.branch;
	walk.branch = mark(walk);
	walkStatements(walk, [body]);
	walk.branch = outer;
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

/** Gotos back to labels make loops, or make them longer. */
const walkGoto = (walk: Walk, labels: readonly LabelSymbol[]): void => {
	const to = mark(walk);
	for (const label of labels) {
		const range = walk.labels.get(label)?.range;
		if (!range) continue;
		if (range.to < 0) walk.ranges.push(range);
		range.to = to;
	}
};

const walkStatement = (walk: Walk, statement: Statement): void => {
	const outer = walk.statement;
	walk.statement = statement;
	walkParts(walk, statement);
	walk.statement = outer;
};

const walkParts = (walk: Walk, statement: Statement): void => {
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
			walkBranch(walk, statement.consequent);
			if (statement.alternate) walkBranch(walk, statement.alternate);
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
			walkGoto(walk, [statement.label]);
			return;
		}

		case 'return': {
			if (statement.value) walkExpression(walk, statement.value, true);
			return;
		}

		case 'computed-goto': {
			walkExpression(walk, statement.address, true);
			walkGoto(walk, statement.labels);
			return;
		}

		case 'break':
		case 'continue':
		case 'empty': {
			return;
		}
	}
};

/** Walks over a function. */
export const collectLoopEvents = (definition: FunctionDefinition): LoopEvents => {
	const walk: Walk = {
		events: [],
		ranges: [],
		lifetimes: new Map(),
		labels: new Map(),
		exits: [],
		dynamicArrays: [],
		declared: [],
		breakable: [],
		branch: -1,
		statement: undefined,
	};
	walkStatement(walk, definition.body);
	return walk;
};
