// The command line: understands the arguments, calls a command, ends the process with its status.

import {writeSync} from 'node:fs';
import process from 'node:process';
import {commands, unknownCommand} from './commands/command-table.js';
import {findForeignFlag, parseArguments} from './commands/arguments.js';
import {type CommandHost, processHost} from './commands/host.js';
import {exitStatus, isUserError, type UserError} from './commands/user-error.js';

const main = async (argv: readonly string[], host: CommandHost): Promise<number | UserError> => {
	const parsed = parseArguments(argv);
	if (isUserError(parsed)) return parsed;
	const {positionals, programArguments, values} = parsed;
	const named = commands.find(({name}) => name === positionals[0] && name !== 'dashboard');
	const command = named ?? commands[0]!;
	const operands = named ? positionals.slice(1) : positionals;
	if (!named && positionals.length > 1 && positionals[0] !== 'help')
		return unknownCommand(positionals[0]!);

	if (values.switches.has('version')) {
		const {readVersion} = await import('./commands/resources.js');
		await host.stdout.write(`${readVersion()}\n`);
		return exitStatus.fine;
	}
	if (values.switches.has('help') || (!named && positionals[0] === 'help')) {
		const {helpText} = await import('./commands/help.js');
		const topic = commands.find(({name}) => name === positionals[1])?.name;
		await host.stdout.write(await helpText(named?.name ?? topic));
		return exitStatus.fine;
	}
	const foreign = findForeignFlag(values, command.name);
	if (foreign) return foreign;
	const run = await command.load();
	return run({host, operands, programArguments, values});
};

/** For the moment when a stream has failed: standard error may be the one. */
const writeLastWord = (text: string): void => {
	try {
		writeSync(2, text);
	} catch {
		// Nobody is left to tell.
	}
};

// A reader that has gone (`ipctop trace … | head`) ends the command as SIGPIPE would, without a word.
for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(exitStatus.brokenPipe);
		writeLastWord(`ipctop: can't write the output: ${error.message}\n`);
		process.exit(exitStatus.failed);
	});
}

const host = processHost();
try {
	const result = await main(process.argv.slice(2), host);
	if (isUserError(result)) await host.stderr.write(`ipctop: ${result.message}\n`);
	process.exit(isUserError(result) ? result.status : result);
} catch (error) {
	// Ours, not the user's: say so, and where to look.
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	await host.stderr.write(
		`ipctop: internal error; please report it together with the scenario\n${text}\n`,
	);
	process.exit(exitStatus.failed);
}
