/** Statements (C11 6.8). */
import type {
	BlockStatement,
	CaseLabel,
	Expression,
	LabelSymbol,
	Position,
	Statement,
} from './ast.js';
import {parseConstant} from './constant-expression.js';
import {
	checkCondition,
	convert,
	convertForAssignment,
	decay,
	errorExpression,
	promote,
} from './conversions.js';
import {isInteger, unqualified, voidType, type CType} from './c-types.js';
import {wrapInteger} from './fold.js';
import {tokenKind} from './lexer.js';
import {
	accept,
	advance,
	beforeToken,
	closeScope,
	error,
	expect,
	is,
	isAtEnd,
	isErrorType,
	isIdentifier,
	openScope,
	peek,
	recover,
	syntaxError,
	warn,
	type OpenSwitch,
	type Parser,
	type Scope,
} from './parser-state.js';
import {parseAttributes, createAttributes} from './attributes.js';
import {parseLocalDeclaration} from './parser-declarations.js';
import {isDeclarationStart, isUnknownType} from './parser-types.js';
import {warnUnusedValue} from './unused-value.js';

const emptyAt = (position: Position): Statement => ({kind: 'empty', position});

/* ---------- Blocks ---------- */

const warnUnused = (p: Parser, scope: Scope): void => {
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
		else statements.push(parseStatement(p));
		if (p.isPanicking) recover(p);
		if (p.index === index) advance(p);
	}

	return statements;
};

/** `__attribute__((fallthrough));` */
const isAttributeStatement = (p: Parser): boolean =>
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
	return {
		kind: 'block',
		statements,
		end,
		position,
		hasVariableLengthArrays: scope.hasVariableLengthArrays,
	};
};

/** `{` items `}` in a scope of its own. */
const parseBlock = (p: Parser): BlockStatement => {
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

/* ---------- Selection and iteration ---------- */

/** `(` expression `)` as a condition. */
const parseCondition = (p: Parser): Expression => {
	const {position} = p.token;
	if (!expect(p, '(')) return errorExpression(position);
	const condition = p.grammar.expression(p);
	const value = p.isPanicking ? condition : checkCondition(p, condition);
	expect(p, ')');
	return value;
};

const parseIf = (p: Parser): Statement => {
	const {position} = advance(p);
	const condition = parseCondition(p);
	if (p.isPanicking) return emptyAt(position);
	const isEmpty = is(p, ';');
	const bodyPosition = p.token.position;
	const consequent = parseStatement(p);
	if (p.isPanicking) recover(p);
	const hasElse = accept(p, 'else');
	if (isEmpty && !hasElse)
		warn(p, bodyPosition, '-Wempty-body', "suggest braces around empty body in an 'if' statement");
	if (!hasElse && consequent.kind === 'if' && consequent.alternate) {
		warn(p, position, '-Wdangling-else', "suggest explicit braces to avoid ambiguous 'else'");
	}

	const alternate = hasElse ? parseStatement(p) : undefined;
	return {kind: 'if', condition, consequent, alternate, position};
};

const parseLoopBody = (p: Parser): Statement => {
	if (p.function) p.function.loopDepth++;
	const body = parseStatement(p);
	if (p.function) p.function.loopDepth--;
	return body;
};

const parseWhile = (p: Parser): Statement => {
	const {position} = advance(p);
	const condition = parseCondition(p);
	if (p.isPanicking) return emptyAt(position);
	return {kind: 'while', condition, body: parseLoopBody(p), position};
};

const parseDo = (p: Parser): Statement => {
	const {position} = advance(p);
	const body = parseLoopBody(p);
	if (p.isPanicking) recover(p);
	if (!expect(p, 'while')) return emptyAt(position);
	const condition = parseCondition(p);
	expect(p, ';');
	return {kind: 'do', body, condition, position};
};

/** `for (` ( declaration | expression? `;` ) expression? `;` expression? `)` statement */
const parseFor = (p: Parser): Statement => {
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
	const body = p.isPanicking ? emptyAt(position) : parseLoopBody(p);
	warnUnused(p, scope);
	closeScope(p, p.previousEnd);
	return {kind: 'for', initializer, condition, step, body, position};
};

/* ---------- switch ---------- */

const warnMissingCases = (
	p: Parser,
	type: CType,
	{cases, defaultLabel}: OpenSwitch,
	position: Position,
): void => {
	if (type.kind !== 'integer' || !type.enumeration?.constants || defaultLabel) return;
	const reported = new Set<number>();
	for (const {name, value} of type.enumeration.constants) {
		const isHandled = cases.some(({low, high}) => BigInt(value) >= low && BigInt(value) <= high);
		if (isHandled || reported.has(value)) continue;
		reported.add(value);
		warn(p, position, '-Wswitch', `enumeration value '${name}' not handled in switch`);
	}
};

const parseSwitch = (p: Parser): Statement => {
	const {position} = advance(p);
	if (!expect(p, '(')) return emptyAt(position);
	const value = decay(p.grammar.expression(p));
	expect(p, ')');
	if (p.isPanicking) return emptyAt(position);
	if (!isInteger(value.type)) error(p, value.position, 'switch quantity not an integer');
	const condition = promote(value);
	const open: OpenSwitch = {type: unqualified(condition.type), cases: [], defaultLabel: undefined};
	p.function?.switches.push(open);
	const body = parseStatement(p);
	p.function?.switches.pop();
	warnMissingCases(p, value.type, open, position);
	return {
		kind: 'switch',
		condition,
		body,
		cases: open.cases,
		defaultLabel: open.defaultLabel,
		position,
	};
};

const currentSwitch = (p: Parser): OpenSwitch | undefined =>
	p.function?.switches[p.function.switches.length - 1];

const addCase = (p: Parser, open: OpenSwitch, label: CaseLabel): void => {
	const same = open.cases.find(other => other.low <= label.high && label.low <= other.high);
	if (same)
		error(p, label.position, 'duplicate case value', [[same.position, 'previously used here']]);
	else open.cases.push(label);
};

/** The statement after a label; nothing before a closing brace or a declaration (as C23 allows). */
const parseLabelBody = (p: Parser): Statement => {
	const {position} = p.token;
	if (is(p, '}')) return emptyAt(position);
	if (isDeclarationStart(p, p.token) && !isAttributeStatement(p) && peek(p).text !== ':')
		return emptyAt(position);
	return parseStatement(p);
};

/** `case` constant ( `...` constant )? `:` statement */
const parseCase = (p: Parser): Statement => {
	const {position} = advance(p);
	const problem = (): string => 'case label does not reduce to an integer constant';
	const low = parseConstant(p, problem);
	const high = accept(p, '...') ? parseConstant(p, problem) : low;
	expect(p, ':');
	if (p.isPanicking) return emptyAt(position);
	const open = currentSwitch(p);
	if (!open) error(p, position, 'case label not within a switch statement');
	const type = open?.type;
	const label: CaseLabel = {
		low: type ? wrapInteger(low, type) : low,
		high: type ? wrapInteger(high, type) : high,
		position,
	};
	if (label.low > label.high) warn(p, position, '', 'empty range specified');
	if (open) addCase(p, open, label);
	return {kind: 'case', label, body: parseLabelBody(p), position};
};

const parseDefault = (p: Parser): Statement => {
	const {position} = advance(p);
	expect(p, ':');
	const open = currentSwitch(p);
	const label: CaseLabel = {low: 0n, high: 0n, position};
	if (!open) error(p, position, "'default' label not within a switch statement");
	else if (open.defaultLabel)
		error(p, position, 'multiple default labels in one switch', [
			[open.defaultLabel.position, 'this is the first default label'],
		]);
	else open.defaultLabel = label;
	if (p.isPanicking) return emptyAt(position);
	return {kind: 'case', label, body: parseLabelBody(p), position};
};

/* ---------- Jumps and labels ---------- */

const labelNamed = (p: Parser, name: string, position: Position): LabelSymbol => {
	const known = p.function?.labels.get(name);
	if (known) return known;
	const label: LabelSymbol = {name, id: p.nextId++, position, isDefined: false, isUsed: false};
	p.function?.labels.set(name, label);
	return label;
};

const parseLabel = (p: Parser): Statement => {
	const name = advance(p);
	advance(p);
	const attributes = createAttributes();
	parseAttributes(p, attributes);
	const label = labelNamed(p, name.text, name.position);
	if (label.isDefined)
		error(p, name.position, `duplicate label '${name.text}'`, [
			[label.position, `previous definition of '${name.text}'`],
		]);
	label.isDefined = true;
	label.position = name.position;
	if (attributes.isUnused) label.isUsed = true;
	return {kind: 'label', label, body: parseLabelBody(p), position: name.position};
};

const parseGoto = (p: Parser): Statement => {
	const {position} = advance(p);
	if (is(p, '*')) {
		syntaxError(p, position, 'not supported: computed goto');
		return emptyAt(position);
	}

	if (!isIdentifier(p.token)) {
		syntaxError(p, p.token.position, `expected identifier ${beforeToken(p)}`);
		return emptyAt(position);
	}

	const name = advance(p);
	const label = labelNamed(p, name.text, name.position);
	label.isUsed = true;
	expect(p, ';');
	return {kind: 'goto', label, position};
};

const parseReturn = (p: Parser): Statement => {
	const {position} = advance(p);
	const result = p.function?.type.result ?? voidType;
	if (accept(p, ';')) {
		if (result.kind !== 'void' && !isErrorType(result))
			warn(p, position, '-Wreturn-type', "'return' with no value, in function returning non-void");
		return {kind: 'return', value: undefined, position};
	}

	const value = p.grammar.expression(p);
	expect(p, ';');
	if (p.isPanicking) return emptyAt(position);
	if (result.kind !== 'void')
		return {
			kind: 'return',
			value: convertForAssignment(p, value, result, {kind: 'return'}),
			position,
		};
	if (value.type.kind !== 'void' && !isErrorType(value.type))
		warn(
			p,
			value.position,
			'-Wreturn-mismatch',
			"'return' with a value, in function returning void",
		);
	const block: BlockStatement = {
		kind: 'block',
		statements: [
			{kind: 'expression', expression: convert(decay(value), voidType), position},
			{kind: 'return', value: undefined, position},
		],
		end: position,
		position,
		hasVariableLengthArrays: false,
	};
	return block;
};

const parseBreak = (p: Parser): Statement => {
	const {text, position} = advance(p);
	const isInLoop = (p.function?.loopDepth ?? 0) > 0;
	if (text === 'continue' && !isInLoop) error(p, position, 'continue statement not within a loop');
	if (text === 'break' && !isInLoop && !currentSwitch(p))
		error(p, position, 'break statement not within loop or switch');
	expect(p, ';');
	return {kind: text === 'break' ? 'break' : 'continue', position};
};

/** Assembly without meaning on this machine: compiler and memory barriers, hints to the processor. */
const harmlessAssembly = /^"(?:\s|\\n|\\t|;|rep|nop|pause|mfence|lfence|sfence|yield)*"$/;

/** `asm` qualifiers `(` template … `)` `;`: barriers only. */
const parseAssembly = (p: Parser): Statement => {
	const {position} = advance(p);
	while (['volatile', '__volatile__', '__volatile', 'goto', 'inline'].includes(p.token.text))
		advance(p);
	if (is(p, '(') && peek(p).kind === tokenKind.string && harmlessAssembly.test(peek(p).text)) {
		while (!is(p, ';') && !isAtEnd(p)) advance(p);
		accept(p, ';');
		return {
			kind: 'expression',
			expression: {kind: 'builtin', builtin: 'fence', args: [], type: voidType, position},
			position,
		};
	}

	syntaxError(
		p,
		position,
		'not supported: inline assembly (asm); use the __atomic builtins or <stdatomic.h> for atomic operations',
	);
	return emptyAt(position);
};

const parseExpressionStatement = (p: Parser): Statement => {
	const {position} = p.token;
	const expression = decay(p.grammar.expression(p));
	const isValue = p.valueDepth > 0 && peek(p).text === '}' && is(p, ';');
	if (!p.isPanicking && !isValue) warnUnusedValue(p, expression);
	if (!p.isPanicking) expect(p, ';');
	return {kind: 'expression', expression, position};
};

/** statement: labeled | compound | expression? `;` | selection | iteration | jump */
export const parseStatement = (p: Parser): Statement => {
	const {token} = p;
	switch (token.text) {
		case '{': {
			return parseBlock(p);
		}

		case ';': {
			advance(p);
			return emptyAt(token.position);
		}

		case 'if': {
			return parseIf(p);
		}

		case 'while': {
			return parseWhile(p);
		}

		case 'do': {
			return parseDo(p);
		}

		case 'for': {
			return parseFor(p);
		}

		case 'switch': {
			return parseSwitch(p);
		}

		case 'case': {
			return parseCase(p);
		}

		case 'default': {
			return parseDefault(p);
		}

		case 'return': {
			return parseReturn(p);
		}

		case 'break':
		case 'continue': {
			return parseBreak(p);
		}

		case 'goto': {
			return parseGoto(p);
		}

		case 'asm':
		case '__asm__':
		case '__asm': {
			return parseAssembly(p);
		}

		case '__label__': {
			syntaxError(p, token.position, 'not supported: local labels (__label__)');
			return emptyAt(token.position);
		}

		case 'else': {
			syntaxError(p, token.position, "'else' without a previous 'if'");
			advance(p);
			return emptyAt(token.position);
		}

		case '__attribute__': {
			parseAttributes(p, createAttributes());
			return parseStatement(p);
		}

		default: {
			if (isIdentifier(token) && peek(p).text === ':') return parseLabel(p);
			if (isDeclarationStart(p, token)) {
				syntaxError(p, token.position, `expected expression ${beforeToken(p)}`);
				return emptyAt(token.position);
			}

			return parseExpressionStatement(p);
		}
	}
};

/** Labels that goto wants and nobody defined; labels nobody jumps to. */
export const checkLabels = (p: Parser): void => {
	for (const label of p.function?.labels.values() ?? []) {
		if (!label.isDefined) error(p, label.position, `label '${label.name}' used but not defined`);
		else if (!label.isUsed)
			warn(p, label.position, '-Wunused-label', `label '${label.name}' defined but not used`);
	}
};
