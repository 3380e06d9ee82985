// From C text to a machine or session, for tests that look at what machines do.

import assert from 'node:assert/strict';
import {toolchain} from '../../source/commands/toolchain.js';
import {compileProgram} from '../../source/compiler/compile.js';
import type {Program} from '../../source/bytecode/program.js';
import type {MachineConfig} from '../../source/kernel/kernel.js';
import {
	createSession,
	outputOf,
	type Session,
	type SessionOptions,
	type TimedInput,
} from '../../source/machine/session.js';
import {defaultConfig, type MachineSetup} from '../../source/machine/setup.js';

/** Compiles C with the library, or fails the test with the diagnostics. */
export const compileText = (name: string, text: string): Program => {
	const {library, headers} = toolchain();
	const result = compileProgram({
		name,
		sources: [{fileName: `${name}.c`, text}],
		includes: file => {
			const header = headers.get(file);
			return header === undefined ? undefined : {fileName: file, text: header, isSystem: true};
		},
		library,
	});
	if (result.kind === 'failed')
		assert.fail(result.diagnostics.map(({line, message}) => `${line}: ${message}`).join('\n'));
	return result.program;
};

/** A machine of one host that runs these programs at once, in order. */
export const setupOf = (
	texts: Readonly<Record<string, string>>,
	config: Partial<MachineConfig> = {},
): MachineSetup => {
	const programs = new Map(
		Object.entries(texts).map(([name, text]) => [`/${name}`, compileText(name, text)]),
	);
	return {
		config: {...defaultConfig, ...config},
		hosts: [{name: 'alpha', address: '10.0.0.1'}],
		links: [],
		files: [],
		programs,
		processes: [...programs.keys()].map(program => ({
			program,
			host: 'alpha',
			argv: [program],
			at: 0,
		})),
		isTerminal: [false, false, false],
		recordEvents: true,
		eventLimit: 2000,
	};
};

export const sessionOf = (
	texts: Readonly<Record<string, string>>,
	config: Partial<MachineConfig> = {},
	inputs: ReadonlyArray<Omit<TimedInput, 'isPlanned'>> = [],
	options: SessionOptions = {keepsHistory: true},
): Session => createSession(setupOf(texts, config), inputs, options);

/** What has been printed on standard output. */
export const printed = (session: Session): string =>
	outputOf(session)
		.filter(({stream}) => stream === 1)
		.map(({bytes}) => new TextDecoder().decode(bytes))
		.join('');
