// Who holds what: from the objects of the kernel to the descriptors, in which processes, that refer to them.

import type {Kernel} from '../kernel/kernel.js';
import {channelOf, type OpenFile} from '../kernel/files/open-file.js';
import type {Census} from '../kernel/process/census.js';
import type {Pipe} from '../kernel/pipes/pipe.js';
import {processName} from './accounts.js';
import {perChange} from './observed.js';

/** A process that holds an end of a channel, and the descriptors through which it does. */
export type Holder = {
	readonly pid: number;
	readonly name: string;
	readonly descriptors: readonly number[];
};

/** Who holds what, and by which name, changes with these only. */
export const holderChanges = ({taskChanges, descriptorChanges}: Census): number =>
	taskChanges + descriptorChanges;

/** Every open descriptor of every living process, by open file description. */
export type DescriptorIndex = ReadonlyMap<
	number,
	ReadonlyArray<{readonly pid: number; readonly fd: number; readonly file: OpenFile}>
>;

export const descriptorIndex = perChange(holderChanges, (kernel): DescriptorIndex => {
	const index = new Map<number, {pid: number; fd: number; file: OpenFile}[]>();
	for (const process of kernel.processes.values()) {
		if (process.state !== 'alive') continue;
		for (const [fd, descriptor] of process.descriptors.entries()) {
			if (!descriptor) continue;
			const {file} = descriptor;
			const holders = index.get(file.id);
			if (holders) holders.push({pid: process.pid, fd, file});
			else index.set(file.id, [{pid: process.pid, fd, file}]);
		}
	}
	return index;
});

/** Who holds the ends of each pipe that is open, in order of pid. */
export type PipeEnds = ReadonlyMap<
	Pipe,
	{readonly reads: readonly Holder[]; readonly writes: readonly Holder[]}
>;

/** All pipes at once: one look at every descriptor. */
export const pipeEnds = perChange(holderChanges, (kernel): PipeEnds => {
	const found = new Map<Pipe, {reads: Holder[]; writes: Holder[]}>();
	for (const process of kernel.processes.values()) {
		if (process.state !== 'alive') continue;
		for (const [fd, descriptor] of process.descriptors.entries()) {
			const thing = descriptor?.file.thing;
			if (thing?.kind !== 'pipe') continue;
			const ends = found.get(thing.pipe) ?? {reads: [], writes: []};
			found.set(thing.pipe, ends);
			for (const end of ['reads', 'writes'] as const) {
				if (thing[end]) addHolder(kernel, ends[end], process.pid, fd);
			}
		}
	}
	return found;
});

/** Processes come one after the other, each with its descriptors in order. */
const addHolder = (kernel: Kernel, holders: Holder[], pid: number, fd: number): void => {
	const last = holders.at(-1);
	if (last?.pid === pid)
		holders[holders.length - 1] = {...last, descriptors: [...last.descriptors, fd]};
	else holders.push({pid, name: processName(kernel, pid), descriptors: [fd]});
};

export const pipeHolders = (
	ends: PipeEnds,
	pipe: Pipe,
	end: 'reads' | 'writes',
): readonly Holder[] => ends.get(pipe)?.[end] ?? [];

export const holdersWhere = (
	kernel: Kernel,
	index: DescriptorIndex,
	isMeant: (file: OpenFile) => boolean,
): readonly Holder[] => {
	const found = new Map<number, number[]>();
	for (const entries of index.values()) {
		if (!isMeant(entries[0]!.file)) continue;
		for (const {pid, fd} of entries) found.set(pid, [...(found.get(pid) ?? []), fd]);
	}
	return [...found]
		.sort(([a], [b]) => a - b)
		.map(([pid, descriptors]) => ({pid, name: processName(kernel, pid), descriptors}));
};

/** Every channel of a process by name: what is marked when the process is selected. */
export const channelsOfProcess = (kernel: Kernel, pid: number): ReadonlySet<string> => {
	const process = kernel.processes.get(pid);
	if (process?.state !== 'alive') return new Set();
	return new Set(
		process.descriptors.flatMap(descriptor => (descriptor ? [channelOf(descriptor.file)] : [])),
	);
};

/** `reader(3) 3,4` */
export const holderText = ({name, descriptors}: Holder): string =>
	`${name} fd ${descriptors.join(',')}`;
