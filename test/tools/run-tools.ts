// Runs tools and shell scripts in a machine, for tests.

import {readTools} from '../../source/commands/resources.js';
import {createSession, outputOf, runUntil, type Session} from '../../source/machine/session.js';
import {defaultConfig, defaultEnvironment, type MachineSetup} from '../../source/machine/setup.js';

/** Cycles after which a run is given up. */
const patience = 2_000_000_000;

export type ToolFiles = Readonly<Record<string, string>>;

/** A machine that runs one tool: `argv[0]` is its name in /bin. */
export const toolSetup = (
	argv: readonly string[],
	files: ToolFiles = {},
	isTerminal = false,
): MachineSetup => ({
	config: defaultConfig,
	hosts: [{name: 'alpha', address: '10.0.0.1'}],
	links: [],
	files: Object.entries(files).map(([path, text]) => ({
		path,
		data: new TextEncoder().encode(text),
	})),
	programs: readTools(),
	processes: [
		{program: `/bin/${argv[0]!}`, host: 'alpha', argv, environment: defaultEnvironment, at: 0},
	],
	isTerminal: [isTerminal, isTerminal, isTerminal],
	recordEvents: false,
	eventLimit: 0,
});

/** All that was printed on one stream. */
export const printedOn = (session: Session, stream: 1 | 2): string =>
	new TextDecoder().decode(
		Uint8Array.from(
			(session.history ? outputOf(session) : session.machine.kernel.console.output)
				.filter(piece => piece.stream === stream)
				.flatMap(({bytes}) => [...bytes]),
		),
	);

/** The exit status of the first process, or 128 + the signal that ended it. */
export const statusOf = ({machine}: Session): number | undefined => {
	const exit = machine.kernel.processes.get(machine.started[0]!)?.exit;
	if (!exit) return undefined;
	return 'status' in exit ? exit.status : 128 + exit.signal;
};

/** Runs a tool with `input` typed at the start and then closed. */
export const runTool = (argv: readonly string[], files: ToolFiles = {}, input = '') => {
	const inputs = [
		...(input === ''
			? []
			: [{cycle: 0, input: {kind: 'type', data: new TextEncoder().encode(input)} as const}]),
		{cycle: 0, input: {kind: 'end-input'} as const},
	];
	const session = createSession(toolSetup(argv, files), inputs);
	runUntil(session, patience);
	return {
		stdout: printedOn(session, 1),
		stderr: printedOn(session, 2),
		status: statusOf(session),
	};
};

/** Runs a shell command. */
export const runShell = (command: string, files: ToolFiles = {}, input = '') =>
	runTool(['sh', '-c', command], files, input);
