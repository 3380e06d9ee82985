// What time travel costs, with fifty processes: a step back, a seek, the memory of the history, and running with history
// against running without. In one Node process, so that nothing but the machine is measured.

import process from 'node:process';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {toolchain} from '../../source/commands/toolchain.js';
import {compileProgram} from '../../source/compiler/compile.js';
import {createSession, runUntil, type Session} from '../../source/machine/session.js';
import {defaultConfig, type MachineSetup} from '../../source/machine/setup.js';
import {stepStatementBack} from '../../source/machine/stepping.js';
import {seek} from '../../source/machine/time-travel.js';
import {formatMs, median} from './measure.js';

/** Each computes, stores to memory of its own and to shared memory, and writes to a pipe, reads from it, or sleeps. */
const fiftyProcesses = `
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
	int ends[2];
	pipe(ends);
	volatile int *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < 49; i++) {
		if (fork() != 0) continue;
		char *block = malloc(8192);
		unsigned x = i + 1;
		for (;;) {
			for (int k = 0; k < 300; k++) {
				x = x * 1103515245 + 12345;
				block[x % 8192] = x;
			}
			shared[i] = x;
			char c = x;
			if (i % 3 == 0) write(ends[1], &c, 1);
			else if (i % 3 == 1) read(ends[0], &c, 1);
			else usleep(200);
		}
	}
	for (;;) pause();
}
`;

const usualCycles = 50_000_000;
const longCycles = 10 * usualCycles;
/** Cycles between two looks of whoever holds the clock. */
const pieceCycles = 100_000;
const moves = 100;
const mebibyte = 2 ** 20;

const setupOf = (): MachineSetup => {
	const {library, headers} = toolchain();
	const result = compileProgram({
		name: 'fifty',
		sources: [{fileName: 'fifty.c', text: fiftyProcesses}],
		includes: file => {
			const text = headers.get(file);
			return text === undefined ? undefined : {fileName: file, text, isSystem: true};
		},
		library,
	});
	if (result.kind === 'failed') throw new Error('the program of the bench does not compile');
	return {
		config: defaultConfig,
		hosts: [{name: 'alpha', address: '10.0.0.1'}],
		links: [],
		files: [],
		programs: new Map([['/fifty', result.program]]),
		processes: [{program: '/fifty', host: 'alpha', argv: ['fifty'], at: 0}],
		isTerminal: [false, false, false],
		recordEvents: true,
		eventLimit: 20_000,
	};
};

/** Processor milliseconds, the collector's included. */
const cpuOf = (action: () => void): number => {
	const before = process.cpuUsage();
	action();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
};

const runTo = (session: Session, cycles: number): void => {
	for (let cycle = 0; cycle <= cycles; cycle += pieceCycles) runUntil(session, cycle);
};

const percentile = (values: readonly number[], share: number): number =>
	[...values].sort((a, b) => a - b)[
		Math.min(values.length - 1, Math.floor(values.length * share))
	]!;

const collectGarbage = (): void => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	collect();
	collect();
};

const memoryInUse = (): number => {
	collectGarbage();
	const {heapUsed, arrayBuffers} = process.memoryUsage();
	return (heapUsed + arrayBuffers) / mebibyte;
};

type Run = {readonly session: Session; readonly ratio: number; readonly memory: number};

/** Runs with and without history, taking turns. */
const compareRuns = (setup: MachineSetup, cycles: number, rounds: number): Run => {
	const ratios: number[] = [];
	let session = createSession(setup, [], {keepsHistory: true});
	let memory = 0;
	for (let round = 0; round < rounds; round++) {
		const plain = cpuOf(() => runTo(createSession(setup), cycles));
		session = createSession(setup, [], {keepsHistory: true});
		const before = memoryInUse();
		ratios.push(cpuOf(() => runTo(session, cycles)) / plain);
		memory = memoryInUse() - before;
	}
	return {session, ratio: median(ratios), memory};
};

/** Goes to cycles all over the history, the same ones each time. */
const timeSeeks = (session: Session, cycles: number): number[] =>
	Array.from({length: moves}, (_, index) => {
		const target = Math.floor(((index * 0.618_033_988_749_895) % 1) * cycles);
		return cpuOf(() => seek(session, target));
	});

/** Steps back from the end: first one thread, then each time another one. */
const timeStepsBack = (session: Session, cycles: number): number[] => {
	seek(session, cycles);
	const tids = [...session.machine.kernel.threads.keys()].slice(3);
	return Array.from({length: moves}, (_, index) => {
		const tid = tids[index < moves / 2 ? 0 : index % tids.length]!;
		return cpuOf(() => void stepStatementBack(session, tid));
	});
};

const describeRun = (setup: MachineSetup, cycles: number, rounds: number): string => {
	const {session, ratio, memory} = compareRuns(setup, cycles, rounds);
	const back = timeStepsBack(session, cycles);
	const seeks = timeSeeks(session, cycles);
	const pair = (times: readonly number[]): string =>
		`${formatMs(percentile(times, 0.5))} (p95 ${formatMs(percentile(times, 0.95))})`;
	return `  after ${cycles / 1e6} M cycles: step back ${pair(back)} · seek ${pair(seeks)} · history ${memory.toFixed(0)} MiB, ${session.history!.checkpoints.length} checkpoints · running with history ${ratio.toFixed(2)} times the processor time without`;
};

/** Prints what time travel costs after a usual and after a long run. */
export const benchHistory = (print: (line: string) => void, rounds: number): void => {
	const setup = setupOf();
	// The host's compiler warms up on another run.
	compareRuns(setup, usualCycles / 5, 1);
	print('Time travel with 50 processes, processor time:');
	print(describeRun(setup, usualCycles, rounds));
	print(describeRun(setup, longCycles, 1));
};
