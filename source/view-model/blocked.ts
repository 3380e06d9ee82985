// "Why is it blocked?" in words: the call, the object behind it, and who could end the wait.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {actors} from '../kernel/trace/events.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import {isSignalled, mainThread, processName, threadName, threadsOf} from './accounts.js';
import {awaitedNames, holderNames} from './awaited.js';
import {pipeEnds, pipeHolders} from './channels.js';
import {joinedThread, mutexOwner, sharesWord} from './futex-waits.js';
import {type Language, say} from './language.js';
import {joinNames} from './name-list.js';
import {findPipe} from './pipes.js';
import {talkerOfAir} from './radio.js';
import type {StringKey} from './strings.js';
import {formatSeconds} from './units.js';
import {placesOf} from './wait-places.js';
import {
	callWords,
	channelWords,
	polledChannels,
	polledDescriptors,
	semaphoreWait,
	typeWords,
} from './wait-words.js';
import {createFinder, type Finder} from './waker-finder.js';

/** One sentence about what a process's main thread, or the thread given, is doing or waiting for. */
export const explainProcess = (
	kernel: Kernel,
	pid: number,
	language: Language,
	tid?: number,
): string => {
	const process = kernel.processes.get(pid);
	if (!process) return '';
	const who = processName(kernel, pid);
	const exit = process.exit;
	if (process.state !== 'alive' && exit) {
		const words = isSignalled(exit)
			? say(language, 'exit.signal', {signal: signalName(exit.signal)})
			: say(language, 'exit.status', {status: exit.status});
		return process.state === 'zombie'
			? say(language, 'why.zombie', {who, exit: words, parent: processName(kernel, process.parent)})
			: say(language, 'why.ended', {who, exit: words});
	}
	const thread =
		tid === undefined ? mainThread(threadsOf(kernel, process)) : kernel.threads.get(tid);
	return thread ? explainThread(kernel, thread, language) : '';
};

/** Who did something, by its tid; or that it was time, a packet, or the user. */
export const actorName = (kernel: Kernel, actor: number, language: Language): string => {
	switch (actor) {
		case actors.timer:
			return say(language, 'waker.timer');
		case actors.packet:
			return say(language, 'waker.packet');
		case actors.outside:
			return say(language, 'waker.outside');
		default:
			return threadName(kernel, actor);
	}
};

/** @param finder What is known already, where many are explained at once. */
export const explainThread = (
	kernel: Kernel,
	thread: Thread,
	language: Language,
	finder = createFinder(kernel),
): string => {
	const who = threadName(kernel, thread.tid);
	switch (thread.state) {
		case 'running':
			return say(language, 'why.running', {who, cpu: thread.cpu});
		case 'ready':
			return say(language, 'why.ready', {who});
		case 'stopped':
			return say(language, 'why.stopped', {who});
		case 'dead':
			return say(language, 'why.ended', {who, exit: '-'});
		case 'blocked': {
			const text = explainWait(finder, thread, language);
			if (!Number.isFinite(thread.wakeAt) || thread.waitName === 'sleep') return text;
			return text + say(language, 'why.until', {time: wakeTime(kernel, thread)});
		}
	}
};

const wakeTime = ({config}: Kernel, {wakeAt}: Thread): string =>
	formatSeconds(wakeAt, config.clock);

type Values = Readonly<Record<'who' | 'call' | 'channel' | 'others', string>>;

const explainWait = (finder: Finder, thread: Thread, language: Language): string => {
	const {kernel} = finder;
	const {waitName} = thread;
	const values: Values = {
		who: threadName(kernel, thread.tid),
		call: callWords(thread),
		channel: channelWords(thread),
		others: awaitedNames(finder, thread, language) || say(language, 'why.nobody'),
	};
	switch (waitName) {
		case 'pipe.read':
		case 'pipe.write':
			return explainPipe(kernel, thread, language, values);
		case 'futex':
			return explainFutex(kernel, thread, language, values);
		case 'poll':
		case 'select':
		case 'epoll':
			return explainPoll(kernel, thread, language, values);
		case 'radio.talk': {
			const talker = talkerOfAir(kernel, thread.waitChannel);
			const others = talker ? processName(kernel, talker.pid) : say(language, 'why.nobody');
			return say(language, 'why.radioTaken', {...values, others});
		}

		case 'semop': {
			const {value = 0, needed = 0} = semaphoreWait(thread) ?? {};
			const key = needed > 0 ? 'why.semaphore' : 'why.semaphoreZero';
			return say(language, key, {...values, value, needed});
		}

		case 'msgrcv': {
			const type = typeWords(thread);
			return say(language, type === '' ? 'why.queueEmpty' : 'why.typeMissing', {...values, type});
		}

		case 'sleep':
			if (!Number.isFinite(thread.wakeAt)) return say(language, 'why.signal', values);
			return say(language, 'why.sleep', {...values, time: wakeTime(kernel, thread)});
		default: {
			const holders = channelSentences[waitName] && holderNames(finder, thread, language);
			if (holders === undefined) return say(language, sentences[waitName] ?? 'why.for', values);
			if (isAtFullBacklog(kernel, thread))
				return say(language, 'why.backlogFull', {...values, others: holders});
			const [alone, known] = channelSentences[waitName]!;
			return say(language, holders === '' ? alone : known, {...values, others: holders});
		}
	}
};

/** Sentences of the other wait queues, by name. */
const sentences: Readonly<Record<string, StringKey>> = {
	'fifo.open': 'why.fifoOpen',
	child: 'why.child',
	vfork: 'why.vfork',
	disk: 'why.disk',
	'tty.read': 'why.terminal',
	accept: 'why.accept',
	connect: 'why.connect',
	signal: 'why.signal',
	signalfd: 'why.signal',
	stop: 'why.background',
	msgsnd: 'why.queueFull',
	lock: 'why.lock',
	flock: 'why.lock',
	timerfd: 'why.timer',
	'radio.read': 'why.radioSilent',
};

/** And of those at which others may be known or not. */
const channelSentences: Readonly<
	Record<string, readonly [alone: StringKey, withOthers: StringKey]>
> = {
	'socket.read': ['why.socketEmpty', 'why.socketEmptyFor'],
	'socket.write': ['why.socketFull', 'why.socketFullFor'],
	'mq.receive': ['why.queueEmpty', 'why.queueEmptyFor'],
	'mq.send': ['why.queueFull', 'why.queueFullFor'],
};

/** connect(2) to a Unix socket that takes no more connections. */
const isAtFullBacklog = (kernel: Kernel, {waits}: Thread): boolean => {
	const place = waits[0] && placesOf(kernel).byWaiters.get(waits[0].waiters);
	if (place?.want !== 'entry' || place.thing.kind !== 'socket') return false;
	const {socket} = place.thing;
	return socket.protocol === 'unix' && socket.state === 'listening';
};

const explainPipe = (
	kernel: Kernel,
	{pid, waitName, waitChannel}: Thread,
	language: Language,
	values: Values,
): string => {
	const isReading = waitName === 'pipe.read';
	const pipe = findPipe(kernel, waitChannel);
	const holders = pipe ? pipeHolders(pipeEnds(kernel), pipe, isReading ? 'writes' : 'reads') : [];
	const own = holders.find(holder => holder.pid === pid);
	if (own && holders.length === 1) {
		const key = isReading ? 'why.pipeEmptySelf' : 'why.pipeFullSelf';
		return say(language, key, {...values, fds: own.descriptors.join(', ')});
	}
	if (holders.length === 0) return say(language, 'why.for', values);
	const names = holders.filter(holder => holder !== own).map(({name}) => name);
	const others = joinNames(names.slice(0, shownNames), 'why.and', language, names.length);
	return say(language, isReading ? 'why.pipeEmpty' : 'why.pipeFull', {...values, others});
};

/** Of a mutex who owns it, of pthread_join(3) for whom it waits; a semaphore, a condition. */
const explainFutex = (
	kernel: Kernel,
	thread: Thread,
	language: Language,
	values: Values,
): string => {
	const joined = joinedThread(kernel, thread);
	if (joined !== undefined)
		return say(language, 'why.join', {...values, others: threadName(kernel, joined)});
	const owner = mutexOwner(thread);
	if (owner === undefined) {
		const known = futexCalls.find(([start]) => values.call.startsWith(start));
		return say(language, known?.[1] ?? 'why.futex', values);
	}
	const isThere = (kernel.threads.get(owner)?.state ?? 'dead') !== 'dead';
	if (!isThere) return say(language, 'why.mutexLeft', {...values, others: owner});
	const key = sharesWord(kernel, thread, owner) ? 'why.mutex' : 'why.mutexCopy';
	return say(language, key, {...values, others: threadName(kernel, owner)});
};

/** Names that a sentence has room for. */
const shownNames = 8;

/** What is slept on in functions that begin so. */
const futexCalls: ReadonlyArray<readonly [start: string, key: StringKey]> = [
	['sem_', 'why.semaphoreTaken'],
	['pthread_cond_', 'why.condition'],
	['cnd_', 'why.condition'],
	['pthread_mutex_', 'why.mutexFree'],
];

const explainPoll = (
	kernel: Kernel,
	thread: Thread,
	language: Language,
	values: Values,
): string => {
	const channels = polledChannels(thread);
	if (channels.length === 0) return say(language, 'why.signal', values);
	const shown = channels.slice(0, shownChannels);
	const channel = joinNames(shown, 'why.or', language, channels.length);
	const fds = polledDescriptors(kernel, thread);
	const text = say(language, 'why.poll', {...values, channel});
	if (fds.length === 0) return text;
	const rest = fds.length > shownChannels ? ' …' : '';
	return `${text} (fd ${fds.slice(0, shownChannels).join(', ')}${rest})`;
};

/** Channels that a sentence has room for. */
const shownChannels = 12;
