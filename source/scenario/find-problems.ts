// All that is wrong with a scenario file, before anything is compiled.

import type {Diagnostic} from '../compiler/text/diagnostics.js';
import {checkReferences} from './check-references.js';
import type {ReadFile} from './program-names.js';
import type {ScenarioDocument} from './scenario-document.js';
import type {SchemaProblem} from './validate.js';
import {problemAt, syntaxProblems, type YamlSource} from './yaml-source.js';

/** Holds a parsed document against the schema: validate.ts, which is loaded only where it is needed. */
export type Validate = (source: YamlSource) => readonly SchemaProblem[];

/** All problems of a scenario file: of its YAML; or else of its schema and its references. */
export const findProblems = (
	source: YamlSource,
	validate: Validate | undefined,
	readFile: ReadFile,
	tools: ReadonlySet<string>,
): readonly Diagnostic[] => {
	const syntax = syntaxProblems(source);
	if (syntax.length > 0) return syntax;
	if (source.document.contents === null)
		return [problemAt(source, [], 'the scenario is empty; it needs at least `processes`')];
	const misfits = validate?.(source) ?? [];
	const fitting = withoutMisfits(source.document.toJS(), misfits);
	return [
		...misfits.map(({diagnostic}) => diagnostic),
		...(fitting === undefined ? [] : checkReferences(source, fitting, readFile, tools)),
	];
};

/** Sections that others refer to: without them, every name would seem to be unknown. */
const referredTo = ['processes', 'programs', 'hosts'];

/**
 * The document without the entries that don't fit the schema, so that the rest can be checked further and all problems
 * are reported at once. Undefined if too little is left.
 */
const withoutMisfits = (
	document: unknown,
	misfits: readonly SchemaProblem[],
): ScenarioDocument | undefined => {
	const isMissing: Record<string, Set<string | number>> = {};
	const lost = new Set<string | number>();
	for (const {path} of misfits) {
		const [section, entry] = path ?? [];
		if (path === undefined) continue;
		if (section === undefined) return undefined;
		if (entry === undefined) lost.add(section);
		else isMissing[section] = (isMissing[section] ?? new Set()).add(entry);
	}
	if (referredTo.some(section => lost.has(section))) return undefined;
	const kept = Object.entries(document as object)
		.filter(([section]) => !lost.has(section))
		.map(([section, value]: [string, unknown]) => {
			const missing = isMissing[section];
			return [section, missing ? blankEntries(value, missing) : value];
		});
	const result = Object.fromEntries(kept) as Partial<ScenarioDocument>;
	return {...result, processes: result.processes ?? []};
};

/** Lists keep their positions, because problems are placed by them. */
const blankEntries = (value: unknown, missing: ReadonlySet<string | number>): unknown => {
	if (Array.isArray(value)) {
		const list: unknown[] = [...(value as readonly unknown[])];
		for (const index of missing) delete list[Number(index)];
		return list; // `forEach` and `map` pass over the holes.
	}
	return Object.fromEntries(Object.entries(value as object).filter(([key]) => !missing.has(key)));
};
