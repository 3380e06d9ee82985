// Holds a scenario file against the schema, and says every problem in words, at its place. Kept apart from loading,
// because the validator takes longer to load than a preset to start: presets that come with the program were validated
// by its tests.

import {Ajv, type ErrorObject} from 'ajv';
import type {Diagnostic} from '../compiler/text/diagnostics.js';
import {suggestion} from './nearest-name.js';
import {scenarioSchema} from './schema.js';
import {type Path, problemAt, problemAtKey, type YamlSource} from './yaml-source.js';

export type SchemaProblem = {
	readonly diagnostic: Diagnostic;
	/** The value that does not fit, or undefined where only a superfluous key is in the way. */
	readonly path: Path | undefined;
};

/** All problems of a parsed document against the schema, in no particular order. */
export const validateScenario = (source: YamlSource): readonly SchemaProblem[] => {
	const value: unknown = source.document.toJS();
	const ajv = new Ajv({allErrors: true, allowUnionTypes: true, verbose: true, strictTypes: false});
	const validate = ajv.compile(scenarioSchema);
	if (validate(value)) return [];
	return (validate.errors ?? []).flatMap(error => describe(source, value, error));
};

/** The path of a JSON pointer; digits are positions only within arrays. */
const pathOf = (value: unknown, pointer: string): Path => {
	const path: Array<string | number> = [];
	let current = value;
	for (const part of pointer.split('/').slice(1)) {
		const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
		if (Array.isArray(current)) {
			path.push(Number(key));
			current = current[Number(key)];
		} else {
			path.push(key);
			current = (current as Record<string, unknown>)[key];
		}
	}
	return path;
};

const nameOf = (path: Path): string => {
	const last = path.at(-1);
	if (last === undefined) return 'the scenario';
	return typeof last === 'string'
		? `"${last}"`
		: `item ${last + 1} of ${nameOf(path.slice(0, -1))}`;
};

const typeNames: Readonly<Record<string, string>> = {
	string: 'a text',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	object: 'a mapping (key: value)',
	array: 'a list',
	null: 'empty',
};

const typeText = (types: unknown): string =>
	(Array.isArray(types) ? types : [types])
		.map(type => typeNames[String(type)] ?? String(type))
		.join(' or ');

const describe = (
	source: YamlSource,
	value: unknown,
	error: ErrorObject,
): readonly SchemaProblem[] => {
	const path = pathOf(value, error.instancePath);
	const params = error.params as Readonly<Record<string, unknown>>;
	const key = String(params['additionalProperty'] ?? params['propertyName']);
	if (error.keyword === 'additionalProperties') {
		const known = Object.keys((error.parentSchema as {properties?: object})?.properties ?? {});
		const hint = suggestion(key, known) || `; it may have: ${known.join(', ')}`;
		const message = `unknown key "${key}" in ${nameOf(path)}${hint}`;
		return [{diagnostic: problemAtKey(source, path, key, message), path: undefined}];
	}
	if (error.keyword === 'propertyNames') {
		const message = `"${key}" must be an absolute path, such as /com.txt`;
		return [{diagnostic: problemAtKey(source, path, key, message), path: [...path, key]}];
	}
	if (error.propertyName !== undefined) return []; // Said by propertyNames as well.
	const message = `${nameOf(path)} ${describeValue(error, params)}`;
	return [{diagnostic: problemAt(source, path, message), path}];
};

/** What is wrong with a value, as the end of a sentence that begins with its name. */
const describeValue = (error: ErrorObject, params: Readonly<Record<string, unknown>>): string => {
	const limit = String(params['limit']);
	switch (error.keyword) {
		case 'required':
			return `lacks the key "${String(params['missingProperty'])}"`;
		case 'type':
			return `must be ${typeText(params['type'])}`;
		case 'enum': {
			const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
			return `must be one of ${allowed.join(', ')}${suggestion(String(error.data), allowed)}`;
		}
		case 'minimum':
			return `must be at least ${limit}`;
		case 'maximum':
			return `must be at most ${limit}`;
		case 'minItems':
			return `must have at least ${limit} item(s)`;
		case 'maxItems':
			return `must have at most ${limit} item(s)`;
		case 'minLength':
			return 'must not be empty';
		case 'pattern':
			return String(params['pattern']).endsWith('\\.c$')
				? 'must be the name of a C file (name.c)'
				: 'must be an IPv4 address, such as 10.0.0.1';
		default:
			return error.message ?? 'is not valid';
	}
};
