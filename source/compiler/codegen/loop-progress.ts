/**
 * Loops that provably make progress on every turn by themselves: a variable that something reads is stepped by constants of
 * one sign, on every turn, and changed by nothing else.
 */
import type {Expression, Statement, VariableSymbol} from '../ast.js';
import {asIncrement} from './increments.js';
import type {Event, LoopStatement} from './loop-events.js';
import {forEachCertain, hidesStatements} from '../tree-walk.js';
import {livesInRegister} from './walk.js';

/** Variables that `node` steps by a constant whenever it is evaluated. */
const collectSteps = (node: Expression, steps: Set<VariableSymbol>): void => {
	forEachCertain(node, part => {
		const increment = asIncrement(part);
		if (increment && increment.delta !== 0n && increment.target.kind === 'variable')
			steps.add(increment.target.symbol);
	});
};

/** Whether control can skip statements that follow in the loop's body and still go on with the next turn. */
export const canSkip = (statement: Statement, isInnerLoop = false): boolean => {
	switch (statement.kind) {
		case 'continue': {
			return !isInnerLoop;
		}

		case 'goto':
		case 'computed-goto':
		case 'label':
		case 'case': {
			return true;
		}

		case 'block': {
			return statement.statements.some(inner => canSkip(inner, isInnerLoop));
		}

		case 'if': {
			return (
				canSkip(statement.consequent, isInnerLoop) ||
				(statement.alternate !== undefined && canSkip(statement.alternate, isInnerLoop))
			);
		}

		case 'switch': {
			// Its own case labels lie inside; they skip nothing behind it.
			return hasSkipInSwitch(statement.body, isInnerLoop);
		}

		case 'while':
		case 'do':
		case 'for': {
			return canSkip(statement.body, true);
		}

		default: {
			return false;
		}
	}
};

const hasSkipInSwitch = (statement: Statement, isInnerLoop: boolean): boolean => {
	if (statement.kind === 'case') return hasSkipInSwitch(statement.body, isInnerLoop);
	if (statement.kind === 'block') {
		return statement.statements.some(inner => hasSkipInSwitch(inner, isInnerLoop));
	}

	return canSkip(statement, isInnerLoop);
};

const bodySteps = (body: Statement, steps: Set<VariableSymbol>): void => {
	// Such loops are judged at run time.
	if (canSkip(body) || hidesStatements(body)) return;
	const statements = body.kind === 'block' ? body.statements : [body];
	for (const statement of statements) {
		if (statement.kind === 'expression') collectSteps(statement.expression, steps);
	}
};

/** Variables that are stepped on every turn. */
const everyTurnSteps = (loop: LoopStatement): ReadonlySet<VariableSymbol> => {
	const steps = new Set<VariableSymbol>();
	if (loop.condition) collectSteps(loop.condition, steps);
	if (loop.kind === 'for' && loop.step) collectSteps(loop.step, steps);
	bodySteps(loop.body, steps);
	return steps;
};

/** Variables of fewer than 32 bits come round too soon. */
const isWide = (symbol: VariableSymbol): boolean => symbol.type.size >= 4;

/** Whether the loop, whose events are those from number `from` on, makes progress on every turn. */
export const makesProgress = (
	loop: LoopStatement,
	from: number,
	events: readonly Event[],
): boolean => {
	for (const symbol of everyTurnSteps(loop)) {
		if (!livesInRegister(symbol) || !isWide(symbol)) continue;
		const own = events.filter(event => event.symbol === symbol);
		const isOnlyStepped = own.every(event => event.kind !== 'write');
		const isUsed = own.some(
			({kind, branch}) => branch < from && (kind === 'read' || kind === 'step'),
		);
		const signs = new Set(own.filter(event => event.sign !== 0).map(event => event.sign));
		if (isOnlyStepped && isUsed && signs.size === 1) return true;
	}

	return false;
};
