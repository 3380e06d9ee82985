// `ipctop top -b`: plain text frames in the manner of `top -b`; needs no terminal.

import {batchFrame} from '../view-model/batch-frame.js';
import {observe} from '../view-model/observed.js';
import type {Scenario} from '../scenario/scenario.js';
import {reportStatus} from './ending.js';
import type {Output} from './host.js';
import {type Command, type Invocation, languageOf, untilOf} from './invocation.js';
import {onConsole} from './load-place.js';
import {openScenario, scenarioOperand} from './open-scenario.js';
import {createHeadlessRun, isOver, playUntil} from './play.js';
import {exitStatus, isUserError, userError} from './user-error.js';

const defaultDelay = 20_000;

export const top: Command = async invocation => {
	const {values} = invocation;
	const operand = scenarioOperand(invocation, 'top');
	if (isUserError(operand)) return operand;
	if (!values.switches.has('batch'))
		return userError(
			`ipctop top prints plain frames with -b; \`ipctop ${operand}\` opens the dashboard`,
		);
	const scenario = await openScenario(operand, invocation, {...onConsole, recordsEvents: true});
	if (isUserError(scenario)) return scenario;
	return printFrames(scenario, invocation, values.numbers.get('frames') ?? Infinity);
};

/** Frames are all that is printed: what the programs print would be torn apart by them. */
const nowhere: Output = {isTerminal: false, write: async () => {}};

/** Prints at most so many frames, `-d` cycles apart. */
export const printFrames = async (
	scenario: Scenario,
	invocation: Invocation,
	frames: number,
): Promise<number> => {
	const {host, values} = invocation;
	const delay = values.numbers.get('delay') ?? defaultDelay;
	const until = untilOf(invocation);
	const language = languageOf(invocation);
	const headless = createHeadlessRun(scenario);
	const {kernel} = headless.session.machine;
	for (let frame = 1; frame <= frames; frame++) {
		await playUntil(headless, {
			host,
			stdout: nowhere,
			stderr: nowhere,
			until: Math.min(frame * delay, until),
		});
		const observed = observe(kernel, delay);
		const text = batchFrame(observed, {title: scenario.title, watch: scenario.watch, language});
		await host.stdout.write(`${frame > 1 ? '\n' : ''}${text.trimEnd()}\n`);
		if (isOver(headless) || headless.cycle >= until) break;
	}
	if (!isOver(headless) && headless.cycle < until) return exitStatus.fine;
	return reportStatus(headless, invocation);
};
