// `ipctop run`: the program's streams and exit status are the command's own, and nothing else is printed on stdout.

import {reportEnding} from './ending.js';
import {type Command, untilOf} from './invocation.js';
import {openScenario, scenarioOperand} from './open-scenario.js';
import {createHeadlessRun, playUntil} from './play.js';
import {finishRecording, recorderOf, recordingOf} from './record.js';
import {isUserError} from './user-error.js';

export const run: Command = async invocation => {
	const {host} = invocation;
	const operand = scenarioOperand(invocation, 'run');
	if (isUserError(operand)) return operand;
	const recorder = recorderOf(invocation);
	if (isUserError(recorder)) return recorder;
	const scenario = await openScenario(operand, invocation, {
		isTerminal: [host.stdin.isTerminal, host.stdout.isTerminal, host.stderr.isTerminal],
		recordsEvents: false,
	});
	if (isUserError(scenario)) return scenario;
	const headless = createHeadlessRun(scenario, recordingOf(recorder, scenario));
	await playUntil(headless, {
		host,
		stdout: host.stdout,
		stderr: host.stderr,
		until: untilOf(invocation),
	});
	await finishRecording(recorder, invocation);
	return reportEnding(headless, invocation);
};
