// Machines of several hosts, for tests of the network.

import type {Program} from '../../source/bytecode/program.js';
import type {MachineConfig} from '../../source/kernel/kernel.js';
import {
	createSession,
	runUntil,
	type Session,
	type TimedInput,
} from '../../source/machine/session.js';
import {takeOutput} from '../../source/machine/machine.js';
import {defaultConfig, type LinkSetup, type ProcessSetup} from '../../source/machine/setup.js';

/** A process: its program, where it runs, when it starts, and its arguments. */
export type Actor = {
	readonly program: Program;
	readonly host: string;
	readonly at?: number;
	readonly args?: readonly string[];
};

export type NetworkOptions = {
	/** Host names; the first is 10.0.0.1. */
	readonly hosts: readonly string[];
	readonly links?: readonly LinkSetup[];
	readonly actors: readonly Actor[];
	readonly inputs?: ReadonlyArray<Omit<TimedInput, 'isPlanned'>>;
	readonly config?: Partial<MachineConfig>;
};

export const networkSession = ({
	hosts,
	links = [],
	actors,
	inputs = [],
	config,
}: NetworkOptions): Session => {
	const programs = new Map(actors.map(({program}) => [`/${program.name}`, program]));
	const processes: ProcessSetup[] = actors.map(({program, host, at = 0, args = []}) => ({
		program: `/${program.name}`,
		host,
		argv: [program.name, ...args],
		at,
	}));
	return createSession(
		{
			config: {...defaultConfig, ...config},
			hosts: hosts.map((name, index) => ({name, address: `10.0.0.${index + 1}`})),
			links,
			files: [],
			programs,
			processes,
			isTerminal: [false, false, false],
			recordEvents: true,
			eventLimit: 100_000,
		},
		inputs,
	);
};

/** Runs to the end, or to cycle `until`; gives what was printed. */
export const runNetwork = (session: Session, until = 5_000_000_000): string => {
	runUntil(session, until);
	return takeOutput(session.machine)
		.filter(({stream}) => stream === 1)
		.map(({bytes}) => new TextDecoder().decode(bytes))
		.join('');
};

/** The packets of the event log, as the trace shows them. */
export const packetTrace = (session: Session): readonly string[] =>
	session.machine.kernel.events.entries.flatMap(({cycle, body}) =>
		body.kind === 'packet' ? [`${cycle} ${body.text}`] : [],
	);
