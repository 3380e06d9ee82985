// Who could end a wait. What a thread sleeps at belongs to something (wait-places.ts), and others hold the other end of it, own
// it, or may come by its name. Every kind of wait has its line here; whoever asks looks at threads only.

import {fileAt} from '../kernel/process/descriptors.js';
import {type FileLocks, inodeOf} from '../kernel/files/file-locks.js';
import {canRead, canWrite, type OpenFile} from '../kernel/files/open-file.js';
import type {Kernel} from '../kernel/kernel.js';
import type {PosixMessageQueue} from '../kernel/ipc/message-queue.js';
import type {Pipe} from '../kernel/pipes/pipe.js';
import type {Process} from '../kernel/process/process.js';
import type {Thread} from '../kernel/process/thread.js';
import type {WaitQueue} from '../kernel/process/wait-queue.js';
import {signalNumbers} from '../kernel/signals/signal-numbers.js';
import {hasHandler} from '../kernel/signals/signals.js';
import {nameOf} from '../kernel/syscalls/index.js';
import type {Pty} from '../kernel/terminals/pty.js';
import {descriptorIndex, pipeEnds, pipeHolders} from './channels.js';
import {futexWakers} from './futex-wakers.js';
import {talkerPids} from './radio.js';
import {socketWakers} from './socket-wakers.js';
import {objectOf, type Place, placesOf} from './wait-places.js';
import {
	everybodyOn,
	type Finder,
	heldBy,
	holdersBy,
	holdersOf,
	isUnderWay,
	keptIn,
	noTids,
	threadsIn,
	type Tids,
	type Wakers,
	whoeverOf,
} from './waker-finder.js';

const byItself: Wakers = {tids: noTids, endsByItself: true};
const byUser: Wakers = {tids: noTids, whoever: 'whoever.types', endsByItself: true};

/** A blocked thread: who could end its wait, for each of the places where it sleeps. */
export const wakersOf = (finder: Finder, thread: Thread): readonly Wakers[] => {
	const here = wakersHere(finder, thread);
	const told = childrenWatched(finder, thread);
	const all = told ? [...here, told] : here;
	return hasTimer(finder.kernel, thread) ? [...all, byItself] : all;
};

/** Children whose end a handler of its process hears of: it may do anything, such as write into the pipe that is read here. */
const childrenWatched = (finder: Finder, {pid}: Thread): Wakers | undefined => {
	const process = finder.kernel.processes.get(pid);
	if (!process || process.children.length === 0) return undefined;
	if (!hasHandler(process, signalNumbers.SIGCHLD)) return undefined;
	return keptIn(finder.byName, `children ${pid}`, () => ({
		tids: noTids,
		others: [threadsIn(finder.kernel, process.children)],
	}));
};

/** Its wait has an end, or a timer of its process will interrupt it. */
export const hasTimer = ({processes}: Kernel, {wakeAt, pid}: Thread): boolean => {
	if (wakeAt !== Infinity) return true;
	const process = processes.get(pid);
	if (!process) return false;
	if (process.alarmAt !== 0) return true;
	if (process.timers.size === 0) return false;
	return [...process.timers.values()].some(({checkAt}) => checkAt !== 0);
};

const wakersHere = (finder: Finder, thread: Thread): readonly Wakers[] => {
	const {kernel} = finder;
	const process = kernel.processes.get(thread.pid);
	if (!process) return [];
	switch (thread.waitName) {
		case 'futex':
			return [futexWakers(finder, thread, process)];
		case 'child':
			return [{tids: threadsIn(kernel, awaitedChildren(kernel, thread, process))}];
		case 'vfork':
			return [{tids: threadsIn(kernel, vforkChild(kernel, thread, process))}];
		case 'lock':
		case 'flock':
			return [lockWakers(finder, thread, process)];
		case 'fifo.open':
			return [whoeverOf(finder, process.host, 'whoever.opens')];
		case 'semop':
			return [whoeverOf(finder, process.host, 'whoever.semaphore')];
		case 'msgsnd':
			return [whoeverOf(finder, process.host, 'whoever.receives')];
		case 'msgrcv':
			return [whoeverOf(finder, process.host, 'whoever.sends')];
		case 'radio.talk':
			return [talkWakers(finder, thread.waitChannel)];
		case 'radio.read':
			// Whoever tunes a station gives it another queue.
			return [radioWakers(finder, thread.waitChannel, 'input')];
		case 'stop':
			return [whoeverOf(finder, process.host, 'whoever.continues')];
		case 'disk':
			return [byItself];
		case 'sleep':
			if (thread.wakeAt !== Infinity) return [];
			return [whoeverOf(finder, process.host, 'whoever.signals')];
		case 'signal':
			return [whoeverOf(finder, process.host, 'whoever.signals')];
		default: {
			const found = thread.waits.flatMap(queue => wakersAt(finder, queue, process.host) ?? []);
			return found.length > 0 ? found : [whoeverOf(finder, process.host, 'whoever.signals')];
		}
	}
};

/** And of those that have the end of a pipe. */
const pipeThreads = (kernel: Kernel, pipe: Pipe, end: 'reads' | 'writes'): Tids =>
	keptIn(heldBy(kernel)[end], pipe, () =>
		threadsIn(
			kernel,
			pipeHolders(pipeEnds(kernel), pipe, end).map(({pid}) => pid),
		),
	);

const wakersAt = (finder: Finder, queue: WaitQueue, host: string): Wakers | undefined => {
	const {kernel} = finder;
	if (queue.waiters === kernel.console.readQueue.waiters) return byUser;
	const place = placesOf(kernel).byWaiters.get(queue.waiters);
	if (!place) return undefined;
	return keptIn(finder.byWaiters, queue.waiters, () => {
		const wakers = wakersAtPlace(finder, place, host);
		return !wakers.others && isUnderWay(finder, objectOf(place.thing))
			? {...wakers, whoever: 'whoever.receivesEnd', others: [everybodyOn(finder, host)]}
			: wakers;
	});
};

const wakersAtPlace = (finder: Finder, {thing, want}: Place, host: string): Wakers => {
	const {kernel} = finder;
	switch (thing.kind) {
		case 'pipe': {
			const tids = pipeThreads(kernel, thing.pipe, want === 'input' ? 'writes' : 'reads');
			return thing.pipe.isFifo
				? {tids, whoever: 'whoever.opens', others: [everybodyOn(finder, host)]}
				: {tids};
		}

		case 'socket':
			return socketWakers(finder, thing.socket, want);
		case 'mqueue':
			return messageWakers(finder, thing.queue, want, host);
		case 'eventfd':
			return {tids: holdersOf(finder, thing.counter)};
		case 'timerfd':
			return thing.timer.nextAt === Infinity ? {tids: holdersOf(finder, thing.timer)} : byItself;
		case 'pidfd':
			return {tids: threadsIn(kernel, [thing.process.pid])};
		case 'pty':
			return terminalWakers(finder, thing.pty, want, host);
		case 'epoll':
			// They could add to the list; what is on it has places of its own.
			return {tids: noTids, others: [holdersOf(finder, thing.set)]};
		case 'radio':
			return radioWakers(finder, thing.station.readQueue.channel, want);
		case 'inotify':
			return whoeverOf(finder, host, 'whoever.changes');
		default:
			return whoeverOf(finder, host, 'whoever.signals');
	}
};

/** Who has the queue open for the other direction; as long as it has a name anybody may open it. */
const messageWakers = (
	finder: Finder,
	queue: PosixMessageQueue,
	want: Place['want'],
	host: string,
): Wakers => {
	const isEmpty = want === 'input';
	const tids = holdersBy(finder.kernel, queue, isEmpty ? canWrite : canRead);
	const hasName = finder.kernel.hosts.get(host)?.messageQueues.byName.get(queue.name) === queue;
	return {
		tids,
		whoever: isEmpty ? 'whoever.sends' : 'whoever.receives',
		...(hasName && {others: [everybodyOn(finder, host)]}),
	};
};

/** The other side of a pseudo-terminal; its slave anybody may open. */
const terminalWakers = (finder: Finder, pty: Pty, want: Place['want'], host: string): Wakers => {
	const isSide =
		(isMaster: boolean) =>
		({thing}: OpenFile) =>
			thing.kind === 'pty' && thing.isMaster === isMaster;
	if (want === 'input') return {tids: holdersBy(finder.kernel, pty, isSide(true))};
	const others = [everybodyOn(finder, host)];
	return want === 'room'
		? {tids: holdersOf(finder, pty), others}
		: {tids: holdersBy(finder.kernel, pty, isSide(false)), whoever: 'whoever.opens', others};
};

/** Who listens waits for who talks, or will; who wants to talk for who does. */
const radioWakers = (finder: Finder, channel: string, want: Place['want']): Wakers => {
	const talkers = talkWakers(finder, channel);
	return want === 'room'
		? talkers
		: {...whoeverOf(finder, '', 'whoever.talks'), tids: talkers.tids};
};

/** Who has the station open that holds the button down. */
const talkWakers = (finder: Finder, channel: string): Wakers =>
	keptIn(finder.byName, channel, () => ({
		tids: threadsIn(finder.kernel, talkerPids(finder.kernel, channel)),
	}));

/** The children that wait4(2) or waitid(2) was asked for. */
const awaitedChildren = (
	{processes}: Kernel,
	{call}: Thread,
	process: Process,
): readonly number[] => {
	const {children, group} = process;
	const [first = -1, second = 0] = (call?.args ?? []).map(argument => argument | 0);
	const isWaitid = call !== undefined && nameOf(call.number) === 'waitid';
	// P_ALL 0, P_PID 1, P_PGID 2, P_PIDFD 3; 0 is the own group.
	const waited = isWaitid
		? [-1, second, -(second || group), pidBehind(process, second)][first]
		: first === 0
			? -group
			: first;
	if (waited === undefined || waited === -1) return children;
	return children.filter(pid =>
		waited > 0 ? pid === waited : processes.get(pid)?.group === -waited,
	);
};

/** The process that a descriptor of another refers to. */
const pidBehind = (process: Process, descriptor: number): number | undefined => {
	const thing = fileAt(process, descriptor)?.thing;
	return thing?.kind === 'pidfd' ? thing.process.pid : undefined;
};

const vforkChild = ({processes}: Kernel, {tid}: Thread, {children}: Process): readonly number[] =>
	children.filter(pid => processes.get(pid)?.vforkWaiter === tid);

/** flock(2) has the descriptor first, and then LOCK_EX, 2, or LOCK_SH. */
const lockExclusive = 2;

/** Who has a lock that is in the way. */
const lockWakers = (finder: Finder, thread: Thread, process: Process): Wakers => {
	const {kernel} = finder;
	const [descriptor = -1, operation = 0] = thread.call?.args ?? [];
	const file = fileAt(process, descriptor);
	const index = descriptorIndex(kernel);
	const holders = (id: number): readonly number[] => (index.get(id) ?? []).map(({pid}) => pid);
	if (thread.waitName === 'lock') {
		const owner = blockerOf(thread);
		return {tids: threadsIn(kernel, owner < 0 ? holders(-owner) : [owner])};
	}
	const inWay = (file ? (locksAt(file)?.flocks ?? []) : []).filter(
		lock => lock.file !== file?.id && (lock.isExclusive || (operation & lockExclusive) !== 0),
	);
	return {
		tids: threadsIn(
			kernel,
			inWay.flatMap(lock => holders(lock.file)),
		),
		needsAll: true,
	};
};

const locksAt = (file: OpenFile): FileLocks | undefined =>
	inodeOf(file)?.locks ?? ('pipe' in file.thing ? file.thing.pipe.locks : undefined);

/** Whose record lock fcntl(2) has met: a pid, or minus the id of an open file; 0 for nobody's. */
const blockerOf = ({call}: Thread): number => {
	const memo = call?.memo;
	const isLockWait = typeof memo === 'object' && memo !== null && 'blocker' in memo;
	return isLockWait && typeof memo.blocker === 'number' ? memo.blocker : 0;
};
