// How a headless run ended, as an exit status and a word to the user.

import {explainThread} from '../view-model/blocked.js';
import {deadlockedThreads, outlookOf} from '../view-model/wait-graph.js';
import type {Machine} from '../machine/machine.js';
import {type Invocation, languageOf} from './invocation.js';
import {describeMisfortunes} from './misfortunes.js';
import type {HeadlessRun} from './play.js';
import {exitStatus} from './user-error.js';

const withCommas = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

const simulatedTime = (cycles: number, clock: number): string => {
	const seconds = cycles / clock;
	return seconds >= 1
		? `${Number(seconds.toPrecision(3))} s`
		: `${Number((seconds * 1000).toPrecision(3))} ms`;
};

/**
 * Says on standard error what the program itself could not say, and gives the status of `ipctop run`: the program's own,
 * 128 + N for signal N, 3 where nobody can go on, 124 when it was stopped.
 */
export const reportEnding = async (
	headless: HeadlessRun,
	invocation: Invocation,
): Promise<number> => {
	const {session, cycle} = headless;
	const {ending, machine} = session;
	const {stderr} = invocation.host;
	await stderr.write(describeMisfortunes(machine) + refusedInputs(session));
	if (ending?.kind === 'ended') {
		const {exit} = ending;
		return 'status' in exit ? exit.status : 128 + exit.signal;
	}
	if (ending?.kind === 'deadlock' || ending?.kind === 'stopped') {
		const waits = explainWaits(machine, waitingThreads(machine), invocation);
		await stderr.write(
			ending.kind === 'deadlock'
				? `ipctop: deadlock: all processes are blocked for ever\n${waits}`
				: `ipctop: stopped by a signal, and nobody is left to send SIGCONT\n${waits}`,
		);
		return exitStatus.deadlock;
	}
	// What waits for an input of the scenario does not wait for ever.
	const waiting = deadlockedThreads(machine.kernel, outlookOf(session));
	const waits = explainWaits(machine, waiting, invocation);
	const {clock} = machine.kernel.config;
	await stderr.write(
		`ipctop: stopped at cycle ${withCommas(cycle)} (${simulatedTime(cycle, clock)} of simulated time), before the program ended; --until CYCLES sets the limit\n` +
			(waits === '' ? '' : `ipctop: deadlock among some of the processes\n${waits}`),
	);
	return exitStatus.until;
};

/** A line for each input of the scenario that came to nothing. */
const refusedInputs = ({refused}: HeadlessRun['session']): string =>
	refused
		.map(
			({cycle, text}) =>
				`ipctop: the input at cycle ${withCommas(cycle)} came to nothing: ${text}\n`,
		)
		.join('');

/** For commands that tell about a run: it is no failure of theirs if a program ends with a status of its own. */
export const reportStatus = async (
	headless: HeadlessRun,
	invocation: Invocation,
): Promise<number> => {
	const status = await reportEnding(headless, invocation);
	return headless.session.ending?.kind === 'ended' ? exitStatus.fine : status;
};

/** Hundreds of children may wait for the same. */
const shownWaits = 20;

/** A line for each thread that waits for ever: on what, and who holds it. */
const explainWaits = (
	{kernel}: Machine,
	threads: readonly Thread[],
	invocation: Invocation,
): string =>
	threads
		.slice(0, shownWaits)
		.map(thread => `  ${explainThread(kernel, thread, languageOf(invocation))}\n`)
		.join('') +
	(threads.length > shownWaits ? `  … and ${threads.length - shownWaits} more\n` : '');

type Thread = ReturnType<typeof deadlockedThreads>[number];

/** Everybody who is blocked or stopped when nothing can happen any more. */
const waitingThreads = ({kernel}: Machine): readonly Thread[] =>
	[...kernel.threads.values()].filter(
		({state, isKernelThread}) => (state === 'blocked' || state === 'stopped') && !isKernelThread,
	);
