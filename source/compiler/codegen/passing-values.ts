/**
 * Variables of a loop that carry nothing from one turn to the next although they change: each turn assigns them anew, and
 * nothing of the new value comes from their old ones. `while (now < deadline) now = time(NULL);` only looks; what changes
 * `now` is the world outside, not the program. A value that does come from the turn before (`x = next; next = x + 1;`) is
 * the program's own doing.
 */
import type {Expression, Statement, VariableSymbol} from '../ast.js';
import type {Event, LoopStatement} from './loop-events.js';
import {canSkip} from './loop-progress.js';
import {asIncrement} from './increments.js';
import {forEachCertain, forEachOperand} from '../tree-walk.js';

/** The values that a variable is assigned on every turn. */
type Assignments = Map<VariableSymbol, Expression[]>;

const add = (assignments: Assignments, symbol: VariableSymbol, value: Expression): void => {
	const values = assignments.get(symbol);
	if (values) values.push(value);
	else assignments.set(symbol, [value]);
};

/** Assignments that are made whenever `node` is evaluated. */
const collect = (assignments: Assignments, node: Expression): void => {
	forEachCertain(node, part => {
		if (part.kind === 'assign' && part.target.kind === 'variable' && !asIncrement(part))
			add(assignments, part.target.symbol, part.value);
	});
};

const collectStatement = (assignments: Assignments, statement: Statement): void => {
	switch (statement.kind) {
		case 'expression': {
			collect(assignments, statement.expression);
			return;
		}

		case 'declaration': {
			for (const item of statement.initializer?.items ?? []) {
				add(assignments, statement.symbol, item.value);
				collect(assignments, item.value);
			}

			return;
		}

		case 'block': {
			for (const inner of statement.statements) collectStatement(assignments, inner);
			return;
		}

		case 'if': {
			collect(assignments, statement.condition);
			return;
		}

		default: // What may be left out on some turns
	}
};

const everyTurn = (loop: LoopStatement): Assignments => {
	const assignments: Assignments = new Map();
	if (loop.condition) collect(assignments, loop.condition);
	if (loop.kind === 'for' && loop.step) collect(assignments, loop.step);
	const {body} = loop;
	for (const statement of body.kind === 'block' ? body.statements : [body]) {
		if (canSkip(statement)) break;
		collectStatement(assignments, statement);
	}
	return assignments;
};

const forEachVariable = (node: Expression, visit: (symbol: VariableSymbol) => void): void => {
	if (node.kind === 'variable') visit(node.symbol);
	else
		forEachOperand(node, operand => {
			forEachVariable(operand, visit);
		});
};

/** The variables that only pass. `isCompared` says of one whether the machine sees it change from turn to turn. */
export const findPassing = (
	loop: LoopStatement,
	events: readonly Event[],
	isCompared: (symbol: VariableSymbol) => boolean,
): ReadonlySet<VariableSymbol> => {
	const assignments = everyTurn(loop);
	const passing = new Set<VariableSymbol>();
	if (assignments.size === 0) return passing;
	const changes = new Map<VariableSymbol, number>();
	for (const {kind, symbol} of events) {
		if (symbol && kind !== 'read') changes.set(symbol, (changes.get(symbol) ?? 0) + 1);
	}

	for (const [symbol, values] of assignments) {
		if (changes.get(symbol) !== values.length) assignments.delete(symbol);
	}

	/** Nothing of it can come from the turn before, unless the machine sees that. */
	const isFresh = (symbol: VariableSymbol): boolean =>
		passing.has(symbol) || !changes.has(symbol) || (!assignments.has(symbol) && isCompared(symbol));
	let before = -1;
	while (before !== passing.size) {
		before = passing.size;
		for (const [symbol, values] of assignments) {
			let isAnew = true;
			for (const value of values) {
				forEachVariable(value, read => {
					isAnew &&= isFresh(read);
				});
			}

			if (isAnew) passing.add(symbol);
		}
	}

	return passing;
};
