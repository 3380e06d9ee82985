// `ipctop replay`: a recording in the dashboard; without a terminal, a frame of its end or of `--to`; with --verify, the
// proof that the replay is the same run.

import {batchFrame} from '../view-model/batch-frame.js';
import {observe} from '../view-model/observed.js';
import {createSession, runUntil, type Session} from '../machine/session.js';
import {hashMachine} from '../machine/state-hash.js';
import type {Scenario} from '../scenario/scenario.js';
import {canShowDashboard, openDashboard} from './dashboard.js';
import {type Command, type Invocation, languageOf} from './invocation.js';
import {findRecording, type RecordingPlace} from './find-scenario.js';
import {onConsole} from './load-place.js';
import {openPlace} from './open-scenario.js';
import {readVersion} from './resources.js';
import {runReplay} from './session-recorder.js';
import {exitStatus, isUserError, userError} from './user-error.js';

export const replay: Command = async invocation => {
	const {operands, values} = invocation;
	const [path, ...others] = operands;
	if (path === undefined || others.length > 0)
		return userError(
			'ipctop replay needs one FILE, made with --record or with `s` in the dashboard',
		);
	const place = findRecording(path);
	if (isUserError(place)) return place;
	const isHeadless = values.switches.has('verify') || !canShowDashboard(invocation);
	const scenario = await openPlace(place, path, invocation, {
		...onConsole,
		recordsEvents: !isHeadless,
	});
	if (isUserError(scenario)) return scenario;
	if (values.switches.has('verify')) return verify(place, scenario, invocation);
	const to = values.numbers.get('to');
	if (!isHeadless) return openDashboard(scenario, invocation, to);
	return printFrame(scenario, to ?? lastCycle(place), invocation);
};

const sessionOf = ({setup, inputs}: Scenario): Session =>
	createSession(
		setup,
		inputs.map(({at, input}) => ({cycle: at, input})),
	);

/** The cycle that a recording goes to: its end; of one that was cut off, the last input. */
const lastCycle = ({recording}: RecordingPlace): number =>
	recording.end?.cycle ?? (recording.inputs.at(-1)?.cycle ?? 0) + 1;

const printFrame = async (
	scenario: Scenario,
	cycle: number,
	invocation: Invocation,
): Promise<number> => {
	const session = sessionOf(scenario);
	runUntil(session, cycle);
	const {title, watch} = scenario;
	const language = languageOf(invocation);
	const frame = batchFrame(observe(session.machine.kernel), {title, watch, language});
	await invocation.host.stdout.write(`${frame.trimEnd()}\n`);
	return exitStatus.fine;
};

const verify = async (
	place: RecordingPlace,
	scenario: Scenario,
	{host}: Invocation,
): Promise<number> => {
	const {recording, source, path} = place;
	const session = sessionOf(scenario);
	runReplay(session, recording.inputs.length, lastCycle(place));
	if (!recording.end) {
		await host.stdout.write(
			`${path}: was cut off after ${recording.inputs.length} inputs; they replay, but there is no recorded end to compare with\n`,
		);
		return exitStatus.failed;
	}
	const {cycle, hash} = recording.end;
	const found = hashMachine(session.machine);
	if (found === hash) {
		await host.stdout.write(`${path}: the same at cycle ${cycle}: state ${hash}\n`);
		return exitStatus.fine;
	}
	const version = readVersion();
	const reason =
		source.version === version
			? 'please report it together with the recording'
			: `it was made by ipctop ${source.version || '(unknown)'}, this is ${version}`;
	await host.stdout.write(
		`${path}: differs at cycle ${cycle}: state ${found} instead of ${hash}; ${reason}\n`,
	);
	return exitStatus.failed;
};
