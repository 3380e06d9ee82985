// Wherever one goes in the history of a random scenario, and however, the state is that of a run straight to there.
// IPCTOP_RANDOM_HISTORIES sets the number of scenarios (default 12), IPCTOP_RANDOM_FIRST the first one's.

import assert from 'node:assert/strict';
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {describe, test} from 'vitest';
import {endOf, furthestOf, runReplay} from '../../source/commands/session-recorder.js';
import {inputsToRecord, inputsToReplay} from '../../source/commands/recorded-source.js';
import {usualLimits} from '../../source/machine/history.js';
import {formatRecording, parseRecording} from '../../source/machine/recording.js';
import {
	createSession,
	cycleOf,
	inject,
	outputOf,
	runFor,
	runUntil,
	type Session,
} from '../../source/machine/session.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {isContextSwitch, stepBackToEvent, stepToEvent} from '../../source/machine/moments.js';
import {stepStatement, stepStatementBack} from '../../source/machine/stepping.js';
import {returnToBranch, seek} from '../../source/machine/time-travel.js';
import {createRandom, type Random} from '../support/random.js';
import {randomInput, randomSetup, usualLength} from './random-scenario.js';

const count = Number(process.env['IPCTOP_RANDOM_HISTORIES'] ?? 12);
const first = Number(process.env['IPCTOP_RANDOM_FIRST'] ?? 0);
const movesPerScenario = 25;
/** A step that leads nowhere is given up early, in cycles: straight runs have to come this far, too. */
const stepCycles = 50_000;

/** The inputs in the order and at the cycles at which they were applied. */
const inputsOf = ({inputs}: Session) => {
	let floor = 0;
	return inputs.map(({cycle, input}) => {
		floor = Math.max(floor, cycle);
		return {cycle: floor, input};
	});
};

/** A machine that went straight to the cycle, with the inputs of the session's present branch. */
const straightTo = (session: Session, cycle: number): Session => {
	const straight = createSession(session.setup, inputsOf(session));
	runUntil(straight, cycle);
	return straight;
};

const textOf = (output: ReadonlyArray<{readonly bytes: Uint8Array}>): string =>
	output.map(({bytes}) => Buffer.from(bytes).toString('latin1')).join('');

const assertSame = (session: Session, cycle: number, what: string): void => {
	const straight = straightTo(session, cycle);
	assert.equal(cycleOf(session), cycleOf(straight), `${what}: cycle`);
	assert.equal(hashMachine(session.machine), hashMachine(straight.machine), `${what}: state`);
	const texts = [outputOf(session), straight.machine.kernel.console.output].map(textOf);
	assert.equal(texts[0], texts[1], `${what}: output`);
};

/** A cycle that no run can tell from its neighbours: all inputs so far have been applied, those to come have not. */
const isBetweenInputs = (session: Session, cycle: number): boolean =>
	inputsOf(session).every(input => input.cycle !== cycle);

/** After any move the future must be the one it always was. */
const assertSameFuture = (session: Session, random: Random, what: string): void => {
	const latest = Math.max(...session.machine.kernel.cpus.map(({clock}) => clock));
	const cycle = latest + 1 + random.below(3000);
	const present = cycleOf(session);
	runUntil(session, cycle);
	if (isBetweenInputs(session, cycle)) assertSame(session, cycle, what);
	if (random.below(2) === 0) seek(session, present);
};

const anyThread = (session: Session, random: Random): number =>
	random.pick([...session.machine.kernel.threads.keys()]);

const moves: ReadonlyArray<readonly [string, (session: Session, random: Random) => void]> = [
	['run', (session, random) => runFor(session, random.below(30_000))],
	[
		'step',
		(session, random) => void stepStatement(session, anyThread(session, random), stepCycles),
	],
	[
		'step back',
		(session, random) => {
			const before = cycleOf(session);
			stepStatementBack(session, anyThread(session, random));
			assert.ok(cycleOf(session) <= before + session.machine.kernel.cpus.length * 200);
		},
	],
	['step by event', session => void stepToEvent(session, () => true)],
	['back by event', session => void stepBackToEvent(session)],
	['step by slice', session => void stepToEvent(session, isContextSwitch)],
	[
		'inject',
		(session, random) => {
			const {ending} = session;
			const result = inject(session, randomInput(random, session.setup));
			if (ending?.kind === 'ended') assert.equal(result.isDone, false);
		},
	],
	[
		'return to a branch',
		(session, random) => {
			if (session.branches.length > 0)
				returnToBranch(session, random.below(session.branches.length));
		},
	],
];

const packetsInFlight = ({machine}: Session): number =>
	machine.kernel.timers.filter(({action}) => action.kind === 'packet').length;

/** What the moves of all scenarios met, so that a sample that says nothing fails. */
const met = {packets: 0, pastInputs: 0, seeks: 0, checkpoints: 0};

const seekAnywhere = (session: Session, random: Random, log: string[]): void => {
	const {horizon} = session;
	const target = random.pick([
		0,
		horizon,
		horizon + 5000,
		...random.times(9, () => random.below(horizon)),
	]);
	log.push(`seek ${target} at ${cycleOf(session)}`);
	seek(session, target);
	met.seeks++;
	met.packets += packetsInFlight(session) > 0 ? 1 : 0;
	if (isBetweenInputs(session, target)) assertSame(session, target, `seek to ${target}`);
};

/** The recording of all that the session has come to runs to the same state and the same trace. */
const assertReplays = (session: Session): void => {
	const furthest = furthestOf(session);
	const end = endOf(furthest);
	const inputs = inputsToRecord(furthest);
	const scenario = {name: 'random', entry: 'a.c', files: {'a.c': ''}, machine: {}};
	const recording = parseRecording(formatRecording({scenario, inputs, end}));
	assert.ok(!('error' in recording) && recording.end);
	const planned = session.inputs.filter(({isPlanned}) => isPlanned);
	const toCome = inputsToReplay(
		planned.map(({cycle, input}) => ({at: cycle, input})),
		recording.inputs,
	);
	const replay = createSession(
		session.setup,
		toCome.map(({at, input}) => ({cycle: at, input})),
	);
	runReplay(replay, recording.inputs.length, recording.end.cycle);
	assert.equal(hashMachine(replay.machine), recording.end.hash, 'replay: state');
	const {count: events, entries} = furthest.machine.kernel.events;
	assert.equal(replay.machine.kernel.events.count, events, 'replay: number of events');
	const tail = Math.min(entries.length, replay.machine.kernel.events.entries.length);
	assert.deepEqual(replay.machine.kernel.events.entries.slice(-tail), entries.slice(-tail));
};

const explore = (seed: number): void => {
	const random = createRandom(seed);
	const setup = randomSetup(random);
	const planned = random.times(random.below(4), () => ({
		cycle: random.below(usualLength),
		input: randomInput(random, setup),
	}));
	const historyLimits = {...usualLimits, checkpoints: 9, workInterval: 4000, workPerObject: 0};
	const session = createSession(setup, planned, {keepsHistory: true, historyLimits});
	runUntil(session, random.between(usualLength / 4, usualLength));
	const log: string[] = [];
	try {
		for (let turn = 0; turn < movesPerScenario; turn++) {
			if (random.below(2) === 0) {
				seekAnywhere(session, random, log);
				continue;
			}
			const [name, move] = random.pick(moves);
			log.push(`${name} at ${cycleOf(session)}`);
			if (name === 'inject' && cycleOf(session) < session.horizon) met.pastInputs++;
			move(session, random);
			if (random.below(3) === 0) assertSameFuture(session, random, `after ${name}`);
		}
		log.push('record');
		assertReplays(session);
		met.checkpoints += session.history!.checkpoints.length;
	} catch (error) {
		const {cpus, quantum, scheduler} = setup.config;
		throw new Error(
			`scenario ${seed} (${cpus} CPUs, ${quantum}, ${scheduler}), after ${log.join(', ')}: ${String(error)}`,
			{cause: error},
		);
	}
};

describe('a random walk through the history of a random scenario always stands where a straight run would', () => {
	const groups = Math.min(8, count);
	test.each(Array.from({length: groups}, (_, group) => group))(
		'scenarios of group %i',
		{timeout: 100_000_000},
		group => {
			for (let seed = first + group; seed < first + count; seed += groups) explore(seed);
		},
	);

	test('the walks met packets in flight, checkpoints, and inputs in the past', () => {
		assert.ok(met.packets * 50 >= met.seeks, `${met.packets} of ${met.seeks} seeks`);
		assert.ok(met.pastInputs > 0);
		assert.ok(met.checkpoints > 4 * count);
	});
});
