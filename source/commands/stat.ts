// `ipctop stat`: runs, then prints where every thread's cycles went. The programs' own output goes to standard error.

import {accountingReport, statRows} from '../view-model/stat.js';
import {reportStatus} from './ending.js';
import {type Command, isColored, untilOf} from './invocation.js';
import {onConsole} from './load-place.js';
import {openScenario, scenarioOperand} from './open-scenario.js';
import {createHeadlessRun, playUntil} from './play.js';
import {finishRecording, recorderOf, recordingOf} from './record.js';
import {writeTable} from './table.js';
import {isUserError} from './user-error.js';

export const stat: Command = async invocation => {
	const {host, values} = invocation;
	const operand = scenarioOperand(invocation, 'stat');
	if (isUserError(operand)) return operand;
	const recorder = recorderOf(invocation);
	if (isUserError(recorder)) return recorder;
	const scenario = await openScenario(operand, invocation, onConsole);
	if (isUserError(scenario)) return scenario;
	const headless = createHeadlessRun(scenario, recordingOf(recorder, scenario));
	await playUntil(headless, {
		host,
		stdout: host.stderr,
		stderr: host.stderr,
		until: untilOf(invocation),
	});
	await finishRecording(recorder, invocation);
	const report = accountingReport(headless.session.machine.kernel);
	if (values.switches.has('json')) await host.stdout.write(`${JSON.stringify(report)}\n`);
	else await writeTable(host.stdout, statRows(report), isColored(invocation, 'stdout'));
	return reportStatus(headless, invocation);
};
