// Runs a machine under observation for ways.ts: every event, and, where variables are watched, every access to them,
// instruction by instruction. The observer only looks; the run is the one that anybody gets.

import type {Kernel} from '../kernel/kernel.js';
import {isAnyoneReady} from '../kernel/process/scheduler.js';
import type {Process} from '../kernel/process/process.js';
import type {Input} from '../machine/input.js';
import {settleOnCpu} from '../machine/machine.js';
import type {MachineSetup} from '../machine/setup.js';
import {createSession, cycleOf, inject, runUntil, type Session} from '../machine/session.js';
import {formatValue} from '../machine/variable-text.js';
import {bytesAt, type FoundVariable, lookUp, sizeOf} from '../machine/variables.js';
import {findRegion} from '../vm/address-space.js';
import {type ChannelCalls, createChannelCalls, noteCall} from './channel-calls.js';
import {createDeliveryLog, type DeliveryLog, noteAccess, noteEvent} from './deliveries.js';
import {type MemoryAccess, nextAccesses} from './memory-access.js';
import {type Way, waysOf} from './ways.js';

export type WaysScenario = {
	readonly setup: MachineSetup;
	readonly inputs: ReadonlyArray<{readonly at: number; readonly input: Input}>;
	/** C lvalues that are channels here, if they are shared. */
	readonly watch: readonly string[];
};

/** A variable of which several processes have one each, under one name. */
export type PrivateVariable = {
	readonly channel: string;
	/** Thread ids: who stored into its own, and who looked at its own. */
	readonly writer: number;
	readonly reader: number;
};

/** A watched variable as one process sees it. */
type Spot = {
	readonly lvalue: string;
	readonly variable: FoundVariable;
	readonly address: number;
	readonly size: number;
	/** `object:ID+OFFSET` in shared memory, `space:PID+ADDRESS` elsewhere. */
	readonly lane: string;
};

type Run = {
	readonly session: Session;
	readonly watch: readonly string[];
	readonly deliveries: DeliveryLog;
	readonly calls: ChannelCalls;
	readonly spots: Map<number, readonly Spot[]>;
	readonly privateAccesses: Map<
		string,
		{readonly stores: Set<number>; readonly reads: Set<number>}
	>;
	/** Steps until the variables are looked up anew: pointers get their values as the program runs. */
	freshFor: number;
};

export type WaysInProgress = {readonly run: Run; readonly until: number};

/** Cycles at a time without watched variables: no system call is that short. */
const coarseStep = 20;
const lookUpInterval = 40;

/** Runs a scenario up to a cycle, or to its end, and says by what its processes communicated. Standard input is empty. */
export const waysOfRun = (scenario: WaysScenario, until: number): readonly Way[] => {
	const run = beginWays(scenario, until);
	while (continueWays(run, Infinity));
	return endWays(run);
};

/** The run before its first step: for those who must not wait for the whole of it. Plain data. */
export const beginWays = (scenario: WaysScenario, until: number): WaysInProgress => {
	const session = createSession(
		{...scenario.setup, recordEvents: true},
		scenario.inputs.map(({at, input}) => ({cycle: at, input})),
	);
	const run: Run = {
		session,
		watch: scenario.watch,
		deliveries: createDeliveryLog(),
		calls: createChannelCalls(),
		spots: new Map(),
		privateAccesses: new Map(),
		freshFor: 0,
	};
	return {run, until};
};

/** Goes on for so many steps (an instruction or a few each). False: the end is reached. */
export const continueWays = ({run, until}: WaysInProgress, steps: number): boolean => {
	for (let left = steps; left > 0; left--) {
		if (cycleOf(run.session) >= until || !step(run, until)) return false;
		takeEvents(run);
	}
	return true;
};

/** What the run has shown so far. */
export const endWays = ({run}: WaysInProgress): readonly Way[] => {
	takeEvents(run);
	const {kernel} = run.session.machine;
	return waysOf({
		kernel,
		deliveries: run.deliveries,
		calls: run.calls,
		privates: privateVariables(run),
	});
};

const takeEvents = ({session, deliveries, calls}: Run): void => {
	const {kernel} = session.machine;
	const {entries} = kernel.events;
	if (entries.length === 0) return;
	kernel.events.entries = [];
	for (const event of entries) {
		noteEvent(deliveries, kernel, event);
		noteCall(calls, kernel, event);
	}
};

/** One instruction, or a few where nothing is watched. False: nothing can happen any more. */
const step = (run: Run, until: number): boolean => {
	const {session} = run;
	const {machine} = session;
	const {kernel} = machine;
	settleOnCpu(machine);
	const now = cycleOf(session);
	if (kernel.cpus.every(({thread}) => thread === 0) && !isAnyoneReady(kernel)) {
		const next = Math.min(
			until,
			kernel.timers[0]?.at ?? until,
			machine.toStart[0]?.at ?? until,
			session.inputs[session.applied]?.cycle ?? until,
		);
		runUntil(session, Math.max(now + 1, next));
	} else if (run.watch.length === 0) {
		runUntil(session, now + coarseStep);
	} else {
		watchedStep(run, now);
	}
	if (!session.ending) return true;
	if (session.inputs.length > session.applied) {
		runUntil(session, session.inputs[session.applied]!.cycle + 1);
		return true;
	}
	if (session.ending.kind !== 'needs-input') return false;
	inject(session, {kind: 'end-input'});
	return true;
};

const watchedStep = (run: Run, now: number): void => {
	const {session} = run;
	const {kernel} = session.machine;
	if (run.freshFor-- <= 0) findSpots(run);
	const cpu = kernel.cpus[session.machine.currentCpu]!;
	const thread = kernel.threads.get(cpu.thread);
	const process = thread && kernel.processes.get(thread.pid);
	const spots = process && !thread.call ? (run.spots.get(process.pid) ?? []) : [];
	const accesses = spots.length > 0 ? nextAccesses(thread!.context) : [];
	const touched = accesses.flatMap(access =>
		spots.filter(spot => isWithin(access, spot)).map(spot => ({access, spot})),
	);
	const before = touched.map(({spot}) => valueText(kernel, process!, spot));
	const {cpuCycles} = thread?.context ?? {cpuCycles: 0};
	runUntil(session, now + 1);
	if (touched.length === 0 || thread!.context.cpuCycles === cpuCycles) return;
	touched.forEach(({access, spot}, index) => {
		note(run, kernel, process!, thread!.tid, spot, access, before[index]!);
	});
};

const isWithin = ({address, size}: MemoryAccess, spot: Spot): boolean =>
	address < spot.address + spot.size && spot.address < address + size;

const note = (
	run: Run,
	kernel: Kernel,
	process: Process,
	tid: number,
	spot: Spot,
	{isRead, isStore}: MemoryAccess,
	before: string,
): void => {
	const {lane, lvalue} = spot;
	const access = {lane, channel: `var:${lvalue}`, tid, cycle: cycleOf(run.session), before};
	const value = valueText(kernel, process, spot);
	if (isRead) noteAccess(run.deliveries, kernel, {...access, isStore: false, value: before});
	if (isStore) noteAccess(run.deliveries, kernel, {...access, isStore: true, value});
	const key = `${lvalue} ${lane}`;
	const known = run.privateAccesses.get(key) ?? {stores: new Set(), reads: new Set()};
	run.privateAccesses.set(key, known);
	if (isRead) known.reads.add(tid);
	if (isStore && value !== before) known.stores.add(tid);
};

const valueText = (kernel: Kernel, process: Process, {variable}: Spot): string => {
	const bytes = bytesAt(kernel, process, variable);
	return bytes ? formatValue(variable.program, variable.type, bytes, variable.bits) : '';
};

const findSpots = (run: Run): void => {
	const {kernel} = run.session.machine;
	run.freshFor = lookUpInterval;
	for (const process of kernel.processes.values()) {
		if (process.isKernelProcess || process.state !== 'alive') continue;
		run.spots.set(
			process.pid,
			run.watch.flatMap(lvalue => spotOf(kernel, process, lvalue) ?? []),
		);
	}
};

const spotOf = (kernel: Kernel, process: Process, lvalue: string): Spot | undefined => {
	const variable = lookUp(kernel, process, lvalue);
	if ('error' in variable || variable.place.kind !== 'memory') return undefined;
	const {address} = variable.place;
	const region = findRegion(process.space, address);
	const lane =
		region?.isShared && region.object
			? `object:${region.object.id}+${address - region.start + region.offset}`
			: `space:${process.pid}+${address}`;
	return {lvalue, variable, address, size: sizeOf(variable.type), lane};
};

/** Variables that several processes have under one name, each its own: one stored, another one looked. */
const privateVariables = ({
	privateAccesses,
	session,
	deliveries,
}: Run): readonly PrivateVariable[] => {
	const {threads} = session.machine.kernel;
	const byName = new Map<string, Array<{stores: Set<number>; reads: Set<number>}>>();
	for (const [key, accesses] of privateAccesses) {
		const lvalue = key.slice(0, key.lastIndexOf(' '));
		byName.set(lvalue, [...(byName.get(lvalue) ?? []), accesses]);
	}
	return [...byName].flatMap(([lvalue, places]) => {
		const channel = `var:${lvalue}`;
		if (places.length < 2 || deliveries.deliveries.some(one => one.channel === channel)) return [];
		for (const {stores} of places) {
			for (const writer of stores) {
				const reader = places
					.flatMap(({reads}) => [...reads])
					.find(tid => threads.get(tid)?.pid !== threads.get(writer)?.pid);
				if (reader !== undefined) return [{channel, writer, reader}];
			}
		}
		return [];
	});
};
