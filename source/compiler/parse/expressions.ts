/** Binary, conditional, assignment and comma expressions (C11 6.5.5 to 6.5.17): the grammar; what they mean is in the files of the operators. */
import {assign, compoundAssign} from '../semantics/assignment.js';
import type {ArithmeticOperator, CompareOperator, Expression, Position} from '../ast.js';
import {binary, compare, logical} from '../semantics/binary-operators.js';
import {isFloat, isInteger, unqualified} from '../types/c-types.js';
import {comma, conditional} from '../semantics/conditional-operator.js';
import {checkCondition, decay, errorExpression} from '../semantics/conversions.js';
import {tokenKind} from '../text/lexer.js';
import {advance, expect, is} from './token-cursor.js';
import {createTemporary} from './names.js';
import {isErrorType, type Parser} from './parser-state.js';
import {warn} from './complaints.js';
import {parseCast} from './unary.js';
import {hasEffect} from '../semantics/unused-value.js';
import {precedence} from '../text/precedence.js';

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
		const isLeftBare = !p.parenthesized.has(left);
		advance(p);
		const right = parseBinary(p, level + 1);
		if (p.isPanicking) return errorExpression(position);
		warnGrouping(p, text, left, isLeftBare, true);
		warnGrouping(p, text, right, !p.parenthesized.has(right), false);
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
