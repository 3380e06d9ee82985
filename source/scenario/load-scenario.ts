// From the text of a scenario file to a Scenario. Apart from load.ts, because a bare C file needs no YAML.

import {findProblems, type Validate} from './find-problems.js';
import {loadDocument, type LoadOptions} from './load.js';
import type {LoadResult} from './scenario.js';
import type {ScenarioDocument} from './scenario-document.js';
import {inOrder, parseYaml} from './yaml-source.js';

/** The document in the text of a scenario file that is known to fit. */
export const parseDocument = (fileName: string, text: string): ScenarioDocument =>
	parseYaml(fileName, text).document.toJS() as ScenarioDocument;

/**
 * Loads a scenario file.
 *
 * @param validate Holds it against the schema; undefined for one that is known to fit.
 */
export const loadScenario = (
	name: string,
	file: {readonly name: string; readonly text: string},
	validate: Validate | undefined,
	options: LoadOptions,
): LoadResult => {
	const source = parseYaml(file.name, file.text);
	const problems = findProblems(
		source,
		validate,
		options.readFile,
		new Set(options.toolchain.tools.keys()),
	);
	if (problems.length > 0) return {ok: false, problems: inOrder(problems)};
	return loadDocument(name, source.document.toJS() as ScenarioDocument, options);
};
