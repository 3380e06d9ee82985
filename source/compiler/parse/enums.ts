/** Enumerations (C11 6.7.2.2). */
import type {Position} from '../ast.js';
import {createAttributes, parseAttributes, type Attributes} from './attributes.js';
import {
	intType,
	longType,
	unsignedIntType,
	type CType,
	type EnumDefinition,
} from '../types/c-types.js';
import {parseConstant} from '../semantics/constant-expression.js';
import {isIdentifier} from '../text/keywords.js';
import {accept, advance, expect, is, isAtEnd} from './token-cursor.js';
import {beforeToken, error, syntaxError} from './complaints.js';
import {errorType, type Parser} from './parser-state.js';
import {lookUpTag} from './names.js';

/** enum identifier? ( `{` enumerator ( `,` enumerator )* `,`? `}` )? */
export const parseEnum = (p: Parser): CType => {
	advance(p);
	const attributes = createAttributes();
	parseAttributes(p, attributes);
	const {position} = p.token;
	const tag = isIdentifier(p.token) ? advance(p).text : undefined;
	if (!is(p, '{')) {
		if (tag === undefined) {
			syntaxError(p, position, `expected identifier or '{' ${beforeToken(p)}`);
			return errorType;
		}

		const known = lookUpTag(p, tag);
		if (known?.kind === 'enum') return known.type;
		if (known) error(p, position, `'${tag}' defined as wrong kind of tag`);
		const enumeration: EnumDefinition = {tag, constants: undefined};
		const type = enumType(enumeration, unsignedIntType);
		p.scope.tags.set(tag, {kind: 'enum', enumeration, type, position});
		return type;
	}

	advance(p);
	return parseEnumerators(p, tag, attributes, position);
};

const enumType = (enumeration: EnumDefinition, base: CType): CType =>
	base.kind === 'integer' ? {...base, enumeration} : base;

const parseEnumerators = (
	p: Parser,
	tag: string | undefined,
	attributes: Attributes,
	position: Position,
): CType => {
	const constants: {readonly name: string; readonly value: number}[] = [];
	let next = 0n;
	let low = 0n;
	let high = 0n;
	while (!is(p, '}') && !isAtEnd(p)) {
		const {token} = p;
		if (!isIdentifier(token)) {
			syntaxError(p, token.position, `expected identifier ${beforeToken(p)}`);
			break;
		}

		advance(p);
		parseAttributes(p, createAttributes());
		if (accept(p, '='))
			next = parseConstant(
				p,
				() => `enumerator value for '${token.text}' is not an integer constant`,
			);
		const known = p.scope.names.get(token.text);
		if (known)
			error(
				p,
				token.position,
				`redeclaration of enumerator '${token.text}'`,
				known.position > 0 ? [[known.position, `previous definition of '${token.text}'`]] : [],
			);
		const isInt = next >= -(2n ** 31n) && next < 2n ** 31n;
		p.scope.names.set(token.text, {
			kind: 'enum-constant',
			value: next,
			type: isInt ? intType : longType,
			position: token.position,
		});
		constants.push({name: token.text, value: Number(next)});
		low = next < low ? next : low;
		high = next > high ? next : high;
		next++;
		if (!accept(p, ',')) break;
	}

	expect(p, '}');
	parseAttributes(p, attributes);
	const isWide = low < -(2n ** 31n) || high >= 2n ** 32n || (low < 0n && high >= 2n ** 31n);
	const known = tag === undefined ? undefined : p.scope.tags.get(tag);
	if (known && (known.kind !== 'enum' || known.enumeration.constants))
		error(
			p,
			position,
			known.kind === 'enum'
				? `redeclaration of 'enum ${tag}'`
				: `'${tag}' defined as wrong kind of tag`,
		);
	const isAnnounced = known?.kind === 'enum' && !known.enumeration.constants;
	const enumeration = isAnnounced ? known.enumeration : {tag, constants};
	enumeration.constants = constants;
	const type = enumType(enumeration, isWide ? longType : low < 0n ? intType : unsignedIntType);
	if (tag !== undefined) p.scope.tags.set(tag, {kind: 'enum', enumeration, type, position});
	return type;
};
