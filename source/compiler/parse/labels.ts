/** Labels and `goto` (C11 6.8.1, 6.8.6.1). */
import type {LabelSymbol, Position, Statement} from '../ast.js';
import {createAttributes, parseAttributes} from './attributes.js';
import {isIdentifier} from '../text/keywords.js';
import {emptyAt, isAttributeStatement} from './blocks.js';
import {
	advance,
	beforeToken,
	error,
	expect,
	is,
	peek,
	syntaxError,
	warn,
	type Parser,
} from './parser-state.js';
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
	if (is(p, '*')) {
		syntaxError(p, position, 'not supported: computed goto');
		return emptyAt(position);
	}

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

/** Labels that goto wants and nobody defined; labels nobody jumps to. */
export const checkLabels = (p: Parser): void => {
	for (const label of p.function?.labels.values() ?? []) {
		if (!label.isDefined) error(p, label.position, `label '${label.name}' used but not defined`);
		else if (!label.isUsed)
			warn(p, label.position, '-Wunused-label', `label '${label.name}' defined but not used`);
	}
};
