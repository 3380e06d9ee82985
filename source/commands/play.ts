// Runs a scenario without a dashboard: to its end or to a cycle, passing output on as it comes and reading the host's
// standard input only when a program waits for it. The simulated world stands still while the user types, so that
// the same input gives the same run.

import type {Input} from '../machine/input.js';
import {type Machine, takeOutput} from '../machine/machine.js';
import {createSession, inject, runUntil, type Session} from '../machine/session.js';
import type {Scenario} from '../scenario/scenario.js';
import type {CommandHost, Output} from './host.js';

/** Cycles between looks at output, events and waiting readers. */
const sliceCycles = 10_000;

/** For commands whose programs print elsewhere, so that nothing of theirs is a terminal, and whose events nobody reads. */
export const batchOptions = {isTerminal: [false, false, false], recordsEvents: false} as const;

export type PlayOptions = {
	readonly host: Pick<CommandHost, 'stdin'>;
	/** Where the programs' standard output and error go. */
	readonly stdout: Output;
	readonly stderr: Output;
	/** Cycle at which to stop. */
	readonly until: number;
	/** Called after each slice. */
	readonly onSlice?: (machine: Machine) => Promise<void>;
};

/** A session on its way, and the cycle that has been reached. */
export type Playback = {readonly session: Session; cycle: number};

export const createPlayback = ({setup, inputs}: Pick<Scenario, 'setup' | 'inputs'>): Playback => ({
	session: createSession(
		setup,
		inputs.map(({at, input}) => ({cycle: at, input})),
	),
	cycle: 0,
});

/** All processes have ended, or wait for ever. */
export const isOver = ({session}: Playback): boolean =>
	session.ending !== undefined && session.ending.kind !== 'needs-input';

/** Runs to the end or to `until`; the session's `ending` tells which. */
export const playUntil = async (playback: Playback, options: PlayOptions): Promise<void> => {
	const {session} = playback;
	while (!isOver(playback) && playback.cycle < options.until) {
		const target = Math.min(playback.cycle + sliceCycles, options.until);
		runUntil(session, target);
		await passOutput(session.machine, options);
		await options.onSlice?.(session.machine);
		if (isOver(playback)) return;
		if (isWaitingForInput(session.machine)) await readInput(session, options.host);
		else playback.cycle = target;
	}
};

/** Passes on what was printed, in the order in which it was. */
const passOutput = async (machine: Machine, {stdout, stderr}: PlayOptions): Promise<void> => {
	for (const {stream, bytes} of takeOutput(machine)) {
		await (stream === 1 ? stdout : stderr).write(bytes);
	}
};

const isWaitingForInput = ({kernel}: Machine): boolean => {
	const {input, isInputClosed, readQueue} = kernel.console;
	return readQueue.waiters.length > 0 && input.length === 0 && !isInputClosed;
};

const readInput = async (session: Session, {stdin}: PlayOptions['host']): Promise<void> => {
	const data = await stdin.read();
	const input: Input = data === undefined ? {kind: 'end-input'} : {kind: 'type', data};
	inject(session, input);
};
