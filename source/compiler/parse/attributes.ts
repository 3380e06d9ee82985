/** GNU attributes: those that change meaning are kept, the many that only advise are skipped, the impossible are named. */
import type {FormatAttribute} from '../ast.js';
import {parseConstant} from '../semantics/constant-expression.js';
import {tokenKind} from '../text/lexer.js';
import {accept, advance, expect, is, isAtEnd, peek, skipBalanced} from './token-cursor.js';
import {error} from './complaints.js';
import type {Parser} from './parser-state.js';

export type Attributes = {
	isNoReturn: boolean;
	isPacked: boolean;
	isWeak: boolean;
	isUnused: boolean;
	/** In bytes; 0 if not given. */
	alignment: number;
	format: FormatAttribute | undefined;
	/** `sentinel`: arguments behind the null pointer that must end a call's list. */
	sentinel: number | undefined;
	constructorKind: 'constructor' | 'destructor' | undefined;
	aliasOf: string | undefined;
};

export const createAttributes = (): Attributes => ({
	isNoReturn: false,
	isPacked: false,
	isWeak: false,
	isUnused: false,
	alignment: 0,
	format: undefined,
	sentinel: undefined,
	constructorKind: undefined,
	aliasOf: undefined,
});

const unsupported = new Set([
	'vector_size',
	'mode',
	'cleanup',
	'ifunc',
	'naked',
	'transparent_union',
	'interrupt',
	'scalar_storage_order',
	'address_space',
]);

const parseFormat = (p: Parser): FormatAttribute | undefined => {
	expect(p, '(');
	const archetype = advance(p)
		.text.replace(/^__|__$/g, '')
		.replace(/^gnu_/, '');
	expect(p, ',');
	const string = Number(parseConstant(p, () => 'format attribute expects constants'));
	expect(p, ',');
	const first = Number(parseConstant(p, () => 'format attribute expects constants'));
	expect(p, ')');
	return archetype === 'printf' || archetype === 'scanf' || archetype === 'strftime'
		? {archetype, string, first}
		: undefined;
};

const skipArguments = (p: Parser): void => {
	if (is(p, '(')) skipBalanced(p);
};

const parseAlias = (p: Parser): string | undefined => {
	if (!accept(p, '(')) return undefined;
	const name = p.token.kind === tokenKind.string ? advance(p).text.slice(1, -1) : undefined;
	expect(p, ')');
	return name;
};

const parseOne = (p: Parser, attributes: Attributes): void => {
	const {text, position} = advance(p);
	const name = text.replace(/^__(.*)__$/, '$1');
	switch (name) {
		case 'noreturn': {
			attributes.isNoReturn = true;
			break;
		}

		case 'packed': {
			attributes.isPacked = true;
			break;
		}

		case 'weak': {
			attributes.isWeak = true;
			break;
		}

		case 'unused':
		case 'maybe_unused': {
			attributes.isUnused = true;
			break;
		}

		case 'aligned': {
			if (accept(p, '(')) {
				attributes.alignment = Number(
					parseConstant(p, () => 'requested alignment is not an integer constant'),
				);
				expect(p, ')');
			} else {
				attributes.alignment = 16;
			}

			return;
		}

		case 'format': {
			attributes.format = parseFormat(p) ?? attributes.format;
			return;
		}

		case 'sentinel': {
			attributes.sentinel = 0;
			if (accept(p, '(')) {
				attributes.sentinel = Number(
					parseConstant(p, () => 'requested position is not an integer constant'),
				);
				expect(p, ')');
			}

			return;
		}

		case 'alias': {
			attributes.aliasOf = parseAlias(p);
			return;
		}

		case 'constructor':
		case 'destructor': {
			attributes.constructorKind = name;
			break;
		}

		default: {
			if (unsupported.has(name)) error(p, position, `__attribute__((${name})) is not supported`);
		}
	}

	skipArguments(p);
};

/** attributes: ( `__attribute__` `((` attribute, … `))` )* */
export const parseAttributes = (p: Parser, attributes: Attributes): void => {
	while (is(p, '__attribute__') || is(p, '__attribute') || (is(p, '[') && peek(p).text === '[')) {
		const isStandard = is(p, '[');
		advance(p);
		if (isStandard) advance(p);
		else if (!expect(p, '(') || !expect(p, '(')) return;
		const close = isStandard ? ']' : ')';
		while (!is(p, close) && !isAtEnd(p)) {
			if (!accept(p, ',')) parseOne(p, attributes);
			if (p.isPanicking) return;
		}

		expect(p, close);
		expect(p, close);
	}
};
