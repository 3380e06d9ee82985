// Runs a scenario without a dashboard: to its end or to a cycle, passing output on as it comes and reading the host's
// standard input only when a program waits for it. The simulated world stands still while the user types, so that
// the same input gives the same run.

import type {KernelEvent} from '../kernel/trace/events.js';
import type {Input} from '../machine/input.js';
import type {SessionRecorder} from './session-recorder.js';
import type {RecordedSource} from './recorded-source.js';
import {type Machine, takeOutput} from '../machine/machine.js';
import {
	createSession,
	cycleBehind,
	idleUntil,
	inject,
	runUntil,
	type Session,
} from '../machine/session.js';
import type {Scenario} from '../scenario/scenario.js';
import type {CommandHost, Output} from './host.js';

/** Cycles between looks at output, events and waiting readers. */
const sliceCycles = 10_000;

export type PlayOptions = {
	readonly host: Pick<CommandHost, 'stdin'>;
	/** Where the programs' standard output and error go. */
	readonly stdout: Output;
	readonly stderr: Output;
	/** Cycle at which to stop. */
	readonly until: number;
	/** Called after each slice. */
	readonly onSlice?: (machine: Machine) => Promise<void>;
	/** Cycles of a slice, where a close look is wanted. */
	readonly slice?: number;
};

/** Keeps a recording of a run. */
export type PlayRecording = {readonly recorder: SessionRecorder; readonly source: RecordedSource};

/** A session on its way, and the cycle that has been reached. */
export type HeadlessRun = {
	readonly session: Session;
	cycle: number;
	readonly recording: PlayRecording | undefined;
};

export const createHeadlessRun = (
	{setup, inputs}: Pick<Scenario, 'setup' | 'inputs'>,
	recording?: PlayRecording,
): HeadlessRun => {
	const session = createSession(
		setup,
		inputs.map(({at, input}) => ({cycle: at, input})),
	);
	recording?.recorder.update(recording.source, session);
	return {session, cycle: 0, recording};
};

/** All processes have ended, or wait for ever: no input is still to come. */
export const isOver = ({session}: HeadlessRun): boolean =>
	session.ending !== undefined && session.ending.kind !== 'needs-input';

/** Runs to the end or to `until`; the session's `ending` tells which. */
export const playUntil = async (run: HeadlessRun, options: PlayOptions): Promise<void> => {
	const {session} = run;
	while (!isOver(run) && run.cycle < options.until) {
		const target = Math.min(nextStop(run, options.slice ?? sliceCycles), options.until);
		runUntil(session, target);
		run.recording?.recorder.update(run.recording.source, session);
		await passOutput(session.machine, options);
		await options.onSlice?.(session.machine);
		if (isOver(run)) return;
		if (isWaitingForInput(session)) await readInput(session, options.host);
		else run.cycle = target;
	}
};

/**
 * Where the next slice ends: while every CPU is idle, nothing happens before the next timer, process or input, and right
 * behind the next input if nothing can happen before it.
 */
const nextStop = ({session, cycle}: HeadlessRun, slice: number): number => {
	const next = session.inputs[session.applied];
	if (session.ending && next) return Math.max(cycle + 1, next.cycle + 1);
	const wakeUp = idleUntil(session) ?? 0;
	return Math.max(cycle + slice, wakeUp === Infinity ? 0 : wakeUp);
};

/** Passes on what was printed, in the order in which it was. */
const passOutput = async (machine: Machine, {stdout, stderr}: PlayOptions): Promise<void> => {
	for (const {stream, bytes} of takeOutput(machine)) {
		await (stream === 1 ? stdout : stderr).write(bytes);
	}
};

/** Takes the events out of the log: what is written need not be kept. */
export const takeEvents = ({kernel}: Machine): readonly KernelEvent[] => {
	const log = kernel.events;
	const {entries} = log;
	log.entries = [];
	return entries;
};

/** A program reads its standard input, and nothing is there or will come by itself. */
const isWaitingForInput = ({machine, inputs, applied}: Session): boolean => {
	const {input, isInputClosed, readQueue} = machine.kernel.console;
	const isComing = inputs.slice(applied).some(({input: {kind}}) => isForConsole(kind));
	return readQueue.waiters.length > 0 && input.length === 0 && !isInputClosed && !isComing;
};

const isForConsole = (kind: Input['kind']): boolean => kind === 'type' || kind === 'end-input';

/**
 * Gives the program the next bytes of standard input. Where nothing else can happen, they come a cycle behind all
 * clocks, so that a replay, on however many CPUs, stands at the same place when they come.
 */
const readInput = async (session: Session, {stdin}: PlayOptions['host']): Promise<void> => {
	const data = await stdin.read();
	const input: Input = data === undefined ? {kind: 'end-input'} : {kind: 'type', data};
	const cycle = cycleBehind(session.machine);
	if (session.ending) session.inputs.splice(session.applied, 0, {cycle, input, isPlanned: false});
	else inject(session, input);
};
