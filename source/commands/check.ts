// `ipctop check`: compiles programs and validates scenarios, and says everything that is wrong with them.

import {renderDiagnostics} from '../compiler/text/diagnostics.js';
import {type Command, isColored} from './invocation.js';
import {findScenario} from './find-scenario.js';
import {loadPlace, loaderFor, onConsole} from './load-place.js';
import {exitStatus, isUserError, userError} from './user-error.js';

export const check: Command = async invocation => {
	const {host, operands} = invocation;
	if (operands.length === 0)
		return userError(
			'ipctop check needs FILEs: C files, scenario files or their folders, or presets',
		);
	let status: number = exitStatus.fine;
	for (const operand of operands) {
		const place = findScenario(operand);
		if (isUserError(place)) return place;
		const result = loadPlace(place, invocation, onConsole, await loaderFor(place));
		if (isUserError(result)) return result;
		const diagnostics = result.ok ? result.warnings : result.problems;
		await host.stderr.write(renderDiagnostics(diagnostics, isColored(invocation, 'stderr')));
		await host.stdout.write(`${operand}: ${summary(diagnostics)}\n`);
		if (!result.ok) status = exitStatus.failed;
	}
	return status;
};

const count = (number: number, word: string): readonly string[] =>
	number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`];

const summary = (diagnostics: ReadonlyArray<{readonly severity: 'error' | 'warning'}>): string => {
	const errors = diagnostics.filter(({severity}) => severity === 'error').length;
	const parts = [...count(errors, 'error'), ...count(diagnostics.length - errors, 'warning')];
	return parts.length === 0 ? 'fine' : parts.join(', ');
};
