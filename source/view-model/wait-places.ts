// From a wait queue to the open thing that it belongs to. A queue may have been renamed since somebody fell asleep in it,
// but its row of waiters stays the same: that is what a place is found by.

import type {FileThing, OpenFile} from '../kernel/files/open-file.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Socket} from '../kernel/sockets/socket.js';
import type {WaitQueue} from '../kernel/process/wait-queue.js';
import {holderChanges} from './channels.js';
import {perChange} from './observed.js';

/** What is waited for: something to read, room to write, an answer to connect(2), to get into another socket's queue. */
export type Want = 'input' | 'room' | 'answer' | 'entry';

export type Place = {readonly thing: FileThing; readonly want: Want};

export type Places = {
	readonly byWaiters: ReadonlyMap<readonly number[], Place>;
	/** The open file descriptions of an object: of the pipe, the socket, the counter of an eventfd … */
	readonly files: ReadonlyMap<object, readonly OpenFile[]>;
};

/** All of them at once: one look at every open file. */
export const placesOf = perChange(holderChanges, ({openFiles}: Kernel): Places => {
	const byWaiters = new Map<readonly number[], Place>();
	const files = new Map<object, OpenFile[]>();
	for (const file of openFiles.values()) {
		const {thing} = file;
		const object = objectOf(thing);
		const known = files.get(object);
		if (known) {
			known.push(file);
			continue;
		}
		files.set(object, [file]);
		for (const [want, queues] of queuesOf(thing)) {
			const place: Place = {thing, want};
			for (const {waiters} of queues) byWaiters.set(waiters, place);
		}
	}
	return {byWaiters, files};
});

/** What the descriptions of one and the same thing have in common. */
export const objectOf = (thing: FileThing): object => {
	switch (thing.kind) {
		case 'pipe':
			return thing.pipe;
		case 'socket':
			return thing.socket;
		case 'eventfd':
			return thing.counter;
		case 'timerfd':
			return thing.timer;
		case 'signalfd':
			return thing.source;
		case 'mqueue':
			return thing.queue;
		case 'inotify':
			return thing.inotify;
		case 'pty':
			return thing.pty;
		case 'radio':
			return thing.station;
		case 'epoll':
			return thing.set;
		default:
			return thing;
	}
};

type Queues = ReadonlyArray<readonly [Want, readonly WaitQueue[]]>;

/** The queues in which threads sleep for a thing, in a call of their own or in poll(2). */
const queuesOf = (thing: FileThing): Queues => {
	switch (thing.kind) {
		case 'pipe': {
			const {pipe} = thing;
			return [
				['input', [pipe.readQueue, pipe.readPoint.queue]],
				['room', [pipe.writeQueue, pipe.writePoint.queue]],
			];
		}

		case 'socket':
			return socketQueues(thing.socket);
		case 'eventfd': {
			const {counter} = thing;
			return [
				['input', [counter.readQueue, counter.readPoint.queue]],
				['room', [counter.writeQueue, counter.writePoint.queue]],
			];
		}

		case 'mqueue': {
			const {queue} = thing;
			return [
				['input', [queue.receiveQueue, queue.readPoint.queue]],
				['room', [queue.sendQueue, queue.writePoint.queue]],
			];
		}

		case 'timerfd':
			return [['input', [thing.timer.readQueue, thing.timer.point.queue]]];
		case 'signalfd':
			return [['input', [thing.source.queue, thing.source.point.queue]]];
		case 'pidfd':
			return [['input', [thing.point.queue]]];
		case 'inotify':
			return [['input', [thing.inotify.readQueue, thing.inotify.point.queue]]];
		case 'radio':
			return [
				['input', [thing.station.readQueue, thing.station.readPoint.queue]],
				['room', [thing.station.writePoint.queue]],
			];
		case 'pty': {
			// From the slave's side: what the master has typed, and room on its screen.
			const {pty} = thing;
			return [
				['input', [pty.readQueue, pty.slavePoint.queue]],
				['room', [pty.writeQueue]],
				['answer', [pty.masterReadQueue, pty.masterPoint.queue]],
			];
		}

		case 'epoll':
			return [['input', [thing.set.point.queue]]];
		default:
			return [];
	}
};

const socketQueues = (socket: Socket): Queues => [
	['input', [socket.readQueue, socket.acceptQueue, socket.readPoint.queue]],
	['room', [socket.writeQueue, socket.writePoint.queue]],
	['answer', [socket.connectQueue]],
	['entry', socket.protocol === 'unix' ? [socket.roomQueue] : []],
];
