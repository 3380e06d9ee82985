/** Bodies of struct and union (C11 6.7.2.1). */
import type {Position} from '../ast.js';
import {createAttributes, parseAttributes} from './attributes.js';
import {
	completeRecord,
	isComplete,
	isInteger,
	isVariableLength,
	recordType,
	type CType,
	type RecordDefinition,
} from '../types/c-types.js';
import {parseConstant} from '../semantics/constant-expression.js';
import {isIdentifier} from '../text/keywords.js';
import {parseDeclarator} from './declarators.js';
import {parseSpecifiers, type Specifiers} from './specifiers.js';
import {accept, advance, expect, is, isAtEnd, recover, skipBalanced} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {errorType, isErrorType, type Parser} from './parser-state.js';
import {lookUpTag} from './names.js';
import {layOut, unreachableField, type DeclaredMember} from '../types/record-layout.js';
import {isTypeStart, isUnknownType} from '../types/type-words.js';

const parseMemberDeclaration = (p: Parser, declared: DeclaredMember[]): void => {
	if (is(p, '_Static_assert')) {
		p.grammar.staticAssertion(p);
		return;
	}

	if (accept(p, ';')) return;
	const specifiers =
		isIdentifier(p.token) && !isTypeStart(p, p.token) && !isUnknownType(p)
			? undefined
			: parseSpecifiers(p);
	if (!specifiers || (specifiers.isTypeMissing && !p.isPanicking)) {
		const isName = isIdentifier(p.token);
		syntaxError(
			p,
			p.token.position,
			isName
				? `unknown type name '${p.token.text}'`
				: `expected specifier-qualifier-list ${beforeToken(p)}`,
		);
		return;
	}

	if (specifiers.storage !== undefined)
		error(
			p,
			specifiers.position,
			`expected specifier-qualifier-list before '${specifiers.storage}'`,
		);
	if (is(p, ';')) {
		if (specifiers.type.kind === 'record' && specifiers.type.record.tag === undefined) {
			declared.push({
				name: undefined,
				type: specifiers.type,
				width: undefined,
				alignment: specifiers.attributes.alignment,
				isPacked: false,
			});
		} else if (!specifiers.hasTag) {
			warn(p, specifiers.position, '', 'declaration does not declare anything');
		}

		advance(p);
		return;
	}

	do {
		declared.push(...parseMember(p, specifiers));
	} while (!p.isPanicking && accept(p, ','));
	if (is(p, '}')) warn(p, p.token.position, '', 'no semicolon at end of struct or union');
	else expect(p, ';');
};

/** declarator | declarator? `:` width */
const parseMember = (p: Parser, specifiers: Specifiers): readonly DeclaredMember[] => {
	const {position} = p.token;
	const declarator = is(p, ':')
		? {name: undefined, type: specifiers.type, position}
		: parseDeclarator(p, specifiers.type);
	const attributes = createAttributes();
	attributes.alignment = Math.max(specifiers.attributes.alignment, specifiers.alignment);
	attributes.isPacked = specifiers.attributes.isPacked;
	let width: number | undefined;
	if (accept(p, ':')) {
		width = Number(
			parseConstant(
				p,
				() => `bit-field '${declarator.name ?? '<anonymous>'}' width not an integer constant`,
			),
		);
		const {type} = declarator;
		if (!isInteger(type)) {
			if (!isErrorType(type))
				error(
					p,
					declarator.position,
					`bit-field '${declarator.name ?? '<anonymous>'}' has invalid type`,
				);
			return [];
		}

		if (width < 0 || width > (type.rank === 0 ? 1 : type.size * 8)) {
			error(
				p,
				declarator.position,
				width < 0
					? `negative width in bit-field '${declarator.name ?? ''}'`
					: `width of '${declarator.name ?? ''}' exceeds its type`,
			);
			width = 1;
		} else if (width === 0 && declarator.name !== undefined) {
			error(p, declarator.position, `zero width for bit-field '${declarator.name}'`);
			width = 1;
		}
	}

	parseAttributes(p, attributes);
	const {type} = declarator;
	if (type.kind === 'function') {
		error(p, declarator.position, `field '${declarator.name ?? ''}' declared as a function`);
		return [];
	}

	return [
		{
			name: declarator.name,
			type,
			width,
			alignment: attributes.alignment,
			isPacked: attributes.isPacked,
		},
	];
};

const checkMembers = (
	p: Parser,
	declared: readonly DeclaredMember[],
	isUnion: boolean,
	position: Position,
): readonly DeclaredMember[] => {
	const names = new Set<string>();
	return declared.filter(({name, type}, index) => {
		if (name !== undefined && names.has(name)) {
			error(p, position, `duplicate member '${name}'`);
			return false;
		}

		if (name !== undefined) names.add(name);
		if (isErrorType(type) || isComplete(type)) {
			if (isVariableLength(type)) {
				error(p, position, `a variable length array cannot be a member ('${name ?? ''}')`);
				return false;
			}

			return true;
		}

		const isFlexible =
			type.kind === 'array' &&
			isComplete(type.element) &&
			index === declared.length - 1 &&
			!isUnion;
		if (isFlexible) return true;
		error(
			p,
			position,
			type.kind === 'array'
				? `flexible array member '${name ?? ''}' not at end of struct`
				: `field '${name ?? ''}' has incomplete type`,
		);
		return false;
	});
};

/** struct-or-union attributes? identifier? ( `{` member-declaration* `}` )? */
export const parseRecord = (p: Parser): CType => {
	const kind = advance(p).text as 'struct' | 'union';
	const attributes = createAttributes();
	parseAttributes(p, attributes);
	const {position} = p.token;
	const tag = isIdentifier(p.token) ? advance(p).text : undefined;
	const isDefinition = is(p, '{');
	if (tag === undefined && !isDefinition) {
		syntaxError(p, position, `expected identifier or '{' ${beforeToken(p)}`);
		return errorType;
	}

	const record = findRecord(p, kind, tag, isDefinition || is(p, ';'), position);
	if (!isDefinition) return recordType(record);
	if (record.members) {
		error(p, position, `redefinition of '${kind} ${tag ?? ''}'`);
		skipBalanced(p);
		return recordType(record);
	}

	advance(p);
	const declared: DeclaredMember[] = [];
	while (!is(p, '}') && !isAtEnd(p)) {
		const {index} = p;
		parseMemberDeclaration(p, declared);
		if (p.isPanicking) recover(p);
		if (p.index === index) advance(p);
	}

	expect(p, '}');
	parseAttributes(p, attributes);
	const layout = layOut(
		checkMembers(p, declared, kind === 'union', position),
		kind === 'union',
		{isPacked: attributes.isPacked, limit: p.packing.limit},
		attributes.alignment,
	);
	const unreachable = unreachableField(layout);
	if (unreachable)
		error(
			p,
			position,
			`not supported: packed bit-field '${unreachable.name ?? ''}' that spreads over more than 8 bytes`,
		);
	completeRecord(record, layout);
	const type = recordType(record);
	p.records.push(type);
	return type;
};

const findRecord = (
	p: Parser,
	kind: 'struct' | 'union',
	tag: string | undefined,
	isInThisScope: boolean,
	position: Position,
): RecordDefinition => {
	const known =
		tag === undefined ? undefined : isInThisScope ? p.scope.tags.get(tag) : lookUpTag(p, tag);
	if (known) {
		if (known.kind === kind) return known.record;
		error(p, position, `'${tag ?? ''}' defined as wrong kind of tag`);
	}

	const record: RecordDefinition = {
		tag,
		isUnion: kind === 'union',
		members: undefined,
		types: [],
		size: 0,
		alignment: 1,
	};
	if (tag !== undefined) p.scope.tags.set(tag, {kind, record, position});
	return record;
};
