// Opens the scenario of a command line, with its diagnostics on standard error.

import {renderDiagnostics} from '../compiler/text/diagnostics.js';
import type {Scenario} from '../scenario/scenario.js';
import {findScenario, type ScenarioPlace} from './find-scenario.js';
import {type Invocation, isColored} from './invocation.js';
import {loaderFor, loadPlace, type OpenOptions} from './load-place.js';
import type {RecordedSource} from './recorded-source.js';
import {exitStatus, type UserError, userError} from './user-error.js';

/** A scenario of the command line, and what a recording of it says of its origin. */
export type OpenedScenario = Scenario & {readonly source: RecordedSource};

/**
 * Opens the scenario of a command line. Diagnostics go to standard error: warnings always, errors as the reason of the
 * failure.
 */
export const openScenario = async (
	operand: string,
	invocation: Invocation,
	options: OpenOptions,
): Promise<OpenedScenario | UserError> => {
	const place = findScenario(operand);
	return 'message' in place ? place : openPlace(place, operand, invocation, options);
};

/** Opens what has been found; messages call it `operand`. */
export const openPlace = async (
	place: ScenarioPlace,
	operand: string,
	invocation: Invocation,
	options: OpenOptions,
): Promise<OpenedScenario | UserError> => {
	const result = loadPlace(place, invocation, options, await loaderFor(place));
	if ('message' in result) return result;
	const diagnostics = result.ok ? result.warnings : result.problems;
	await invocation.host.stderr.write(
		renderDiagnostics(diagnostics, isColored(invocation, 'stderr')),
	);
	if (result.ok) return {...result.scenario, source: result.source};
	const errors = diagnostics.filter(({severity}) => severity === 'error').length;
	return userError(
		`${operand}: ${errors === 1 ? 'one error' : `${errors} errors`}`,
		exitStatus.failed,
	);
};

/** The one operand of a command that needs a scenario. */
export const scenarioOperand = ({operands}: Invocation, command: string): string | UserError => {
	const [operand, ...others] = operands;
	if (operand === undefined)
		return userError(
			`ipctop ${command} needs a SCENARIO: a preset (\`ipctop list\` shows them), a C file, a scenario file or a recording`,
		);
	if (others.length > 0)
		return userError(
			`ipctop ${command} takes one SCENARIO, but there is also "${others[0]}". Arguments for the program go after --`,
		);
	return operand;
};
