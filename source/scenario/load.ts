// From a scenario document, or a bare C file, to a Scenario. Files are read through a callback, so that loading is the
// same for presets, folders and tests.

import {isToolPath, programNameOf, programPathOf, type ReadFile} from './program-names.js';
import {type CompiledPrograms, compilePrograms, type Toolchain} from './compile-programs.js';
import {defaultConfig, defaultEnvironment, type MachineSetup} from '../machine/setup.js';
import {inputOf} from './scheduled-input.js';
import type {LoadResult} from './scenario.js';
import type {MachineDocument, ProgramDocument, ScenarioDocument} from './scenario-document.js';

export type LoadOptions = {
	readonly toolchain: Toolchain;
	/** Reads a file of the scenario's folder; undefined if there is none. */
	readonly readFile: ReadFile;
	/** How diagnostics name a file of that folder. */
	readonly displayName: (path: string) => string;
	/** Taken instead of what the scenario says: the command line's flags. */
	readonly machine: MachineDocument;
	/** argv from 1 on of the first process, instead of the scenario's; undefined: the scenario's. */
	readonly args: readonly string[] | undefined;
	/** What isatty(3) says of standard input, output and error. */
	readonly isTerminal: readonly [boolean, boolean, boolean];
	/** Whether the machine keeps its event log. */
	readonly recordsEvents: boolean;
};

/** Events kept for those who look back; `trace` takes them out long before. */
const eventLimit = 20_000;

/** Loads a bare C file: one process of it on one host. */
export const loadProgram = (path: string, options: LoadOptions): LoadResult => {
	const name = programNameOf(path);
	return loadDocument(name, {title: name, processes: [{program: path}]}, options);
};

/** Compiles what a document names, and sets up the machine that it describes. */
export const loadDocument = (
	name: string,
	document: ScenarioDocument,
	options: LoadOptions,
): LoadResult => {
	const used: readonly ProgramDocument[] = [
		...document.processes.map(({program}) => program),
		...(document.programs ?? []),
	];
	const {readFile, displayName, toolchain} = options;
	const compiled = compilePrograms(used, readFile, displayName, toolchain);
	if (!compiled.ok) return {ok: false, problems: compiled.diagnostics};
	return {
		ok: true,
		warnings: compiled.diagnostics,
		scenario: {
			name,
			title: document.title ?? name,
			summary: document.summary ?? '',
			setup: setUp(document, compiled, options),
			watch: document.watch ?? [],
			inputs: (document.inputs ?? []).map(inputOf).sort((a, b) => a.at - b.at),
			guide: document.guide ?? [],
			expect: document.expect ?? [],
		},
	};
};

/** The environment of a login with a process's own variables, which replace those of the same name. */
const environmentWith = (own: Readonly<Record<string, string>>): readonly string[] => [
	...defaultEnvironment.filter(line => !Object.hasOwn(own, line.slice(0, line.indexOf('=')))),
	...Object.entries(own).map(([name, value]) => `${name}=${value}`),
];

const setUp = (
	document: ScenarioDocument,
	{programs}: CompiledPrograms,
	options: LoadOptions,
): MachineSetup => {
	const hosts = Object.entries(document.hosts ?? {}).map(([name, {address}]) => ({name, address}));
	if (hosts.length === 0) hosts.push({name: 'localhost', address: '10.0.0.1'});
	return {
		config: {...defaultConfig, ...document.machine, ...options.machine},
		hosts,
		links: (document.links ?? []).map(link => ({latency: 0, jitter: 0, loss: 0, ...link})),
		files: Object.entries(document.files ?? {}).map(([path, text]) => ({
			path,
			data: new TextEncoder().encode(text),
		})),
		programs: new Map([...programs, ...options.toolchain.tools]),
		processes: document.processes.map((process, index) => {
			const name = programNameOf(process.program);
			const args = (index === 0 ? options.args : undefined) ?? process.args ?? [];
			return {
				program: programPathOf(process.program),
				host: process.host ?? hosts[0]!.name,
				argv: [isToolPath(process.program) ? name : `./${name}`, ...args.map(String)],
				environment: environmentWith(process.environment ?? {}),
				at: process.at ?? 0,
			};
		}),
		isTerminal: options.isTerminal,
		recordEvents: options.recordsEvents,
		eventLimit,
	};
};
