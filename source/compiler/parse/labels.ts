/** Labels and `goto` (C11 6.8.1, 6.8.6.1). */
import type {Expression, LabelSymbol, Position, Statement} from '../ast.js';
import {createAttributes, parseAttributes} from './attributes.js';
import {isIdentifier} from '../text/keywords.js';
import {pointerTo, voidType} from '../types/c-types.js';
import {decay, errorExpression} from '../semantics/conversions.js';
import {integerConstant} from '../semantics/fold.js';
import {emptyAt, isAttributeStatement} from './blocks.js';
import {advance, expect, is, peek} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {isErrorType, type Parser} from './parser-state.js';
import {isDeclarationStart} from '../types/type-words.js';

/** The statement after a label; nothing before a closing brace or a declaration (as C23 allows). */
export const parseLabelBody = (p: Parser): Statement => {
	const {position} = p.token;
	if (is(p, '}')) return emptyAt(position);
	if (isDeclarationStart(p, p.token) && !isAttributeStatement(p) && peek(p).text !== ':')
		return emptyAt(position);
	return p.grammar.statement(p);
};

const labelNamed = (p: Parser, name: string, position: Position): LabelSymbol => {
	const known = p.function?.labels.get(name);
	if (known) return known;
	const label: LabelSymbol = {name, id: p.nextId++, position, isDefined: false, isUsed: false};
	p.function?.labels.set(name, label);
	return label;
};

export const parseLabel = (p: Parser): Statement => {
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

export const parseGoto = (p: Parser): Statement => {
	const {position} = advance(p);
	if (is(p, '*')) return parseComputedGoto(p, position);

	if (!isIdentifier(p.token)) {
		syntaxError(p, p.token.position, `expected identifier ${beforeToken(p)}`);
		return emptyAt(position);
	}

	const name = advance(p);
	const label = labelNamed(p, name.text, position);
	label.isUsed = true;
	expect(p, ';');
	return {kind: 'goto', label, position};
};

/** GNU `goto *` expression `;` */
const parseComputedGoto = (p: Parser, position: Position): Statement => {
	advance(p);
	const address = decay(p.grammar.expression(p));
	expect(p, ';');
	if (address.type.kind !== 'pointer' && !isErrorType(address.type))
		error(p, address.position, 'computed goto must be pointer type');
	const labels = p.function?.labelsWithAddress ?? [];
	return {kind: 'computed-goto', address, labels, position};
};

/** GNU `&&label`: its number in the function, as an address. */
export const parseLabelAddress = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!isIdentifier(p.token)) {
		syntaxError(p, p.token.position, `expected identifier ${beforeToken(p)}`);
		return errorExpression(position);
	}

	const name = advance(p);
	if (!p.function) {
		error(p, position, `label '${name.text}' referenced outside of any function`);
		return errorExpression(position);
	}

	const label = labelNamed(p, name.text, name.position);
	label.isUsed = true;
	const {labelsWithAddress} = p.function;
	if (!labelsWithAddress.includes(label)) labelsWithAddress.push(label);
	const number = BigInt(labelsWithAddress.indexOf(label) + 1);
	return integerConstant(number, pointerTo(voidType), position);
};

/** Labels that goto wants and nobody defined; labels nobody jumps to. */
export const checkLabels = (p: Parser): void => {
	for (const label of p.function?.labels.values() ?? []) {
		if (!label.isDefined) error(p, label.position, `label '${label.name}' used but not defined`);
		else if (!label.isUsed)
			warn(p, label.position, '-Wunused-label', `label '${label.name}' defined but not used`);
	}
};
