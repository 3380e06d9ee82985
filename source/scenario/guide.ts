// Guided playback: which step of a scenario's guide is due. Steps wait for states and events of the machine, not for
// cycles, so they hold when users change things. Asked often while the machine runs; keeps its place as plain data.

import type {Session} from '../machine/session.js';
import {formatValue} from '../machine/variable-text.js';
import {bytesAt, lookUp} from '../machine/variables.js';
import type {GuideCondition, GuideDocument} from './scenario-document.js';
import {signalNumberOf} from './signal-names.js';

type Kernel = Session['machine']['kernel'];
type Process = Parameters<typeof lookUp>[1];
type KernelEvent = Kernel['events']['entries'][number];

export type GuideProgress = {
	/** Index of the step that is waited for. */
	next: number;
	/** Events up to this number have been looked at. */
	seen: number;
	/** `pid call` and `pid signal` since the last step. */
	readonly happened: Set<string>;
	/** The end of what has been printed. */
	printed: string;
};

export const startGuide = (): GuideProgress => ({
	next: 0,
	seen: 0,
	happened: new Set(),
	printed: '',
});

/** Cycles between two looks at most, so that no state that matters is passed over. */
export const guideInterval = 40;

/** How much printed text is kept to look for words in. */
const printedLimit = 4000;

/** The steps that have become due since the last look, in order, and whether playback stops at the last of them. */
export const advanceGuide = (
	guide: readonly GuideDocument[],
	progress: GuideProgress,
	session: Session,
): {readonly steps: readonly GuideDocument[]; readonly pauses: boolean} | undefined => {
	noteEvents(progress, session.machine.kernel);
	const steps: GuideDocument[] = [];
	for (;;) {
		const index = indexOfDue(guide, progress, session);
		const step = guide[index];
		if (!step) break;
		steps.push(step);
		progress.next = index + 1;
		progress.happened.clear();
		if (step.pause) break;
	}
	return steps.length === 0 ? undefined : {steps, pauses: steps.at(-1)!.pause === true};
};

/**
 * The next step if it is due. If not, a later one that is due and will stay so: what the steps before it wait for has
 * been passed over, as may happen when the user changes things, and they are left out.
 */
const indexOfDue = (
	guide: readonly GuideDocument[],
	progress: GuideProgress,
	session: Session,
): number => {
	const {next} = progress;
	return guide.findIndex(
		({when}, index) =>
			(index === next || (index > next && lasts(when))) && isDue(when, progress, session),
	);
};

/** Whether what a step waits for stays true: it is not a state that comes and goes. */
const lasts = ({output, end, deadlock, state}: GuideCondition): boolean =>
	output !== undefined || end === true || deadlock === true || state === 'ended';

const noteEvents = (progress: GuideProgress, {events}: Kernel): void => {
	const fresh = Math.min(events.entries.length, events.count - progress.seen);
	progress.seen = events.count;
	if (fresh > 0) for (const event of events.entries.slice(-fresh)) noteEvent(progress, event);
};

const noteEvent = (progress: GuideProgress, {pid, body}: KernelEvent): void => {
	if (body.kind === 'call') progress.happened.add(`${pid} ${body.name}`);
	else if (body.kind === 'signal') progress.happened.add(`${pid} signal ${body.signal}`);
	else if (body.kind === 'bytes' && body.direction === 'in' && body.channel.startsWith('tty'))
		progress.printed = (progress.printed + decode(body.data)).slice(-printedLimit);
};

const decode = (bytes: Uint8Array): string => {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
};

/** `reader`, or `reader#2` for the second of that name; without a name all processes. */
const findProcesses = (kernel: Kernel, name: string | undefined): readonly Process[] => {
	const all = [...kernel.processes.values()].filter(process => !process.isKernelProcess);
	if (name === undefined) return all;
	const [, bare, number] = /^(.*?)(?:#(\d+))?$/.exec(name)!;
	const named = all.filter(process => process.name === bare);
	return number === undefined ? named : named.slice(Number(number) - 1, Number(number));
};

const isDue = (when: GuideCondition, progress: GuideProgress, session: Session): boolean => {
	const {kernel} = session.machine;
	const {ending} = session;
	if (when.end && ending?.kind !== 'ended') return false;
	if (when.deadlock && ending?.kind !== 'deadlock') return false;
	if (when.cycle !== undefined && kernel.now < when.cycle) return false;
	if (when.output !== undefined && !progress.printed.includes(when.output)) return false;
	if (when.channel !== undefined && !holds(kernel, when)) return false;
	if (!asksForProcess(when)) return true;
	return findProcesses(kernel, when.process).some(process => fits(kernel, process, when, progress));
};

const asksForProcess = ({process, busy, call, signal, variable}: GuideCondition): boolean =>
	[process, busy, call, signal, variable].some(value => value !== undefined);

const fits = (
	kernel: Kernel,
	process: Process,
	when: GuideCondition,
	progress: GuideProgress,
): boolean => {
	const {pid} = process;
	if (when.state !== undefined && !isInState(kernel, process, when)) return false;
	if (when.busy !== undefined && busyShare(kernel, process) < Math.max(when.busy, 0.001))
		return false;
	if (when.call !== undefined && !progress.happened.has(`${pid} ${when.call}`)) return false;
	if (when.signal !== undefined) {
		if (!progress.happened.has(`${pid} signal ${signalNumberOf(when.signal)}`)) return false;
	}
	return (
		when.variable === undefined || valueText(kernel, process, when.variable) === String(when.equals)
	);
};

const threadsOf = (kernel: Kernel, process: Process) =>
	process.threads.flatMap(tid => kernel.threads.get(tid) ?? []);

const isInState = (kernel: Kernel, process: Process, {state, on}: GuideCondition): boolean => {
	if (state === 'zombie') return process.state === 'zombie';
	if (state === 'ended') return process.state !== 'alive';
	return (
		process.state === 'alive' &&
		threadsOf(kernel, process).some(
			thread => thread.state === state && (on === undefined || thread.waitName === on),
		)
	);
};

/** Of all its CPU time so far. */
const busyShare = (kernel: Kernel, process: Process): number => {
	let cpu = 0;
	let busy = 0;
	for (const {context} of threadsOf(kernel, process)) {
		cpu += context.cpuCycles;
		busy += context.busyCycles;
	}
	return cpu === 0 ? 0 : busy / cpu;
};

const valueText = (kernel: Kernel, process: Process, name: string): string | undefined => {
	if (process.state !== 'alive') return undefined;
	const found = lookUp(kernel, process, name);
	if ('error' in found) return undefined;
	const bytes = bytesAt(kernel, process, found);
	return bytes && formatValue(found.program, found.type, bytes, found.bits);
};

/** `pipe` is any pipe, `fifo` any FIFO; else the channel of that name. */
const holds = (kernel: Kernel, when: GuideCondition): boolean =>
	[...kernel.pipes.values()].some(pipe => {
		if (pipe.name !== when.channel && pipe.name.split(':')[0] !== when.channel) return false;
		if (when.holds === 'all') return pipe.slots.length >= pipe.slotLimit;
		return pipe.bytesWritten > pipe.bytesRead === (when.holds === 'something');
	});
