// The outside of a command, in memory: what it prints is kept, what it reads is given.

import {type CommandHost, readTextFile} from '../../source/commands/host.js';
import type {Command} from '../../source/commands/invocation.js';
import {parseArguments} from '../../source/commands/arguments.js';
import {isUserError} from '../../source/commands/user-error.js';

export type MemoryHost = CommandHost & {
	readonly printed: {stdout: Uint8Array[]; stderr: Uint8Array[]};
	/** How often standard input was asked for bytes. */
	reads: number;
};

export type HostOptions = {
	readonly input?: readonly string[];
	readonly isTerminal?: boolean;
	readonly environment?: Readonly<Record<string, string>>;
};

export const createMemoryHost = ({
	input = [],
	isTerminal = false,
	environment = {},
}: HostOptions = {}): MemoryHost => {
	const printed: MemoryHost['printed'] = {stdout: [], stderr: []};
	const pending = [...input];
	const outputTo = (list: Uint8Array[]) => ({
		isTerminal,
		write: async (data: string | Uint8Array) => {
			list.push(typeof data === 'string' ? new TextEncoder().encode(data) : Uint8Array.from(data));
		},
	});
	const host: MemoryHost = {
		printed,
		reads: 0,
		stdout: outputTo(printed.stdout),
		stderr: outputTo(printed.stderr),
		stdin: {
			isTerminal,
			read: async () => {
				host.reads++;
				const text = pending.shift();
				return text === undefined ? undefined : new TextEncoder().encode(text);
			},
		},
		environment,
		readFile: readTextFile,
	};
	return host;
};

export type CommandResult = {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
	readonly stdoutBytes: Uint8Array;
	/** How often standard input was read. */
	readonly reads: number;
};

const joinBytes = (chunks: readonly Uint8Array[]): Uint8Array =>
	new Uint8Array(Buffer.concat(chunks));

/** Calls a command with what stands after its name. A user error is printed as cli.ts prints it. */
export const callCommand = async (
	command: Command,
	argv: readonly string[],
	options: HostOptions = {},
): Promise<CommandResult> => {
	const host = createMemoryHost(options);
	const parsed = parseArguments(argv);
	const result = isUserError(parsed)
		? parsed
		: await command({
				host,
				operands: parsed.positionals,
				programArguments: parsed.programArguments,
				values: parsed.values,
			});
	if (isUserError(result)) await host.stderr.write(`ipctop: ${result.message}\n`);
	const stdoutBytes = joinBytes(host.printed.stdout);
	return {
		status: isUserError(result) ? result.status : result,
		stdout: new TextDecoder().decode(stdoutBytes),
		stderr: new TextDecoder().decode(joinBytes(host.printed.stderr)),
		stdoutBytes,
		reads: host.reads,
	};
};
