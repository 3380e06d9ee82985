// The air: a half-duplex medium that all hosts share. A station is an open /dev/radio; those on one channel hear what the
// one that talks sends, and nobody else can talk meanwhile (push to talk). See sys/radio.h for the requests of ioctl(2).

import {markEffect} from '../../vm/turns.js';
import {readInt32, writeInt32} from '../../vm/memory.js';
import type {Errno} from '../errno.js';
import {recordBytes} from '../trace/events.js';
import {
	createProgress,
	type FileOperations,
	type Io,
	noOperations,
	readable,
	writable,
} from '../files/file-operations.js';
import {type Inode, inodeStatus} from '../files/inode.js';
import {fionread} from '../files/ioctl-numbers.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {openFlags} from '../files/open-flags.js';
import {createPollPoint, type PollPoint, pulse} from '../polling/poll-point.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

/** Requests of ioctl(2), as sys/radio.h has them. */
export const radioTalk = 0x7201;
export const radioListen = 0x7202;
export const radioTalker = 0x7203;
export const radioChannel = 0x7204;

/** Bytes that a station keeps unread; what comes then is not heard. */
export const receiverCapacity = 4096;
const channels = 16;
/** Bytes of a transmission that are remembered to be shown. */
const rememberedBytes = 256;

/** `device:/dev/radio`: the channel that a station is tuned to when it is opened; `device:/dev/radio#2` and so on: the others. */
const radioName = (channel: number): string =>
	channel === 1 ? 'device:/dev/radio' : `device:/dev/radio#${channel}`;

export type Station = {
	readonly id: number;
	readonly host: string;
	channel: number;
	/** Unread transmissions. */
	heard: Uint8Array[];
	heardBytes: number;
	/** Bytes that came while it had no room for them. */
	missedBytes: number;
	/** pid of who pressed the button. */
	pid: number;
	readQueue: WaitQueue;
	readonly readPoint: PollPoint;
	readonly writePoint: PollPoint;
};

/** What one channel carries. */
export type Air = {
	readonly channel: number;
	/** As it is named everywhere. */
	readonly name: string;
	/** Station that talks; 0: nobody. */
	talker: number;
	/** Who wants to talk waits here. */
	readonly talkQueue: WaitQueue;
	/** Bytes sent, and bytes read by all who heard them. */
	bytesIn: number;
	bytesOut: number;
	/** The newest transmission: its first bytes, and who sent it (0: from outside). */
	last: {readonly data: Uint8Array; readonly pid: number} | undefined;
};

export type Radio = {
	readonly stations: Map<number, Station>;
	/** Channels that somebody has been tuned to. */
	readonly airs: Map<number, Air>;
};

export const createRadio = (): Radio => ({stations: new Map(), airs: new Map()});

const airOf = ({network: {radio}}: Kernel, channel: number): Air => {
	const known = radio.airs.get(channel);
	if (known) return known;
	const name = radioName(channel);
	const air: Air = {
		channel,
		name,
		talker: 0,
		talkQueue: createWaitQueue('radio.talk', name),
		bytesIn: 0,
		bytesOut: 0,
		last: undefined,
	};
	radio.airs.set(channel, air);
	return air;
};

/** An open /dev/radio. */
export type RadioFile = {readonly kind: 'radio'; readonly station: Station; readonly inode: Inode};

export const openRadio = (kernel: Kernel, host: string, inode: Inode): RadioFile => {
	const {name, channel} = airOf(kernel, 1);
	const station: Station = {
		id: nextObjectId(kernel),
		host,
		channel,
		heard: [],
		heardBytes: 0,
		missedBytes: 0,
		pid: 0,
		readQueue: createWaitQueue('radio.read', name),
		readPoint: createPollPoint(name, readable),
		writePoint: createPollPoint(name, writable),
	};
	kernel.network.radio.stations.set(station.id, station);
	return {kind: 'radio', station, inode};
};

/** The station that talks on a channel. */
export const talkerOn = ({network: {radio}}: Kernel, channel: number): Station | undefined =>
	radio.stations.get(radio.airs.get(channel)?.talker ?? 0);

const isTalking = (kernel: Kernel, station: Station): boolean =>
	talkerOn(kernel, station.channel) === station;

/** Takes the channel: done, EBUSY if nonblocking, or a wait until it is free. */
const beginTalk = (
	kernel: Kernel,
	station: Station,
	io: Pick<Io, 'thread' | 'isNonblocking'>,
	isInterrupted: boolean,
): Outcome => {
	if (isTalking(kernel, station)) return done(0);
	if (talkerOn(kernel, station.channel)) {
		if (io.isNonblocking) return failed('EBUSY');
		return isInterrupted
			? failed('ERESTARTSYS')
			: blockedOn(airOf(kernel, station.channel).talkQueue);
	}
	airOf(kernel, station.channel).talker = station.id;
	station.pid = io.thread?.pid ?? 0;
	if (io.thread) markEffect(io.thread.context.turns);
	return done(0);
};

/** Lets the channel go: the next who waits may talk. */
const endTalk = (kernel: Kernel, station: Station): void => {
	if (!isTalking(kernel, station)) return;
	const air = airOf(kernel, station.channel);
	air.talker = 0;
	wakeAll(kernel, air.talkQueue);
	for (const other of kernel.network.radio.stations.values()) {
		if (other.channel === station.channel) pulse(kernel, other.writePoint);
	}
};

/** Carries the bytes to all stations of the channel but the one that sends them. */
const transmit = (
	kernel: Kernel,
	air: Air,
	sender: Station | undefined,
	io: Io,
	data: Uint8Array,
): void => {
	for (const station of kernel.network.radio.stations.values()) {
		if (station === sender || station.channel !== air.channel) continue;
		if (station.heardBytes + data.length > receiverCapacity) {
			station.missedBytes += data.length;
			continue;
		}
		station.heard.push(data);
		station.heardBytes += data.length;
		wakeAll(kernel, station.readQueue);
		pulse(kernel, station.readPoint);
	}
	air.bytesIn += data.length;
	air.last = {data: data.slice(0, rememberedBytes), pid: io.thread?.pid ?? 0};
	note(kernel, air, io, 'in', data);
};

const note = (
	kernel: Kernel,
	{name}: Air,
	io: Io,
	direction: 'in' | 'out',
	data: Uint8Array,
): void => {
	if (io.thread) markEffect(io.thread.context.turns);
	recordBytes(kernel, io.thread?.tid ?? 0, name, direction, data);
};

/**
 * A station outside says something on a channel, named as above: a count, or EBUSY while another talks, as a
 * non-blocking write(2) would get. Undefined: the name is none of a channel.
 */
export const injectIntoRadio = (
	kernel: Kernel,
	name: string,
	bytes: Uint8Array,
): Outcome | undefined => {
	const channel = Array.from({length: channels}, (_, index) => index + 1).find(
		number => radioName(number) === name,
	);
	if (channel === undefined) return undefined;
	const air = airOf(kernel, channel);
	if (talkerOn(kernel, channel)) return failed('EBUSY');
	const data = bytes.slice(0, receiverCapacity);
	const io = {thread: undefined, progress: createProgress(), isNonblocking: true};
	if (data.length > 0) transmit(kernel, air, undefined, io, data);
	return done(data.length);
};

/** write(2): with the button pressed it goes out at once; without, the button is pressed for this write only. */
const write = (kernel: Kernel, {station}: RadioFile, io: Io, source: Source): Outcome => {
	const wasTalking = isTalking(kernel, station);
	const turn = beginTalk(kernel, station, io, io.progress.isInterrupted);
	if (turn.kind !== 'done') return turn;
	const data = source.get(0, Math.min(source.length, receiverCapacity));
	if (data && data.length > 0) {
		transmit(kernel, airOf(kernel, station.channel), station, io, data.slice());
	}
	if (!wasTalking) endTalk(kernel, station);
	return data ? done(data.length) : failed('EFAULT');
};

/** read(2): who talks hears nothing. */
const read = (kernel: Kernel, {station}: RadioFile, io: Io, sink: Sink): Outcome => {
	if (isTalking(kernel, station)) return failed('EBUSY');
	if (sink.length === 0) return done(0);
	const [first] = station.heard;
	if (!first) {
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(station.readQueue);
	}
	const data = first.subarray(0, sink.length);
	if (!sink.put(data)) return failed('EFAULT');
	if (data.length === first.length) station.heard.shift();
	else station.heard[0] = first.slice(data.length);
	station.heardBytes -= data.length;
	const air = airOf(kernel, station.channel);
	air.bytesOut += data.length;
	note(kernel, air, io, 'out', data);
	return done(data.length);
};

const tune = (kernel: Kernel, station: Station, channel: number): Errno | undefined => {
	if (channel < 1 || channel > channels) return 'EINVAL';
	endTalk(kernel, station);
	const {readQueue} = station;
	station.channel = channel;
	station.heard = [];
	station.heardBytes = 0;
	station.missedBytes = 0;
	station.readQueue = createWaitQueue('radio.read', airOf(kernel, channel).name);
	// Who listened to the old channel listens to the new one.
	wakeAll(kernel, readQueue);
	pulse(kernel, station.writePoint);
	return undefined;
};

export const radioOperations: FileOperations<RadioFile> = {
	...noOperations,
	read,
	write,
	readiness: (kernel, {station}) => {
		const talker = talkerOn(kernel, station.channel);
		const canHear = station.heard.length > 0 && talker !== station;
		return (canHear ? readable : 0) | (!talker || talker === station ? writable : 0);
	},
	pollPoints: (_kernel, {station}) => [station.readPoint, station.writePoint],
	status: (_kernel, {inode}) => inodeStatus(inode),
	release: (kernel, {station}) => {
		endTalk(kernel, station);
		kernel.network.radio.stations.delete(station.id);
	},
	ioctl: (kernel, {station}, thread, request, argument, file) => {
		switch (request) {
			case radioTalk: {
				const io = {thread, isNonblocking: (file.flags & openFlags.nonblock) !== 0};
				return beginTalk(kernel, station, io, thread.call?.isInterrupted ?? false);
			}

			case radioListen: {
				endTalk(kernel, station);
				return done(0);
			}

			case radioTalker:
				return writeInt32(thread.context, argument, talkerOn(kernel, station.channel)?.pid ?? 0)
					? done(0)
					: failed('EFAULT');
			case radioChannel: {
				const channel = readInt32(thread.context.space, argument);
				if (channel === undefined) return failed('EFAULT');
				const problem = tune(kernel, station, channel);
				return problem ? failed(problem) : done(0);
			}

			case fionread:
				return writeInt32(thread.context, argument, station.heardBytes)
					? done(0)
					: failed('EFAULT');
			default:
				return failed('ENOTTY');
		}
	},
	channel: ({station}) => radioName(station.channel),
};
