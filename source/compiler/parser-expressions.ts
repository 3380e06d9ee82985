/** Expressions (C11 6.5): the grammar; what they mean is in operators, calls, conversions. */
import type {ArithmeticOperator, CompareOperator, Expression, Position} from './ast.js';
import {builtinCall, isBuiltinName, vaArg} from './builtins.js';
import {call, declareImplicitly} from './calls.js';
import {castTo, checkCondition, convert, decay, errorExpression} from './conversions.js';
import {
	arrayOf,
	charType,
	doubleType,
	floatType,
	intType,
	isCompatible,
	isComplete,
	isFloat,
	isInteger,
	longDoubleType,
	longLongType,
	longType,
	pointerTo,
	qualify,
	qualifier,
	sizeType,
	unqualified,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	type CType,
	type IntegerType,
} from './c-types.js';
import {floatConstant, integerConstant} from './fold.js';
import {parseInitializer} from './initializers.js';
import {tokenKind, type Token} from './lexer.js';
import {
	parseCharacterLiteral,
	parseFloatLiteral,
	parseIntegerLiteral,
	parseStringLiteral,
	isWideLiteral,
} from './literals.js';
import {
	addressOf,
	arrow,
	assign,
	binary,
	comma,
	compare,
	compoundAssign,
	conditional,
	dereference,
	increment,
	logical,
	member,
	sizeOf,
	subscript,
	unary,
	variable,
} from './operators.js';
import {
	accept,
	advance,
	beforeToken,
	createTemporary,
	createVariable,
	error,
	expect,
	internString,
	is,
	isErrorType,
	isIdentifier,
	lookUp,
	peek,
	syntaxError,
	warn,
	type Parser,
} from './parser-state.js';
import {isTypeStart, parseTypeName} from './parser-types.js';
import {similarName} from './similar-name.js';
import {standardHeaderOf} from './standard-names.js';
import {staticInitializer} from './static-data.js';
import {typeName} from './type-names.js';
import {hasEffect} from './unused-value.js';

const maximumDepth = 400;

/* ---------- Constants ---------- */

const integerCandidates = (
	isUnsigned: boolean,
	longs: number,
	isDecimal: boolean,
): readonly IntegerType[] => {
	const signed = [intType, longType, longLongType].slice(longs === 0 ? 0 : longs === 1 ? 1 : 2);
	const unsigned = [unsignedIntType, unsignedLongType, unsignedLongLongType].slice(
		longs === 0 ? 0 : longs === 1 ? 1 : 2,
	);
	if (isUnsigned) return unsigned;
	if (isDecimal) return signed;
	return signed.flatMap((type, index) => [type, unsigned[index] as IntegerType]);
};

const numberConstant = (p: Parser, {text, position}: Token): Expression => {
	const literal = parseIntegerLiteral(text);
	if (literal) {
		const isPlain = !literal.isUnsigned && literal.longs === 0 && literal.value < 0x80_00_00_00n;
		if (isPlain) return {kind: 'integer', value: literal.value, type: intType, position};
		const type = integerCandidates(literal.isUnsigned, literal.longs, literal.isDecimal).find(
			({size, isSigned}) => literal.value < 1n << BigInt(size * 8 - (isSigned ? 1 : 0)),
		);
		if (!type && literal.value >= 1n << 64n)
			warn(p, position, '', 'integer constant is too large for its type');
		return integerConstant(literal.value, type ?? unsignedLongLongType, position);
	}

	const float = parseFloatLiteral(text);
	if (float)
		return floatConstant(
			float.value,
			float.suffix === 'f' ? floatType : float.suffix === 'l' ? longDoubleType : doubleType,
			position,
		);
	error(p, position, numberProblem(text));
	return errorExpression(position);
};

const numberProblem = (text: string): string => {
	if (/^0[0-7]*[89]\d*[uUlL]*$/.test(text))
		return `invalid digit "${/[89]/.exec(text)?.[0] ?? ''}" in octal constant`;
	if (/[ij]$/.test(text)) return `imaginary constants are not supported ("${text}")`;
	const suffix = /^(?:0[xX][\da-fA-F]*|[\d.]+(?:[eE][+-]?\d+)?)(\w*)$/.exec(text)?.[1] ?? text;
	return `invalid suffix "${suffix}" on ${text.includes('.') ? 'floating' : 'integer'} constant`;
};

const characterConstant = (p: Parser, {text, position}: Token): Expression => {
	const {value, problem} = parseCharacterLiteral(text);
	if (problem === 'empty character constant') error(p, position, problem);
	else if (problem !== undefined)
		warn(p, position, problem.startsWith('multi') ? '-Wmultichar' : '', problem);
	return integerConstant(BigInt(value), intType, position);
};

const encode = (units: readonly number[], size: number): Uint8Array => {
	if (size === 1) return Uint8Array.from(units);
	return new Uint8Array(Uint32Array.from(units).buffer);
};

/** string-literal+ : adjacent ones become one. */
const parseString = (p: Parser): Expression => {
	const {position} = p.token;
	const texts: Token[] = [];
	while (p.token.kind === tokenKind.string) texts.push(advance(p));
	const isWide = texts.some(({text}) => isWideLiteral(text));
	const units: number[] = [];
	for (const {text, position: at} of texts) {
		const decoded = parseStringLiteral(isWide && !isWideLiteral(text) ? `L${text}` : text);
		if (decoded.problem !== undefined) warn(p, at, '', decoded.problem);
		for (const unit of decoded.units) units.push(unit);
	}

	units.push(0);
	const size = isWide ? 4 : 1;
	const literal = internString(p, encode(units, size), size);
	return {
		kind: 'string',
		literal,
		type: arrayOf(isWide ? intType : charType, units.length),
		position,
	};
};

/** `__func__`: a static array of the function's name. */
const functionName = (p: Parser, position: Position): Expression => {
	const name = p.function?.symbol.name ?? '';
	const units = [...[...name].map(character => character.charCodeAt(0)), 0];
	const type = arrayOf(qualify(charType, qualifier.const), units.length);
	return {kind: 'string', literal: internString(p, Uint8Array.from(units), 1), type, position};
};

/* ---------- Primary expressions ---------- */

const undeclared = (p: Parser, name: string, position: Position): Expression => {
	const complained = p.function?.undeclared;
	if (complained?.has(name)) return errorExpression(position);
	complained?.add(name);
	const header = standardHeaderOf(name);
	if (header !== undefined) {
		error(
			p,
			position,
			`'${name}' undeclared${p.function ? ' (first use in this function)' : ' here (not in a function)'}`,
			[
				[
					position,
					`'${name}' is defined in header '<${header}>'; did you forget to '#include <${header}>'?`,
				],
			],
		);
		return errorExpression(position);
	}

	const similar = similarName(p, name);
	const hint = similar === undefined ? '' : `; did you mean '${similar}'?`;
	error(
		p,
		position,
		`'${name}' undeclared${p.function ? ' (first use in this function)' : ' here (not in a function)'}${hint}`,
	);
	return errorExpression(position);
};

const parseIdentifier = (p: Parser): Expression => {
	const {text, position} = advance(p);
	const entry = lookUp(p, text);
	switch (entry?.kind) {
		case 'variable': {
			return variable(entry, position);
		}

		case 'function': {
			// The library declares the intrinsics for its readers' sake; they stay intrinsics.
			if (isBuiltinName(text) && is(p, '(')) return parseBuiltin(p, text, position);
			return {kind: 'function', symbol: entry, type: entry.type, position};
		}

		case 'enum-constant': {
			return integerConstant(entry.value, entry.type, position);
		}

		case 'variable-array': {
			const pointer = convert(variable(entry.pointer, position), pointerTo(entry.type), true);
			return {kind: 'dereference', operand: pointer, type: entry.type, position};
		}

		case 'typedef': {
			syntaxError(p, position, `expected expression before '${text}'`);
			return errorExpression(position);
		}

		default: {
			if (text === '__func__' || text === '__FUNCTION__' || text === '__PRETTY_FUNCTION__')
				return functionName(p, position);
			if (!is(p, '(')) return undeclared(p, text, position);
			if (isBuiltinName(text)) return parseBuiltin(p, text, position);
			const symbol = declareImplicitly(p, text, position);
			return {kind: 'function', symbol, type: symbol.type, position};
		}
	}
};

const parseArguments = (p: Parser): Expression[] => {
	const args: Expression[] = [];
	advance(p);
	if (accept(p, ')')) return args;
	do {
		args.push(parseAssignment(p));
	} while (!p.isPanicking && accept(p, ','));
	expect(p, ')');
	return args;
};

const parseBuiltin = (p: Parser, name: string, position: Position): Expression =>
	builtinCall(p, name, parseArguments(p), position);

/** `__builtin_va_arg ( list , type-name )` */
const parseVaArg = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	const list = parseAssignment(p);
	expect(p, ',');
	const type = parseTypeName(p);
	expect(p, ')');
	return p.isPanicking ? errorExpression(position) : vaArg(p, list, type, position);
};

/** `__builtin_offsetof ( type-name , member-designator )` */
const parseOffsetof = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	const type = parseTypeName(p);
	expect(p, ',');
	const base = integerConstant(0n, pointerTo(type), position);
	let node: Expression = {kind: 'dereference', operand: base, type, position};
	const name = advance(p);
	node = member(p, node, name.text, name.position);
	for (;;) {
		if (accept(p, '.')) {
			node = member(p, node, p.token.text, p.token.position);
			advance(p);
		} else if (is(p, '[')) {
			advance(p);
			node = subscript(p, node, parseExpression(p), position);
			expect(p, ']');
		} else {
			break;
		}
	}

	expect(p, ')');
	return p.isPanicking
		? errorExpression(position)
		: convert(addressOf(p, node, position), sizeType);
};

const parseTypesCompatible = (p: Parser): Expression => {
	const {position} = advance(p);
	expect(p, '(');
	const left = parseTypeName(p);
	expect(p, ',');
	const right = parseTypeName(p);
	expect(p, ')');
	return integerConstant(isCompatible(left, right, true) ? 1n : 0n, intType, position);
};

/** `_Generic ( assignment-expression , ( type-name | default ) : assignment-expression , … )` */
const parseGeneric = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	p.unevaluated++;
	const type = unqualified(decay(parseAssignment(p)).type);
	p.unevaluated--;
	let chosen: Expression | undefined;
	let fallback: Expression | undefined;
	while (accept(p, ',') && !p.isPanicking) {
		const isDefault = accept(p, 'default');
		const association = isDefault ? undefined : parseTypeName(p);
		expect(p, ':');
		const isChosen = association !== undefined && isCompatible(association, type);
		if (!isChosen) p.sink.suppressed++;
		const value = parseAssignment(p);
		if (!isChosen) p.sink.suppressed--;
		if (isChosen) chosen = value;
		if (isDefault) fallback = value;
	}

	expect(p, ')');
	const result = chosen ?? fallback;
	if (!result && !p.isPanicking)
		error(
			p,
			position,
			`'_Generic' selector of type '${typeName(type)}' is not compatible with any association`,
		);
	return result ?? errorExpression(position);
};

/** `(` expression `)`, a statement expression, or a compound literal's type. */
const parseParenthesized = (p: Parser): Expression => {
	const {position} = advance(p);
	if (is(p, '{')) {
		const value = p.grammar.statementExpression(p, position);
		expect(p, ')');
		return value;
	}

	const expression = parseExpression(p);
	expect(p, ')');
	p.parenthesized = expression;
	return expression;
};

const unsupportedPrimary: Readonly<Record<string, string>> = {
	'&&': 'the address of a label (computed goto)',
	__real__: 'complex numbers (__real__)',
	__imag__: 'complex numbers (__imag__)',
	asm: 'inline assembly (asm)',
	__asm__: 'inline assembly (asm)',
	__asm: 'inline assembly (asm)',
	'^': 'blocks',
};

const parsePrimary = (p: Parser): Expression => {
	const {token} = p;
	switch (token.kind) {
		case tokenKind.number: {
			return numberConstant(p, advance(p));
		}

		case tokenKind.character: {
			return characterConstant(p, advance(p));
		}

		case tokenKind.string: {
			return parseString(p);
		}

		default: {
			break;
		}
	}

	if (isIdentifier(token)) return parseIdentifier(p);
	switch (token.text) {
		case '(': {
			return parseParenthesized(p);
		}

		case '_Generic': {
			return parseGeneric(p);
		}

		case '__builtin_va_arg': {
			return parseVaArg(p);
		}

		case '__builtin_offsetof': {
			return parseOffsetof(p);
		}

		case '__builtin_types_compatible_p': {
			return parseTypesCompatible(p);
		}

		default: {
			const construct = unsupportedPrimary[token.text];
			if (construct !== undefined) syntaxError(p, token.position, `not supported: ${construct}`);
			else syntaxError(p, token.position, `expected expression ${beforeToken(p)}`);
			return errorExpression(token.position);
		}
	}
};

/** `( type-name ) { initializer-list }`, after the parenthesis. */
const compoundLiteral = (p: Parser, type: CType, position: Position): Expression => {
	if (type.kind !== 'array' && !isComplete(type))
		error(p, position, `compound literal has incomplete type`);
	const {type: final, items, isZeroFilled, extent} = parseInitializer(p, type);
	if (isErrorType(final)) return errorExpression(position);
	if (!p.function) {
		const symbol = createVariable(p, '.literal', final, 'static', position, true);
		symbol.initializer = staticInitializer(p, final, items, extent, position);
		return {kind: 'variable', symbol, type: final, position};
	}

	const symbol = createTemporary(p, final, position, '.literal');
	return {
		kind: 'compound-literal',
		symbol,
		initializer: {isZeroFilled, items},
		type: final,
		position,
	};
};

/** postfix-expression: primary ( `[`…`]` | `(`…`)` | `.`m | `->`m | `++` | `--` )* */
const parsePostfix = (p: Parser, start: Expression): Expression => {
	let node = start;
	for (;;) {
		const {text, position} = p.token;
		switch (text) {
			case '[': {
				advance(p);
				node = subscript(p, node, parseExpression(p), position);
				expect(p, ']');
				break;
			}

			case '(': {
				const args = parseArguments(p);
				if (p.isPanicking) return errorExpression(position);
				node = call(p, node, args, node.position);
				break;
			}

			case '.':
			case '->': {
				advance(p);
				const name = p.token;
				if (name.kind !== tokenKind.identifier) {
					syntaxError(p, name.position, `expected identifier ${beforeToken(p)}`);
					return errorExpression(position);
				}

				advance(p);
				node =
					text === '.' ? member(p, node, name.text, position) : arrow(p, node, name.text, position);
				break;
			}

			case '++':
			case '--': {
				advance(p);
				node = increment(p, node, text === '++' ? 1 : -1, false, position);
				break;
			}

			default: {
				return node;
			}
		}

		if (p.isPanicking) return node;
	}
};

/* ---------- Unary and cast ---------- */

/** `sizeof` and `_Alignof`: ( `(` type-name `)` | unary-expression ). The operand isn't evaluated. */
const parseSizeof = (p: Parser): Expression => {
	const {text, position} = advance(p);
	const isSize = text === 'sizeof';
	p.unevaluated++;
	let type: CType;
	if (is(p, '(') && isTypeStart(p, peek(p))) {
		advance(p);
		type = parseTypeName(p);
		expect(p, ')');
		if (is(p, '{')) type = parsePostfix(p, compoundLiteral(p, type, position)).type;
	} else {
		const operand = parseUnary(p);
		if (operand.kind === 'member' && operand.member.bitField && isSize)
			error(p, position, "'sizeof' applied to a bit-field");
		type = operand.type;
	}

	p.unevaluated--;
	if (p.isPanicking) return errorExpression(position);
	if (!isSize) return integerConstant(BigInt(type.alignment), sizeType, position);
	if (!isComplete(type) && type.kind !== 'void') {
		error(p, position, `invalid application of 'sizeof' to incomplete type '${typeName(type)}'`);
		return errorExpression(position);
	}

	if (isErrorType(type)) return integerConstant(4n, sizeType, position);
	return sizeOf(p, type, position);
};

const unaryOperators = new Set(['-', '+', '~', '!']);

/** unary-expression: postfix | `++`unary | `--`unary | ( & * + - ~ ! )cast | sizeof … */
const parseUnary = (p: Parser): Expression => {
	const {text, position, kind} = p.token;
	if (kind !== tokenKind.punctuator) {
		if (text === 'sizeof' || text === '_Alignof' || text === '__alignof__' || text === '__alignof')
			return parseSizeof(p);
		if (text === '__extension__') {
			advance(p);
			return parseCast(p);
		}

		return parsePostfix(p, parsePrimary(p));
	}

	if (unaryOperators.has(text)) {
		advance(p);
		const operand = parseCast(p);
		return p.isPanicking
			? errorExpression(position)
			: unary(p, text as '-' | '+' | '~' | '!', operand, position);
	}

	switch (text) {
		case '&': {
			advance(p);
			const operand = parseCast(p);
			return p.isPanicking ? operand : addressOf(p, operand, position);
		}

		case '*': {
			advance(p);
			const operand = parseCast(p);
			return p.isPanicking ? operand : dereference(p, operand, position);
		}

		case '++':
		case '--': {
			advance(p);
			const operand = parseUnary(p);
			return p.isPanicking
				? operand
				: increment(p, operand, text === '++' ? 1 : -1, true, position);
		}

		default: {
			return parsePostfix(p, parsePrimary(p));
		}
	}
};

/** cast-expression: `(` type-name `)` cast-expression | unary-expression */
const parseCast = (p: Parser): Expression => {
	const {position} = p.token;
	if (p.depth > maximumDepth) {
		syntaxError(p, position, 'expression nested too deeply');
		return errorExpression(position);
	}

	p.depth++;
	const node = is(p, '(') && isTypeStart(p, peek(p)) ? parseTypeCast(p) : parseUnary(p);
	p.depth--;
	return node;
};

const parseTypeCast = (p: Parser): Expression => {
	const {position} = advance(p);
	const type = parseTypeName(p);
	if (!expect(p, ')')) return errorExpression(position);
	if (is(p, '{')) return parsePostfix(p, compoundLiteral(p, type, position));
	const operand = parseCast(p);
	return p.isPanicking ? errorExpression(position) : castTo(p, operand, type, position);
};

/* ---------- Binary operators ---------- */

const precedence: Readonly<Record<string, number>> = {
	'||': 1,
	'&&': 2,
	'|': 3,
	'^': 4,
	'&': 5,
	'==': 6,
	'!=': 6,
	'<': 7,
	'>': 7,
	'<=': 7,
	'>=': 7,
	'<<': 8,
	'>>': 8,
	'+': 9,
	'-': 9,
	'*': 10,
	'/': 10,
	'%': 10,
};

const isComparison = (operator: string): boolean =>
	precedence[operator] === 6 || precedence[operator] === 7;

/** -Wparentheses for what reads differently from how it groups. `isBare`: not in parentheses. */
const warnGrouping = (
	p: Parser,
	operator: string,
	operand: Expression,
	isBare: boolean,
	isLeft: boolean,
): void => {
	if (!isBare) return;
	const {position} = operand;
	if (operator === '||' && operand.kind === 'logical' && operand.operator === '&&') {
		warn(p, position, '-Wparentheses', "suggest parentheses around '&&' within '||'");
	} else if (
		(operator === '&' || operator === '|' || operator === '^') &&
		(operand.kind === 'compare' || operand === p.comparison)
	) {
		warn(
			p,
			position,
			'-Wparentheses',
			`suggest parentheses around comparison in operand of '${operator}'`,
		);
	} else if (isComparison(operator) && operand.kind === 'compare') {
		const isEquality = precedence[operator] === 6;
		warn(
			p,
			position,
			'-Wparentheses',
			isEquality
				? `suggest parentheses around comparison in operand of '${operator}'`
				: "comparisons like 'X<=Y<=Z' do not have their mathematical meaning",
		);
	} else if (
		isComparison(operator) &&
		isLeft &&
		operand.kind === 'unary' &&
		operand.operator === '!'
	) {
		warn(
			p,
			position,
			'-Wlogical-not-parentheses',
			'logical not is only applied to the left hand side of comparison',
		);
	} else if (
		(operator === '<<' || operator === '>>') &&
		operand.kind === 'binary' &&
		(operand.operator === '+' || operand.operator === '-')
	) {
		warn(
			p,
			position,
			'-Wparentheses',
			`suggest parentheses around '${operand.operator}' inside '${operator}'`,
		);
	}
};

const combine = (
	p: Parser,
	operator: string,
	left: Expression,
	right: Expression,
	position: Position,
): Expression => {
	if (operator === '||' || operator === '&&') return logical(p, operator, left, right, position);
	if (isComparison(operator)) {
		p.comparison = compare(p, operator as CompareOperator, left, right, position);
		return p.comparison;
	}

	return binary(p, operator as ArithmeticOperator, left, right, position);
};

/** logical-or-expression and all tighter binary operators, by precedence climbing. */
const parseBinary = (p: Parser, minimum: number): Expression => {
	let left = parseCast(p);
	for (;;) {
		const {text, position, kind} = p.token;
		const level = kind === tokenKind.punctuator ? precedence[text] : undefined;
		if (level === undefined || level < minimum || p.isPanicking) return left;
		const isLeftBare = p.parenthesized !== left;
		advance(p);
		const right = parseBinary(p, level + 1);
		if (p.isPanicking) return errorExpression(position);
		warnGrouping(p, text, left, isLeftBare, true);
		warnGrouping(p, text, right, p.parenthesized !== right, false);
		left = combine(p, text, left, right, position);
	}
};

/** conditional-expression: logical-or ( `?` expression? `:` conditional )? */
export const parseConditional = (p: Parser): Expression => {
	const condition = parseBinary(p, 1);
	if (!is(p, '?') || p.isPanicking) return condition;
	const {position} = advance(p);
	if (is(p, ':')) return parseElvis(p, condition, position);
	const consequent = parseExpression(p);
	if (!expect(p, ':')) return errorExpression(position);
	const alternate = parseConditional(p);
	return p.isPanicking
		? errorExpression(position)
		: conditional(p, condition, consequent, alternate, position);
};

/** GNU `a ?: b`: the condition is computed once and is the value. */
const parseElvis = (p: Parser, conditionIn: Expression, position: Position): Expression => {
	advance(p);
	const condition = decay(conditionIn);
	const alternate = parseConditional(p);
	if (p.isPanicking || isErrorType(condition.type)) return errorExpression(position);
	if (!isInteger(condition.type) && !isFloat(condition.type) && condition.type.kind !== 'pointer')
		return checkCondition(p, condition);
	const type = unqualified(condition.type);
	const symbol = createTemporary(p, type, position);
	const temporary: Expression = {kind: 'variable', symbol, type, position};
	const store: Expression = {kind: 'assign', target: temporary, value: condition, type, position};
	const choice = conditional(p, temporary, temporary, alternate, position);
	return {kind: 'comma', left: store, right: choice, type: choice.type, position};
};

const assignmentOperators: Readonly<Record<string, ArithmeticOperator>> = {
	'+=': '+',
	'-=': '-',
	'*=': '*',
	'/=': '/',
	'%=': '%',
	'&=': '&',
	'|=': '|',
	'^=': '^',
	'<<=': '<<',
	'>>=': '>>',
};

/** assignment-expression: conditional | unary assignment-operator assignment-expression */
export const parseAssignment = (p: Parser): Expression => {
	const target = parseConditional(p);
	const {text, position, kind} = p.token;
	if (kind !== tokenKind.punctuator || p.isPanicking) return target;
	if (text === '=') {
		advance(p);
		const value = parseAssignment(p);
		return p.isPanicking ? errorExpression(position) : assign(p, target, value, position);
	}

	const operator = assignmentOperators[text];
	if (operator === undefined) return target;
	advance(p);
	const value = parseAssignment(p);
	return p.isPanicking
		? errorExpression(position)
		: compoundAssign(p, operator, target, value, position);
};

/** expression: assignment ( `,` assignment )* */
export const parseExpression = (p: Parser): Expression => {
	let left = parseAssignment(p);
	while (is(p, ',') && !p.isPanicking) {
		const {position} = advance(p);
		const right = parseAssignment(p);
		if (p.isPanicking) return errorExpression(position);
		if (!hasEffect(left) && left.type.kind !== 'void' && !isErrorType(left.type)) {
			warn(p, position, '-Wunused-value', 'left-hand operand of comma expression has no effect');
		}

		left = comma(left, right, position);
	}

	return left;
};
