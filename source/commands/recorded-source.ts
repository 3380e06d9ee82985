// What a recording says of the run's origin: every file that went into it, the machine's settings, the arguments. Enough
// to build the same machine again, on a computer that has none of the files.

import type {
	RecordedInput,
	RecordedScenario,
	Recording,
	RecordingError,
} from '../machine/recording.js';
import type {Session, TimedInput} from '../machine/session.js';
import type {ScheduledInput} from '../scenario/scenario.js';

/** A recording's scenario, and what else decides how the programs run. */
export type RecordedSource = RecordedScenario & {
	/** What isatty(3) said of standard input, output and error: it decides how programs buffer. */
	readonly isTerminal: readonly [boolean, boolean, boolean];
	/** The ipctop that ran it: another one may count cycles differently. */
	readonly version: string;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The source of a recording, or what is missing in a file that its checksums pass. */
export const sourceOf = ({scenario}: Recording): RecordedSource | RecordingError => {
	const value: unknown = scenario;
	if (!isRecord(value)) return {error: 'it does not say what was run'};
	const {name, entry, files, machine, args, isTerminal, version} = value;
	const isComplete =
		typeof name === 'string' &&
		typeof entry === 'string' &&
		isRecord(files) &&
		Object.values(files).every(text => typeof text === 'string') &&
		Object.hasOwn(files, entry) &&
		isRecord(machine) &&
		(args === undefined ||
			(Array.isArray(args) && args.every(argument => typeof argument === 'string')));
	if (!isComplete) return {error: 'it lacks the files of its scenario'};
	const terminals =
		Array.isArray(isTerminal) && isTerminal.length === 3 ? isTerminal.map(Boolean) : [];
	const [input = false, output = false, errors = false] = terminals;
	return {
		...scenario,
		isTerminal: [input, output, errors],
		version: typeof version === 'string' ? version : '',
	};
};

/**
 * The inputs of a session that a recording must hold, in the order in which they are applied: all up to the last one
 * that the scenario does not bring by itself. Cycles never fall, so that sorting by them keeps the order.
 */
export const inputsToRecord = ({inputs, applied}: Session): readonly RecordedInput[] => {
	const last = inputs.findLastIndex((item, index) => index < applied || !item.isPlanned);
	let floor = 0;
	return inputs.slice(0, last + 1).map(({cycle, input}: TimedInput) => {
		floor = Math.max(floor, cycle);
		return {cycle: floor, input};
	});
};

const textOf = (input: RecordedInput['input']): string =>
	JSON.stringify('data' in input ? {...input, data: [...input.data]} : input);

/** The inputs of a replay: the recorded ones, then those of the scenario that had not come yet. */
export const inputsToReplay = (
	planned: readonly ScheduledInput[],
	recorded: readonly RecordedInput[],
): readonly ScheduledInput[] => {
	// Planned inputs stand among the recorded ones in their order. One of the user's that equals the next planned one does
	// the same, so it may be taken for it.
	let next = 0;
	for (const {cycle, input} of recorded) {
		const candidate = planned[next];
		if (candidate && candidate.at <= cycle && textOf(candidate.input) === textOf(input)) next++;
	}
	const last = recorded.at(-1)?.cycle ?? 0;
	return [
		...recorded.map(({cycle, input}) => ({at: cycle, input})),
		...planned.slice(next).map(({at, input}) => ({at: Math.max(at, last), input})),
	];
};
