// What Enter opens in the Processes pane: descriptors, accounting, signals and memory of one process.

import {accountOf} from '../kernel/process/accounting.js';
import {canRead, canWrite, channelOf} from '../kernel/files/open-file.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Descriptor, Process} from '../kernel/process/process.js';
import type {SignalSet} from '../kernel/signals/signal-state.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import type {Thread} from '../kernel/process/thread.js';
import {commandOf, processName, threadName, threadsOf} from './accounts.js';
import {explainProcess, explainThread} from './blocked.js';
import {descriptorIndex} from './channels.js';
import {blank, type DetailsView, field, heading, none} from './detail-lines.js';
import {type Language, say} from './language.js';
import {type Line, line, span} from './styled-text.js';
import {displayWidth, fitText, simplify} from './text-width.js';
import {formatBytes, formatShare, groupDigits} from './units.js';
import {createFinder} from './waker-finder.js';

/** Everything about one process. */
export const processDetails = (kernel: Kernel, pid: number, language: Language): DetailsView => {
	const process = kernel.processes.get(pid);
	const title = say(language, 'details.process', {pid, name: process?.name ?? ''});
	if (!process) return {title, lines: [line(say(language, 'details.gone'), 'dim')]};
	const threads = threadsOf(kernel, process);
	return {
		title,
		lines: [
			...whyLines(kernel, process, threads, language),
			field(say(language, 'details.arguments'), simplify(commandOf(process))),
			field(say(language, 'details.parent'), processName(kernel, process.parent)),
			field(say(language, 'details.directory'), simplify(process.fs.workingDirectory)),
			blank,
			heading(say(language, 'details.descriptors')),
			...descriptorLines(kernel, process, language),
			blank,
			heading(say(language, 'details.accounting')),
			...threads.flatMap(thread => accountLines(kernel, thread, threads.length > 1, language)),
			blank,
			heading(say(language, 'details.signals')),
			...signalLines(process, threads, language),
			blank,
			heading(say(language, 'details.memory')),
			...memoryLines(process, language),
		],
	};
};

/** What the process is doing, in words; of one with several threads, what each of them is doing. */
const whyLines = (
	kernel: Kernel,
	process: Process,
	threads: readonly Thread[],
	language: Language,
): readonly Line[] => {
	const living = threads.filter(({state}) => state !== 'dead');
	const finder = createFinder(kernel);
	const sentences =
		threads.length > 1 && living.length > 0
			? living.map(thread => explainThread(kernel, thread, language, finder))
			: [explainProcess(kernel, process.pid, language)];
	return sentences.map(text => line(text, 'accent'));
};

const descriptorLines = (kernel: Kernel, process: Process, language: Language): readonly Line[] => {
	if (process.state !== 'alive') return [none(language)];
	const nameWidth = channelWidth(process);
	const lines = process.descriptors.flatMap((descriptor, fd) =>
		descriptor ? [descriptorLine(kernel, process, fd, descriptor, nameWidth, language)] : [],
	);
	return lines.length > 0 ? lines : [none(language)];
};

/** Columns of the channels' names: as many as the longest of them takes, within reason. */
const channelWidth = ({descriptors}: Process): number =>
	descriptors.reduce(
		(width, descriptor) =>
			descriptor
				? Math.max(width, Math.min(52, displayWidth(simplify(channelOf(descriptor.file)))))
				: width,
		12,
	);

/** `  3 r- pipe:7  #12 shared with child(3) fd 3`: the small integer, the open file description, the object. */
const descriptorLine = (
	kernel: Kernel,
	process: Process,
	fd: number,
	{file, closeOnExec}: Descriptor,
	nameWidth: number,
	language: Language,
): Line => {
	const sharers = (descriptorIndex(kernel).get(file.id) ?? []).filter(
		holder => holder.pid !== process.pid || holder.fd !== fd,
	);
	const notes = [
		file.thing.kind === 'file' ? say(language, 'details.offset', {offset: file.offset}) : '',
		closeOnExec ? say(language, 'details.closeOnExec') : '',
		sharers.length > 0
			? say(language, 'details.sharedWith', {
					names: sharers
						.map(holder => `${processName(kernel, holder.pid)} fd ${holder.fd}`)
						.join(', '),
				})
			: '',
	].filter(note => note !== '');
	return [
		span(`  ${String(fd).padStart(3)} `, 'number'),
		span(`${canRead(file) ? 'r' : '-'}${canWrite(file) ? 'w' : '-'} `),
		span(fitText(simplify(channelOf(file)), nameWidth)),
		span(` #${file.id}`, 'dim'),
		span(notes.length > 0 ? `  ${notes.join('  ')}` : '', 'dim'),
	];
};

const accountLines = (
	kernel: Kernel,
	thread: Thread,
	isNamed: boolean,
	language: Language,
): readonly Line[] => {
	const account = accountOf(kernel, thread);
	const lifetime = account.cpu + account.ready + account.blocked + account.stopped;
	const row = (name: string, cycles: number, tone: 'plain' | 'busy' | 'dim' = 'plain'): Line => [
		span(`  ${fitText(name, 24)} `, 'dim'),
		span(fitText(groupDigits(cycles), 14, 'right'), tone),
		span(` ${fitText(formatShare(lifetime > 0 ? cycles / lifetime : 0), 5, 'right')}%`, 'dim'),
	];
	const {
		voluntarySwitches: voluntary,
		involuntarySwitches: involuntary,
		syscalls,
	} = thread.accounting;
	return [
		...(isNamed ? [line(`  ${threadName(kernel, thread.tid)}`, 'accent')] : []),
		row(say(language, 'details.useful'), account.cpu - account.busy),
		row(say(language, 'details.busy'), account.busy, account.busy > 0 ? 'busy' : 'plain'),
		row(say(language, 'details.ready'), account.ready),
		...[...account.blockedOn].map(([queue, cycles]) =>
			row(say(language, 'details.blockedOn', {queue}), cycles),
		),
		...(account.stopped > 0 ? [row(say(language, 'details.stopped'), account.stopped)] : []),
		row(say(language, 'details.lifetime'), lifetime),
		field(
			say(language, 'details.switches'),
			say(language, 'details.voluntary', {voluntary, involuntary}),
		),
		field(say(language, 'details.syscalls'), groupDigits(syscalls)),
	];
};

const signalsIn = (set: SignalSet): readonly string[] =>
	Array.from({length: 64}, (_, index) => index + 1).flatMap(signal => {
		const word = signal <= 32 ? set.low : set.high;
		return (word >>> ((signal - 1) & 31)) & 1 ? [signalName(signal)] : [];
	});

/** The signals by name; of nearly all of them, those that are left out. */
const maskText = (masked: readonly string[], language: Language): string => {
	if (masked.length <= 32) return masked.join(' ');
	const names = signalsIn({low: -1, high: -1}).filter(name => !masked.includes(name));
	return names.length === 0
		? say(language, 'details.allSignals')
		: say(language, 'details.allSignalsBut', {names: names.join(' ')});
};

const signalLines = (
	process: Process,
	threads: readonly Thread[],
	language: Language,
): readonly Line[] => {
	const {actions, pending} = process.signals;
	const named = (isMeant: (handler: number) => boolean): string =>
		actions
			.flatMap((action, signal) => (action && isMeant(action.handler) ? [signalName(signal)] : []))
			.join(' ');
	const waiting = [...pending, ...threads.flatMap(thread => thread.signals.pending)].map(
		({signal}) => signalName(signal),
	);
	const living = threads.filter(({state}) => state !== 'dead');
	const masked = [...new Set(living.flatMap(thread => signalsIn(thread.signals.mask)))];
	const rows = [
		[say(language, 'details.handled'), named(handler => handler > 1)],
		[say(language, 'details.ignored'), named(handler => handler === 1)],
		[say(language, 'details.pending'), waiting.join(' ')],
		[say(language, 'details.blockedSignals'), maskText(masked, language)],
	] as const;
	const lines = rows.filter(([, text]) => text !== '').map(([name, text]) => field(name, text));
	return lines.length > 0 ? lines : [none(language)];
};

const memoryLines = (process: Process, language: Language): readonly Line[] => {
	const lines = process.space.regions.map(region => {
		const rights = `${region.protection & 1 ? 'r' : '-'}${region.protection & 2 ? 'w' : '-'}${region.protection & 4 ? 'x' : '-'}${region.isShared ? 's' : 'p'}`;
		const hex = (address: number): string => address.toString(16).padStart(8, '0');
		return [
			span(`  ${hex(region.start)}-${hex(region.end)} `),
			span(`${rights} `, region.isShared ? 'accent' : 'plain'),
			span(`${fitText(formatBytes(region.end - region.start), 6, 'right')}  `, 'dim'),
			span(simplify(region.name)),
		];
	});
	return lines.length > 0 ? lines : [none(language)];
};
