/** Blocks: what a pair of braces holds, and the scope that it opens (C11 6.8.2). */
import type {BlockStatement, Expression, Position, Statement} from '../ast.js';
import {unqualified, voidType} from '../types/c-types.js';
import {decay, errorExpression} from '../semantics/conversions.js';
import {parseLocalDeclaration} from './declarations.js';
import {advance, expect, is, isAtEnd, peek, recover} from './token-cursor.js';
import {closeScope, openScope} from './names.js';
import {syntaxError, warn} from './complaints.js';
import type {Parser, Scope} from './parser-state.js';
import {isDeclarationStart, isUnknownType} from '../types/type-words.js';

export const emptyAt = (position: Position): Statement => ({kind: 'empty', position});

export const warnUnused = (p: Parser, scope: Scope): void => {
	for (const variable of scope.variables) {
		if (
			variable.storage === 'parameter' ||
			variable.isHidden ||
			variable.uses > 0 ||
			variable.isAddressTaken
		)
			continue;
		if (variable.isAssigned)
			warn(
				p,
				variable.position,
				'-Wunused-but-set-variable',
				`variable '${variable.name}' set but not used`,
			);
		else warn(p, variable.position, '-Wunused-variable', `unused variable '${variable.name}'`);
	}
};

/** ( declaration | statement )* up to the closing brace, which is left. */
const parseItems = (p: Parser): Statement[] => {
	const statements: Statement[] = [];
	while (!is(p, '}') && !isAtEnd(p)) {
		const {index} = p;
		const isDeclaration =
			(isDeclarationStart(p, p.token) && peek(p).text !== ':' && !isAttributeStatement(p)) ||
			isUnknownType(p);
		if (isDeclaration) statements.push(...parseLocalDeclaration(p));
		else statements.push(p.grammar.statement(p));
		if (p.isPanicking) recover(p);
		if (p.index === index) advance(p);
	}

	return statements;
};

/** `__attribute__((fallthrough));` */
export const isAttributeStatement = (p: Parser): boolean =>
	is(p, '__attribute__') && peek(p, 3).text.includes('fallthrough');

const closeBlock = (
	p: Parser,
	scope: Scope,
	statements: readonly Statement[],
	position: Position,
): BlockStatement => {
	const end = p.token.position;
	if (isAtEnd(p))
		syntaxError(
			p,
			Math.max(p.previousEnd - 1, 1),
			'expected declaration or statement at end of input',
		);
	else expect(p, '}');
	warnUnused(p, scope);
	closeScope(p, end);
	return {kind: 'block', statements, end, position};
};

/** `{` items `}` in a scope of its own. */
export const parseBlock = (p: Parser): BlockStatement => {
	const {position} = advance(p);
	const scope = openScope(p);
	return closeBlock(p, scope, parseItems(p), position);
};

/** The body of a function: its scope is that of the parameters. */
export const parseBody = (
	p: Parser,
	scope: Scope,
	before: readonly Statement[],
): BlockStatement => {
	const {position} = advance(p);
	p.scope = scope;
	return closeBlock(p, scope, [...before, ...parseItems(p)], position);
};

/** GNU `({ … })`: the last expression is the value. The closing parenthesis is left. */
export const parseStatementExpression = (p: Parser, position: Position): Expression => {
	if (!p.function) {
		syntaxError(p, position, 'braced-group within expression allowed only inside a function');
		return errorExpression(position);
	}

	const start = advance(p).position;
	const scope = openScope(p);
	p.valueDepth++;
	const statements = parseItems(p);
	p.valueDepth--;
	const last = statements[statements.length - 1];
	const result = last?.kind === 'expression' ? decay(last.expression) : undefined;
	if (result) statements.pop();
	const body = closeBlock(p, scope, statements, start);
	const type = result ? unqualified(result.type) : voidType;
	return {kind: 'statement-expression', body, result, type, position};
};
