/**
 * Control flow of a finished function: does control reach its end (-Wreturn-type), is a variable read before anything can have
 * been stored in it (-Wuninitialized). The latter reports only reads that no path can save: state is the set of variables that
 * *may* have been assigned, so there are no false alarms.
 */
import type {Expression, FunctionDefinition, Position, Statement, VariableSymbol} from '../ast.js';
import {isScalar, isVolatile} from '../types/c-types.js';
import {forEachExpressionOf, forEachOperand, forEachStatement} from '../tree-walk.js';
import {constantTruth} from './fold.js';
import {warn} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';

type Breakable = {isLoop: boolean; hasBreak: boolean; hasContinue: boolean};

type Flow = {
	readonly p: Parser;
	/** Variables worth watching; empty for most functions. */
	readonly candidates: ReadonlySet<VariableSymbol>;
	/** Everything assigned anywhere in the function, for labels. */
	readonly anywhere: ReadonlySet<VariableSymbol>;
	assigned: Set<VariableSymbol>;
	isReachable: boolean;
	readonly breakables: Breakable[];
	/** For each open switch, whether control came to it. */
	readonly switchReachable: boolean[];
};

/* ---------- What a subtree assigns ---------- */

const collectFromExpression = (expression: Expression, into: Set<VariableSymbol>): void => {
	if (expression.kind === 'assign' && expression.target.kind === 'variable')
		into.add(expression.target.symbol);
	if (expression.kind === 'statement-expression') {
		collectAssigned(expression.body, into);
		if (expression.result) collectFromExpression(expression.result, into);
		return;
	}

	forEachOperand(expression, operand => {
		collectFromExpression(operand, into);
	});
};

/** Variables that the statement may assign, not counting `x += 1` and `x++`, which read x first. */
const collectAssigned = (statement: Statement, into: Set<VariableSymbol>): void => {
	forEachStatement(statement, inner => {
		if (inner.kind === 'declaration' && inner.initializer) into.add(inner.symbol);
	});
	forEachExpressionOf(statement, expression => {
		collectFromExpression(expression, into);
	});
};

/* ---------- Expressions ---------- */

const read = (flow: Flow, symbol: VariableSymbol, position: Position): void => {
	if (!flow.isReachable || !flow.candidates.has(symbol) || flow.assigned.has(symbol)) return;
	flow.assigned.add(symbol);
	warn(flow.p, position, '-Wuninitialized', `'${symbol.name}' is used uninitialized`, [
		[symbol.position, `'${symbol.name}' was declared here`],
	]);
};

/** Visits two alternatives; afterwards either may have happened. */
const visitEither = (flow: Flow, first: () => void, second: () => void): void => {
	const before = flow.candidates.size > 0 ? new Set(flow.assigned) : flow.assigned;
	const wasReachable = flow.isReachable;
	first();
	const afterFirst = flow.assigned;
	const isFirstReachable = flow.isReachable;
	flow.assigned = before;
	flow.isReachable = wasReachable;
	second();
	if (flow.assigned !== afterFirst) {
		// A path that doesn't come back assigns nothing for those behind it
		if (!flow.isReachable) flow.assigned = afterFirst;
		else if (isFirstReachable) for (const symbol of afterFirst) flow.assigned.add(symbol);
	}

	flow.isReachable ||= isFirstReachable;
};

const nothing = (): void => undefined;

const visitOperands = (flow: Flow, expression: Expression): void => {
	forEachOperand(expression, operand => {
		visitExpression(flow, operand);
	});
};

const visitExpression = (flow: Flow, expression: Expression): void => {
	switch (expression.kind) {
		case 'variable': {
			read(flow, expression.symbol, expression.position);
			return;
		}

		case 'assign': {
			visitTarget(flow, expression.target);
			visitExpression(flow, expression.value);
			if (expression.target.kind === 'variable') flow.assigned.add(expression.target.symbol);
			return;
		}

		case 'address-of': {
			visitTarget(flow, expression.operand);
			return;
		}

		case 'logical': {
			visitExpression(flow, expression.left);
			visitEither(flow, () => visitExpression(flow, expression.right), nothing);
			return;
		}

		case 'conditional': {
			visitExpression(flow, expression.condition);
			const truth = constantTruth(expression.condition);
			if (truth === undefined)
				visitEither(
					flow,
					() => visitExpression(flow, expression.consequent),
					() => visitExpression(flow, expression.alternate),
				);
			else visitExpression(flow, truth ? expression.consequent : expression.alternate);
			return;
		}

		case 'call': {
			visitOperands(flow, expression);
			if (expression.callee.kind === 'function' && expression.callee.symbol.isNoReturn)
				flow.isReachable = false;
			return;
		}

		case 'builtin': {
			for (const child of expression.args) visitExpression(flow, child);
			if (
				expression.builtin === 'unreachable' ||
				expression.builtin === 'trap' ||
				expression.builtin === 'longjmp'
			)
				flow.isReachable = false;
			return;
		}

		case 'statement-expression': {
			visitStatement(flow, expression.body);
			if (expression.result) visitExpression(flow, expression.result);
			return;
		}

		default: {
			visitOperands(flow, expression);
		}
	}
};

/** The address of an lvalue is computed, its value isn't read. */
const visitTarget = (flow: Flow, target: Expression): void => {
	if (target.kind === 'variable') return;
	if (target.kind === 'member') visitTarget(flow, target.object);
	else visitOperands(flow, target);
};

/* ---------- Statements ---------- */

/** In a loop, what a later part assigns may have happened in the turn before. */
const enterLoop = (flow: Flow, statement: Statement): void => {
	if (flow.candidates.size > 0) collectAssigned(statement, flow.assigned);
};

const visitLoop = (
	flow: Flow,
	condition: Expression | undefined,
	body: Statement,
	step: Expression | undefined,
): void => {
	const breakable: Breakable = {isLoop: true, hasBreak: false, hasContinue: false};
	const truth = condition ? constantTruth(condition) : true;
	if (condition) visitExpression(flow, condition);
	const wasReachable = flow.isReachable;
	if (truth === false) flow.isReachable = false;
	flow.breakables.push(breakable);
	visitStatement(flow, body);
	flow.breakables.pop();
	if (breakable.hasContinue) flow.isReachable = true;
	if (step) visitExpression(flow, step);
	flow.isReachable = (wasReachable && truth !== true) || breakable.hasBreak;
};

const visitDo = (flow: Flow, body: Statement, condition: Expression): void => {
	const breakable: Breakable = {isLoop: true, hasBreak: false, hasContinue: false};
	flow.breakables.push(breakable);
	visitStatement(flow, body);
	flow.breakables.pop();
	if (breakable.hasContinue) flow.isReachable = true;
	visitExpression(flow, condition);
	if (constantTruth(condition) === true) flow.isReachable = false;
	if (breakable.hasBreak) flow.isReachable = true;
};

const visitSwitch = (flow: Flow, statement: Statement & {kind: 'switch'}): void => {
	visitExpression(flow, statement.condition);
	const wasReachable = flow.isReachable;
	const breakable: Breakable = {isLoop: false, hasBreak: false, hasContinue: false};
	// Which case runs isn't followed: whatever one of them assigns may have been assigned
	if (flow.candidates.size > 0) collectAssigned(statement.body, flow.assigned);
	flow.breakables.push(breakable);
	flow.isReachable = false;
	flow.switchReachable.push(wasReachable);
	visitStatement(flow, statement.body);
	flow.switchReachable.pop();
	flow.breakables.pop();
	flow.isReachable ||= breakable.hasBreak || (wasReachable && !statement.defaultLabel);
};

const markBreak = (flow: Flow, isContinue: boolean): void => {
	for (let index = flow.breakables.length - 1; index >= 0; index--) {
		const breakable = flow.breakables[index];
		if (!breakable || (isContinue && !breakable.isLoop)) continue;
		if (flow.isReachable) {
			if (isContinue) breakable.hasContinue = true;
			else breakable.hasBreak = true;
		}

		break;
	}

	flow.isReachable = false;
};

const isSelfInitialized = (symbol: VariableSymbol, value: Expression): boolean =>
	value.kind === 'variable' && value.symbol === symbol;

const visitStatement = (flow: Flow, statement: Statement): void => {
	switch (statement.kind) {
		case 'expression': {
			visitExpression(flow, statement.expression);
			return;
		}

		case 'declaration': {
			for (const item of statement.initializer?.items ?? []) {
				if (!isSelfInitialized(statement.symbol, item.value)) visitExpression(flow, item.value);
			}

			if (statement.initializer) flow.assigned.add(statement.symbol);
			return;
		}

		case 'variable-array': {
			visitExpression(flow, statement.allocation);
			return;
		}

		case 'block': {
			for (const inner of statement.statements) visitStatement(flow, inner);
			return;
		}

		case 'if': {
			visitExpression(flow, statement.condition);
			const truth = constantTruth(statement.condition);
			const consequent = (): void => {
				if (truth === false) flow.isReachable = false;
				visitStatement(flow, statement.consequent);
			};

			const alternate = (): void => {
				if (truth === true) flow.isReachable = false;
				if (statement.alternate) visitStatement(flow, statement.alternate);
			};

			visitEither(flow, consequent, alternate);
			return;
		}

		case 'while': {
			enterLoop(flow, statement);
			visitLoop(flow, statement.condition, statement.body, undefined);
			return;
		}

		case 'do': {
			enterLoop(flow, statement);
			visitDo(flow, statement.body, statement.condition);
			return;
		}

		case 'for': {
			for (const inner of statement.initializer) visitStatement(flow, inner);
			enterLoop(flow, statement);
			visitLoop(flow, statement.condition, statement.body, statement.step);
			return;
		}

		case 'switch': {
			visitSwitch(flow, statement);
			return;
		}

		case 'case': {
			flow.isReachable ||= flow.switchReachable[flow.switchReachable.length - 1] ?? true;
			visitStatement(flow, statement.body);
			return;
		}

		case 'label': {
			flow.isReachable ||= statement.label.isUsed;
			for (const symbol of flow.anywhere) flow.assigned.add(symbol);
			visitStatement(flow, statement.body);
			return;
		}

		case 'return': {
			if (statement.value) visitExpression(flow, statement.value);
			flow.isReachable = false;
			return;
		}

		case 'computed-goto': {
			visitExpression(flow, statement.address);
			flow.isReachable = false;
			return;
		}

		case 'goto': {
			flow.isReachable = false;
			return;
		}

		case 'break':
		case 'continue': {
			markBreak(flow, statement.kind === 'continue');
			return;
		}

		case 'empty': {
			break;
		}
	}
};

const isCandidate = (symbol: VariableSymbol): boolean =>
	symbol.storage === 'local' &&
	!symbol.isHidden &&
	!symbol.isAddressTaken &&
	isScalar(symbol.type) &&
	!isVolatile(symbol.type);

/** Warns about a function's flow; `locals` may be read too early. Returns whether control reaches the closing brace. */
export const checkFlow = (
	p: Parser,
	definition: Pick<FunctionDefinition, 'symbol' | 'body'>,
	locals: readonly VariableSymbol[],
): boolean => {
	// What could not be read may have been the assignment
	const candidates = new Set(
		p.sink.errorCount > 0 ? [] : locals.filter(symbol => isCandidate(symbol)),
	);
	const anywhere = new Set<VariableSymbol>();
	if (candidates.size > 0) collectAssigned(definition.body, anywhere);
	const flow: Flow = {
		p,
		candidates,
		anywhere,
		assigned: new Set(),
		isReachable: true,
		breakables: [],
		switchReachable: [],
	};
	visitStatement(flow, definition.body);
	const {symbol, body} = definition;
	const {result} = symbol.type;
	if (flow.isReachable && result.kind !== 'void' && symbol.name !== 'main' && !symbol.isNoReturn) {
		warn(p, body.end, '-Wreturn-type', 'control reaches end of non-void function');
	}

	if (flow.isReachable && symbol.isNoReturn)
		warn(p, body.end, '', "'noreturn' function does return");
	return flow.isReachable;
};
