// The accounting report of `ipctop stat`: one row per thread in order of creation, exact to the cycle. The field names
// are a contract (DESIGN 6).

import {accountOf} from '../kernel/process/accounting.js';
import type {Kernel} from '../kernel/kernel.js';
import {receiverCapacity} from '../kernel/network/radio.js';
import {capacityOf, fillLevel} from '../kernel/pipes/pipe.js';
import type {Socket} from '../kernel/sockets/socket.js';
import type {ExitStatus, Thread} from '../kernel/process/thread.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import {isSignalled} from './accounts.js';
import {formatShare, groupDigits} from './units.js';

export type ThreadReport = {
	readonly pid: number;
	readonly tid: number;
	readonly ppid: number;
	readonly name: string;
	readonly host: string;
	/** CPU cycles, `busy` ones included. */
	readonly cpu: number;
	readonly busy: number;
	readonly ready: number;
	readonly blocked: number;
	readonly blockedOn: Readonly<Record<string, number>>;
	readonly contextSwitches: {readonly voluntary: number; readonly involuntary: number};
	readonly syscalls: number;
	/** null while it lives. */
	readonly exit: ExitStatus | null;
};

export type ChannelReport = {
	readonly name: string;
	readonly fill: number;
	readonly capacity: number;
	readonly bytesIn: number;
	readonly bytesOut: number;
};

export type AccountingReport = {
	readonly cycles: number;
	readonly threads: readonly ThreadReport[];
	readonly channels: readonly ChannelReport[];
};

/** Threads of the kernel are left out: they belong to the machine, not to the programs. */
export const accountingReport = (kernel: Kernel): AccountingReport => ({
	cycles: kernel.now,
	threads: [...kernel.threads.values()]
		.filter(thread => !thread.isKernelThread)
		.map(thread => threadReport(kernel, thread)),
	channels: [
		...[...kernel.pipes.values()].map(pipe => ({
			name: pipe.name,
			fill: fillLevel(pipe),
			capacity: capacityOf(pipe),
			bytesIn: pipe.bytesWritten,
			bytesOut: pipe.bytesRead,
		})),
		...[...kernel.network.sockets.values()].map(socket => ({
			name: socket.name,
			fill: unreadBytes(socket),
			capacity: socket.options.receiveBuffer,
			bytesIn: socket.bytesIn,
			bytesOut: socket.bytesOut,
		})),
		...airReports(kernel),
	],
});

/** The channels of the radio: what its stations have not read yet, and room for. */
const airReports = ({network: {radio}}: Kernel): readonly ChannelReport[] =>
	[...radio.airs.values()].map(({channel, name, bytesIn, bytesOut}) => {
		const stations = [...radio.stations.values()].filter(station => station.channel === channel);
		const fill = stations.reduce((sum, {heardBytes}) => sum + heardBytes, 0);
		return {name, fill, capacity: stations.length * receiverCapacity, bytesIn, bytesOut};
	});

/** Bytes that wait to be read from a socket. */
const unreadBytes = (socket: Socket): number =>
	socket.protocol === 'tcp' ? socket.incoming.length : socket.queuedBytes;

const threadReport = (kernel: Kernel, thread: Thread): ThreadReport => {
	const process = kernel.processes.get(thread.pid);
	const account = accountOf(kernel, thread);
	// A stopped thread waits for SIGCONT: the report counts it as blocked, so that cpu + ready + blocked is the lifetime.
	const blockedOn = [
		...account.blockedOn,
		...(account.stopped > 0 ? [['stopped', account.stopped] as const] : []),
	];
	return {
		pid: thread.pid,
		tid: thread.tid,
		ppid: process?.parent ?? 0,
		name: process?.name ?? thread.name,
		host: process?.host ?? '',
		cpu: account.cpu,
		busy: account.busy,
		ready: account.ready,
		blocked: account.blocked + account.stopped,
		blockedOn: Object.fromEntries(blockedOn.sort(([a], [b]) => (a < b ? -1 : 1))),
		contextSwitches: {
			voluntary: thread.accounting.voluntarySwitches,
			involuntary: thread.accounting.involuntarySwitches,
		},
		syscalls: thread.accounting.syscalls,
		exit: thread.exitStatus ?? (thread.tid === thread.pid ? process?.exit : undefined) ?? null,
	};
};

/** The report as rows of texts, for a table; every row has the same keys. */
export const statRows = ({
	threads,
}: AccountingReport): ReadonlyArray<Readonly<Record<string, string>>> => {
	const hasHosts = new Set(threads.map(thread => thread.host)).size > 1;
	return threads.map(thread => ({
		PID: thread.tid === thread.pid ? String(thread.pid) : `${thread.pid}/${thread.tid}`,
		PPID: String(thread.ppid),
		...(hasHosts ? {HOST: thread.host} : {}),
		COMMAND: thread.name,
		CPU: groupDigits(thread.cpu),
		BUSY: groupDigits(thread.busy),
		'BUSY%': formatShare(thread.cpu > 0 ? thread.busy / thread.cpu : 0),
		READY: groupDigits(thread.ready),
		BLOCKED: groupDigits(thread.blocked),
		'BLOCKED ON': Object.entries(thread.blockedOn)
			.map(([queue, cycles]) => `${queue} ${groupDigits(cycles)}`)
			.join(', '),
		CSW: `${thread.contextSwitches.voluntary}+${thread.contextSwitches.involuntary}`,
		SYSC: String(thread.syscalls),
		EXIT: exitText(thread.exit),
	}));
};

const exitText = (exit: ExitStatus | null): string => {
	if (exit === null) return '-';
	return isSignalled(exit) ? signalName(exit.signal) : String(exit.status);
};
