// "Why is it blocked?" in words: the wait queue, the object behind it, and who could end the wait.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {nameOf} from '../kernel/syscalls/index.js';
import {actors} from '../kernel/trace/events.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import {isSignalled, mainThread, processName, threadName, threadsOf} from './accounts.js';
import {type Holder, pipeEnds, pipeHolders} from './channels.js';
import {futexAddress, joinedThread, joinWordsOf, mutexOwner} from './futex-waits.js';
import {type Language, say} from './language.js';
import {findPipe} from './pipes.js';
import {talkerOfAir} from './radio.js';
import type {StringKey} from './strings.js';
import {formatSeconds} from './units.js';
import {variableAt} from './variable-name.js';

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

export const explainThread = (kernel: Kernel, thread: Thread, language: Language): string => {
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
		case 'blocked':
			return explainWait(kernel, thread, language);
	}
};

const explainWait = (kernel: Kernel, thread: Thread, language: Language): string => {
	const {waitName, waitChannel} = thread;
	const values = {
		who: threadName(kernel, thread.tid),
		call: callName(thread),
		channel: channelWords(kernel, thread),
		queue: waitName,
		time: formatSeconds(thread.wakeAt, kernel.config.clock),
	};
	if (waitName === 'sleep') return say(language, 'why.sleep', values);
	const text =
		explainPipe(kernel, thread, language, values) ??
		(waitName === 'radio.talk'
			? say(language, 'why.radioTaken', {
					...values,
					others: talkerName(kernel, waitChannel, language),
				})
			: undefined) ??
		(waitName === 'child'
			? say(language, 'why.child', {...values, others: childNames(kernel, thread, language)})
			: undefined) ??
		explainFutex(kernel, thread, language, values) ??
		say(language, keyOf(waitName), values);
	return Number.isFinite(thread.wakeAt) ? text + say(language, 'why.until', values) : text;
};

/** The channel; of a lock in memory also its name in the program: `fork_[1] (futex:0x10021e0)`. */
export const channelWords = (kernel: Kernel, thread: Thread): string => {
	const {pid, waitName, waitChannel} = thread;
	const process = kernel.processes.get(pid);
	if (waitName !== 'futex' || !process) return waitChannel;
	const name = variableAt(process.program, futexAddress(thread));
	return name === undefined ? waitChannel : `${name} (${waitChannel})`;
};

const callName = (thread: Thread): string => (thread.call ? nameOf(thread.call.number) : '');

const explainPipe = (
	kernel: Kernel,
	thread: Thread,
	language: Language,
	values: Readonly<Record<string, string>>,
): string | undefined => {
	const {waitName, waitChannel} = thread;
	if (waitName !== 'pipe.read' && waitName !== 'pipe.write') return undefined;
	const pipe = findPipe(kernel, waitChannel);
	if (!pipe) return undefined;
	const isReading = waitName === 'pipe.read';
	const holders = pipeHolders(pipeEnds(kernel), pipe, isReading ? 'writes' : 'reads');
	const own = holders.find(holder => holder.pid === thread.pid);
	if (isReading && own && holders.length === 1) {
		return say(language, 'why.pipeEmptySelf', {...values, fds: own.descriptors.join(', ')});
	}
	if (!isReading && own && holders.length === 1) {
		return say(language, 'why.pipeFullSelf', {...values, fds: own.descriptors.join(', ')});
	}
	const others = joinNames(
		holders.filter(holder => holder !== own || holders.length === 1),
		language,
	);
	return say(language, isReading ? 'why.pipeEmpty' : 'why.pipeFull', {...values, others});
};

/** Of a mutex who owns it, of pthread_join(3) for whom it waits. */
const explainFutex = (
	kernel: Kernel,
	thread: Thread,
	language: Language,
	values: Readonly<Record<string, string>>,
): string | undefined => {
	if (thread.waitName !== 'futex') return undefined;
	const joined = joinedThread(thread, joinWordsOf(kernel));
	if (joined !== undefined)
		return say(language, 'why.join', {...values, others: threadName(kernel, joined)});
	const owner = mutexOwner(thread);
	if (owner === undefined) return undefined;
	const isThere = (kernel.threads.get(owner)?.state ?? 'dead') !== 'dead';
	return say(language, isThere ? 'why.mutex' : 'why.mutexLeft', {
		...values,
		others: isThere ? threadName(kernel, owner) : String(owner),
	});
};

const talkerName = (kernel: Kernel, channel: string, language: Language): string => {
	const talker = talkerOfAir(kernel, channel);
	return talker ? processName(kernel, talker.pid) : say(language, 'why.nobody');
};

const childNames = (kernel: Kernel, thread: Thread, language: Language): string => {
	const children = (kernel.processes.get(thread.pid)?.children ?? []).filter(
		pid => kernel.processes.get(pid)?.state === 'alive',
	);
	return joinTexts(
		children.map(pid => processName(kernel, pid)),
		language,
	);
};

const joinNames = (holders: readonly Holder[], language: Language): string =>
	joinTexts(
		holders.map(holder => holder.name),
		language,
	);

const joinTexts = (texts: readonly string[], language: Language): string => {
	if (texts.length === 0) return say(language, 'why.nobody');
	return texts.length === 1
		? texts[0]!
		: texts.slice(0, -1).join(', ') + say(language, 'why.and') + texts.at(-1)!;
};

/** Wait queues by the beginning of their names. */
const sentences: ReadonlyArray<readonly [start: string, key: StringKey]> = [
	['fifo.open', 'why.fifoOpen'],
	['disk', 'why.disk'],
	['tty', 'why.terminal'],
	['futex', 'why.futex'],
	['accept', 'why.accept'],
	['connect', 'why.connect'],
	['signal', 'why.signal'],
	['sem', 'why.semaphore'],
	['radio.read', 'why.radioSilent'],
];

const keyOf = (queue: string): StringKey => {
	const known = sentences.find(([start]) => queue.startsWith(start));
	if (known) return known[1];
	if (/\.(read|recv|receive)$/.test(queue) && !queue.startsWith('m')) return 'why.socketEmpty';
	if (/\.(write|send)$/.test(queue) && !queue.startsWith('m')) return 'why.socketFull';
	return 'why.other';
};
