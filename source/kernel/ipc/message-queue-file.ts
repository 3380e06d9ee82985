// A POSIX message queue as an open file: mq_open(3) gives a descriptor, which poll(2) and epoll(7) take like any other.

import {
	anonymousStatus,
	type FileOperations,
	noOperations,
	readable,
	writable,
} from '../files/file-operations.js';
import type {PosixMessageQueue} from './message-queue.js';

/** An open message queue. */
export type MessageQueueFile = {readonly kind: 'mqueue'; readonly queue: PosixMessageQueue};

const regularFile = 0o100000;
/** What a queue's file in /dev/mqueue has. */
const statusSize = 80;

export const messageQueueOperations: FileOperations<MessageQueueFile> = {
	...noOperations,
	readiness: (_kernel, {queue}) =>
		(queue.messages.length > 0 ? readable : 0) |
		(queue.messages.length < queue.maximum ? writable : 0),
	pollPoints: (_kernel, {queue}) => [queue.readPoint, queue.writePoint],
	status: (_kernel, {queue}) => ({
		...anonymousStatus(queue.id, regularFile | queue.mode),
		size: statusSize,
	}),
	channel: ({queue}) => queue.sendQueue.channel,
};
