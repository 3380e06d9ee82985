/** Types as gcc spells them in messages: `const char *`, `int (*)(int)`, `'size_t' {aka 'long unsigned int'}`. */
import {qualifier, type CType, type FunctionType} from './c-types.js';

const qualifierText = (bits: number): string => {
	let text = '';
	if ((bits & qualifier.const) !== 0) text += 'const ';
	if ((bits & qualifier.volatile) !== 0) text += 'volatile ';
	if ((bits & qualifier.restrict) !== 0) text += 'restrict ';
	if ((bits & qualifier.atomic) !== 0) text += '_Atomic ';
	return text;
};

const parametersText = (type: FunctionType, isPlain: boolean): string => {
	if (!type.hasPrototype) return '';
	const names = type.parameters.map(parameter => spell(parameter.type, '', isPlain));
	if (type.isVariadic) names.push('...');
	return names.length === 0 ? 'void' : names.join(', ');
};

const baseName = (type: CType): string => {
	switch (type.kind) {
		case 'integer': {
			return type.enumeration ? `enum ${type.enumeration.tag ?? '<anonymous>'}` : type.name;
		}

		case 'float': {
			return type.name;
		}

		case 'record': {
			const word = type.record.isUnion ? 'union' : 'struct';
			return type.record.tag === undefined
				? (type.record.alias ?? `${word} <anonymous>`)
				: `${word} ${type.record.tag}`;
		}

		default: {
			return 'void';
		}
	}
};

/** Builds the name around `inner`, the declarator so far. */
const spell = (type: CType, inner: string, isPlain: boolean): string => {
	if (type.alias !== undefined && !isPlain) {
		return `${qualifierText(type.qualifiers)}${type.alias}${inner === '' ? '' : ` ${inner}`}`;
	}

	switch (type.kind) {
		case 'pointer': {
			const qualifiers = qualifierText(type.qualifiers);
			const star =
				`*${inner === '' ? qualifiers.trimEnd() : ` ${qualifiers}`.trimStart()}${inner}`.replace(
					/^\*(?=[a-z_])/,
					'* ',
				);
			const isWrapped =
				(type.target.kind === 'array' || type.target.kind === 'function') &&
				(isPlain || type.target.alias === undefined);
			return spell(type.target, isWrapped ? `(${star})` : star, isPlain);
		}

		case 'array': {
			const suffix = `[${type.length ?? ''}]`;
			return spell(type.element, `${inner}${suffix}`, isPlain);
		}

		case 'function': {
			return spell(type.result, `${inner}(${parametersText(type, isPlain)})`, isPlain);
		}

		default: {
			const glue =
				inner === '' || inner.startsWith('[') || (inner.startsWith('(') && !inner.startsWith('(*'))
					? ''
					: ' ';
			return `${qualifierText(type.qualifiers)}${baseName(type)}${glue}${inner}`;
		}
	}
};

/** `char *`, with typedef names where they were used. */
export const typeName = (type: CType): string => spell(type, '', false);

/** In quotes, with `{aka …}` if a typedef hides something. */
export const quotedType = (type: CType): string => {
	const name = spell(type, '', false);
	const plain = spell(type, '', true);
	return name === plain ? `'${name}'` : `'${name}' {aka '${plain}'}`;
};
