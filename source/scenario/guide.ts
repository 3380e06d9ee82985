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

/** Never changed in place: whoever kept one can go back to it. */
export type GuideProgress = {
	/** Index of the step that is waited for. */
	readonly next: number;
	/** Events up to this number have been looked at. */
	readonly seen: number;
	/** `pid call` and `pid signal` since the last step. */
	readonly happened: ReadonlySet<string>;
	/** The end of what has been printed. */
	readonly printed: string;
	/** Nothing is due, and nothing will be before the next event. */
	readonly isQuiet: boolean;
};

/** What a look brings. */
export type GuideLook = {
	readonly progress: GuideProgress;
	/** The steps that have become due, in order; most often none. */
	readonly steps: readonly GuideDocument[];
	/** Playback stops at the last of them. */
	readonly pauses: boolean;
	/** The first of them waits for a variable's value, which was stored at one cycle between the last look and this one. */
	readonly isStore: boolean;
};

const nothing: ReadonlySet<string> = new Set();

export const startGuide = (): GuideProgress => ({
	next: 0,
	seen: 0,
	happened: nothing,
	printed: '',
	isQuiet: false,
});

/** How much printed text is kept to look for words in. */
const printedLimit = 4000;

/** The steps that have become due since the last look. */
export const advanceGuide = (
	guide: readonly GuideDocument[],
	before: GuideProgress,
	session: Session,
): GuideLook => {
	let progress = withNewEvents(before, session.machine.kernel);
	const steps: GuideDocument[] = [];
	while (!progress.isQuiet || session.ending) {
		const index = indexOfDue(guide, progress, session);
		const step = guide[index];
		if (!step) {
			progress = {...progress, isQuiet: !passesSilently(guide[progress.next]?.when)};
			break;
		}

		steps.push(step);
		progress = {...progress, next: index + 1, happened: nothing};
		if (step.pause) break;
	}
	return {
		progress,
		steps,
		pauses: steps.at(-1)?.pause === true,
		isStore: steps[0]?.when.variable !== undefined,
	};
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

/** Whether what is waited for may come without an event. */
const passesSilently = ({busy, variable, cycle, state}: GuideCondition = {}): boolean =>
	busy !== undefined ||
	variable !== undefined ||
	cycle !== undefined ||
	state === 'running' ||
	state === 'ready';

const withNewEvents = (progress: GuideProgress, {events}: Kernel): GuideProgress => {
	const seen = events.count;
	const fresh = Math.min(events.entries.length, seen - progress.seen);
	if (fresh === 0) return progress;
	let {happened, printed} = progress;
	if (fresh > 0) {
		for (const event of events.entries.slice(-fresh)) {
			const {body} = event;
			const deed = deedOf(event);
			if (deed !== undefined && !happened.has(deed)) happened = new Set([...happened, deed]);
			if (body.kind === 'bytes' && body.direction === 'in' && body.channel.startsWith('tty'))
				printed = (printed + decode(body.data)).slice(-printedLimit);
		}
	}
	return {...progress, seen, happened, printed, isQuiet: false};
};

const deedOf = ({pid, body}: KernelEvent): string | undefined => {
	if (body.kind === 'call') return `${pid} ${body.name}`;
	return body.kind === 'signal' ? `${pid} signal ${body.signal}` : undefined;
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
