// What Enter opens: everything about one process or one channel, as lines of text.

import {accountOf} from '../kernel/process/accounting.js';
import {canRead, canWrite, channelOf, type OpenFile} from '../kernel/files/open-file.js';
import type {Kernel} from '../kernel/kernel.js';
import {capacityOf, fillLevel, peekPipe} from '../kernel/pipes/pipe.js';
import type {Process} from '../kernel/process/process.js';
import type {SignalSet} from '../kernel/signals/signal-state.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import type {Thread} from '../kernel/process/thread.js';
import {commandOf, processName, threadName, threadsOf} from './accounts.js';
import {explainProcess, explainThread} from './blocked.js';
import {type DescriptorIndex, holderText, indexDescriptors} from './channels.js';
import {escapeBytes, hexDump} from './escape.js';
import {type Language, say} from './language.js';
import type {Observed} from './observed.js';
import {findPipe, pipeView} from './pipes.js';
import {sharedDetails} from './shared-details.js';
import {type SocketView, socketViews} from './sockets.js';
import {type Line, line, span} from './styled-text.js';
import {fitText, simplify} from './text-width.js';
import {formatBytes, formatShare, groupDigits} from './units.js';

export type DetailsSubject =
	| {readonly kind: 'process'; readonly pid: number}
	| {readonly kind: 'channel'; readonly name: string}
	/** An item of the Shared pane, by its key, and the variables that are watched. */
	| {readonly kind: 'shared'; readonly name: string; readonly watch: readonly string[]};

export type DetailsView = {readonly title: string; readonly lines: readonly Line[]};

export const detailsView = (
	observed: Observed,
	subject: DetailsSubject,
	language: Language,
): DetailsView => {
	switch (subject.kind) {
		case 'process':
			return processDetails(observed.kernel, subject.pid, language);
		case 'channel':
			return channelDetails(observed, subject.name, language);
		case 'shared': {
			const {name, watch} = subject;
			const lines = sharedDetails(observed, watch, name, language) ?? [
				line(say(language, 'details.gone'), 'dim'),
			];
			return {title: simplify(name), lines};
		}
	}
};

const heading = (text: string): Line => line(text, 'strong');
const blank: Line = [];

const processDetails = (kernel: Kernel, pid: number, language: Language): DetailsView => {
	const process = kernel.processes.get(pid);
	const title = say(language, 'details.process', {pid, name: process?.name ?? ''});
	if (!process) return {title, lines: [line(say(language, 'details.gone'), 'dim')]};
	const threads = threadsOf(kernel, process);
	return {
		title,
		lines: [
			line(explainProcess(kernel, pid, language), 'accent'),
			...(threads.length > 1
				? threads
						.filter(thread => thread.state !== 'dead')
						.map(thread => line(`  ${explainThread(kernel, thread, language)}`))
				: []),
			field(say(language, 'details.arguments'), simplify(commandOf(process))),
			field(say(language, 'details.parent'), processName(kernel, process.parent)),
			field(say(language, 'details.directory'), simplify(process.workingDirectory)),
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

const field = (name: string, value: string): Line => [
	span(`  ${fitText(name, 18)} `, 'dim'),
	span(value),
];

const none = (language: Language): Line => line(`  ${say(language, 'details.none')}`, 'dim');

const descriptorLines = (kernel: Kernel, process: Process, language: Language): readonly Line[] => {
	if (process.state !== 'alive') return [none(language)];
	const index = indexDescriptors(kernel);
	const lines = process.descriptors.flatMap((descriptor, fd) =>
		descriptor
			? [
					descriptorLine(
						kernel,
						index,
						process,
						fd,
						descriptor.file,
						descriptor.closeOnExec,
						language,
					),
				]
			: [],
	);
	return lines.length > 0 ? lines : [none(language)];
};

/** `  3 r- pipe:7  #12 shared with child(3) fd 3`: the small integer, the open file description, the object. */
const descriptorLine = (
	kernel: Kernel,
	index: DescriptorIndex,
	process: Process,
	fd: number,
	file: OpenFile,
	closeOnExec: boolean,
	language: Language,
): Line => {
	const sharers = (index.get(file.id) ?? []).filter(
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
		span(fitText(simplify(channelOf(file)), 24)),
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
	const masked = [...new Set(threads.flatMap(thread => signalsIn(thread.signals.mask)))];
	const rows = [
		[say(language, 'details.handled'), named(handler => handler > 1)],
		[say(language, 'details.ignored'), named(handler => handler === 1)],
		[say(language, 'details.pending'), waiting.join(' ')],
		[say(language, 'details.blockedSignals'), masked.join(' ')],
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

/** Bytes of a channel's queue that the details show. */
const dumpedBytes = 4096;

const channelDetails = (observed: Observed, name: string, language: Language): DetailsView => {
	const {kernel} = observed;
	const title = say(language, 'details.channel', {name});
	const socket = socketViews(observed).find(({key}) => key === name);
	if (socket) return {title, lines: socketLines(kernel, socket, language)};
	const pipe = findPipe(kernel, name);
	if (!pipe) return {title, lines: [line(say(language, 'details.gone'), 'dim')]};
	const view = pipeView(kernel, pipe);
	const bytes = peekPipe(pipe, dumpedBytes);
	const ends = (word: string, holders: typeof view.readers): Line =>
		field(
			word,
			holders.length > 0 ? holders.map(holderText).join('; ') : say(language, 'pipes.nobody'),
		);
	const waiters = [
		...pipe.readQueue.waiters,
		...pipe.writeQueue.waiters,
		...pipe.openQueue.waiters,
	].flatMap(tid => kernel.threads.get(tid) ?? []);
	return {
		title,
		lines: [
			heading(say(language, 'details.ends')),
			ends(say(language, 'pipes.writeEnd'), view.writers),
			ends(say(language, 'pipes.readEnd'), view.readers),
			blank,
			heading(say(language, 'details.waiters')),
			...(waiters.length > 0
				? waiters.map((thread, index) =>
						line(`  ${index + 1}. ${explainThread(kernel, thread, language)}`),
					)
				: [none(language)]),
			blank,
			[
				span(say(language, 'details.contents'), 'strong'),
				span(
					`  ${fillLevel(pipe)}/${capacityOf(pipe)}  in ${groupDigits(view.bytesIn)}  out ${groupDigits(view.bytesOut)}`,
					'dim',
				),
			],
			...(bytes.length > 0
				? [
						line(`  "${escapeBytes(bytes.subarray(0, 512))}"`, 'string'),
						blank,
						...hexDump(bytes).map(text => line(`  ${text}`)),
					]
				: [none(language)]),
		],
	};
};

const socketLines = (kernel: Kernel, socket: SocketView, language: Language): readonly Line[] => {
	const pending = [...kernel.network.sockets.values()].find(({name}) => name === socket.key);
	const waiters = pending
		? [pending.readQueue, pending.writeQueue, pending.acceptQueue, pending.connectQueue].flatMap(
				queue => queue.waiters,
			)
		: [];
	const threads = [...new Set(waiters)].flatMap(tid => kernel.threads.get(tid) ?? []);
	const holders = socket.holders.map(holderText).join('; ');
	return [
		heading(`${socket.protocol} ${socket.state}`),
		field(say(language, 'sockets.local'), socket.local),
		field(say(language, 'sockets.peer'), socket.peer),
		field('RECV-Q / SEND-Q', `${socket.receiveQueue} / ${socket.sendQueue}`),
		field(say(language, 'details.ends'), holders === '' ? say(language, 'pipes.nobody') : holders),
		...(socket.inFlight > 0
			? [line(`  ${say(language, 'sockets.inFlight', {count: socket.inFlight})}`)]
			: []),
		blank,
		heading(say(language, 'details.waiters')),
		...(threads.length > 0
			? threads.map((thread, index) =>
					line(`  ${index + 1}. ${explainThread(kernel, thread, language)}`),
				)
			: [none(language)]),
		blank,
		heading(say(language, 'details.contents')),
		socket.text === '' ? none(language) : line(`  "${socket.text}"`, 'string'),
	];
};
