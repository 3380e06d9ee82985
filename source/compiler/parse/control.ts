/** `if`, `while`, `do`, `for` (C11 6.8.4.1, 6.8.5). */
import type {Expression, Position, Statement} from '../ast.js';
import {checkCondition, decay, errorExpression} from '../semantics/conversions.js';
import {emptyAt, warnUnused} from './blocks.js';
import {parseLocalDeclaration} from './declarations.js';
import {warnMisleadingIndentation} from './misleading-indentation.js';
import {accept, advance, expect, is, recover} from './token-cursor.js';
import {closeScope, openScope} from './names.js';
import {warn} from './complaints.js';
import type {Parser} from './parser-state.js';
import {isDeclarationStart, isUnknownType} from '../types/type-words.js';
import {warnUnusedValue} from '../semantics/unused-value.js';

/** `(` expression `)` as a condition. */
const parseCondition = (p: Parser): Expression => {
	const {position} = p.token;
	if (!expect(p, '(')) return errorExpression(position);
	const condition = p.grammar.expression(p);
	const value = p.isPanicking ? condition : checkCondition(p, condition);
	expect(p, ')');
	return value;
};

export const parseIf = (p: Parser): Statement => {
	const {position} = advance(p);
	const condition = parseCondition(p);
	if (p.isPanicking) return emptyAt(position);
	const isEmpty = is(p, ';');
	const body = p.token;
	const consequent = p.grammar.statement(p);
	if (p.isPanicking) recover(p);
	else warnMisleadingIndentation(p, 'if', position, body);
	const elsePosition = p.token.position;
	const hasElse = accept(p, 'else');
	if (isEmpty && !hasElse)
		warn(p, body.position, '-Wempty-body', "suggest braces around empty body in an 'if' statement");
	if (!hasElse && consequent.kind === 'if' && consequent.alternate) {
		warn(p, position, '-Wdangling-else', "suggest explicit braces to avoid ambiguous 'else'");
	}

	const elseBody = p.token;
	const alternate = hasElse ? p.grammar.statement(p) : undefined;
	if (hasElse) warnMisleadingIndentation(p, 'else', elsePosition, elseBody);
	return {kind: 'if', condition, consequent, alternate, position};
};

const parseLoopBody = (p: Parser): Statement => {
	if (p.function) p.function.loopDepth++;
	const body = p.grammar.statement(p);
	if (p.function) p.function.loopDepth--;
	return body;
};

const parseGuardedBody = (p: Parser, word: 'for' | 'while', position: Position): Statement => {
	const first = p.token;
	const body = parseLoopBody(p);
	warnMisleadingIndentation(p, word, position, first);
	return body;
};

export const parseWhile = (p: Parser): Statement => {
	const {position} = advance(p);
	const condition = parseCondition(p);
	if (p.isPanicking) return emptyAt(position);
	return {kind: 'while', condition, body: parseGuardedBody(p, 'while', position), position};
};

export const parseDo = (p: Parser): Statement => {
	const {position} = advance(p);
	const body = parseLoopBody(p);
	if (p.isPanicking) recover(p);
	if (!expect(p, 'while')) return emptyAt(position);
	const condition = parseCondition(p);
	expect(p, ';');
	return {kind: 'do', body, condition, position};
};

/** `for (` ( declaration | expression? `;` ) expression? `;` expression? `)` statement */
export const parseFor = (p: Parser): Statement => {
	const {position} = advance(p);
	if (!expect(p, '(')) return emptyAt(position);
	const scope = openScope(p);
	let initializer: readonly Statement[] = [];
	if (isDeclarationStart(p, p.token) || isUnknownType(p)) {
		initializer = parseLocalDeclaration(p);
	} else if (!accept(p, ';')) {
		const start = p.token.position;
		const expression = decay(p.grammar.expression(p));
		warnUnusedValue(p, expression);
		initializer = [{kind: 'expression', expression, position: start}];
		expect(p, ';');
	}

	const condition =
		is(p, ';') || p.isPanicking ? undefined : checkCondition(p, p.grammar.expression(p));
	expect(p, ';');
	const step = is(p, ')') || p.isPanicking ? undefined : decay(p.grammar.expression(p));
	if (step) warnUnusedValue(p, step);
	expect(p, ')');
	const body = p.isPanicking ? emptyAt(position) : parseGuardedBody(p, 'for', position);
	warnUnused(p, scope);
	closeScope(p, p.previousEnd);
	return {kind: 'for', initializer, condition, step, body, position};
};
