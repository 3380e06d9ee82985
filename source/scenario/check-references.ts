// What the schema can't say: names that must exist, keys of which exactly one is allowed, conditions that need each
// other. All problems at once, each at its place.

import type {Diagnostic} from '../compiler/text/diagnostics.js';
import {suggestion} from './nearest-name.js';
import type {
	ExpectDocument,
	GuideCondition,
	InputDocument,
	ProgramDocument,
	ScenarioDocument,
} from './scenario-document.js';
import {isToolPath, programFiles, programNameOf, type ReadFile} from './program-names.js';
import {signalNumberOf} from './signal-names.js';
import {type Path, problemAt, type YamlSource} from './yaml-source.js';

type Check = {
	readonly source: YamlSource;
	readonly document: ScenarioDocument;
	readonly readFile: ReadFile;
	/** The tools that machines have, by absolute path. */
	readonly tools: ReadonlySet<string>;
	readonly problems: Diagnostic[];
};

/** All problems of a document that fits the schema. */
export const checkReferences = (
	source: YamlSource,
	document: ScenarioDocument,
	readFile: ReadFile,
	tools: ReadonlySet<string>,
): readonly Diagnostic[] => {
	const check: Check = {source, document, readFile, tools, problems: []};
	checkPrograms(check);
	checkHosts(check);
	document.inputs?.forEach((input, index) => {
		checkInput(check, input, ['inputs', index]);
	});
	document.guide?.forEach(({when}, index) => {
		checkCondition(check, when, ['guide', index, 'when']);
	});
	document.expect?.forEach((expectation, index) => {
		checkExpectation(check, expectation, ['expect', index]);
	});
	return check.problems;
};

const report = (check: Check, path: Path, message: string): void => {
	check.problems.push(problemAt(check.source, path, message));
};

const checkPrograms = (check: Check): void => {
	const {document} = check;
	const places: ReadonlyArray<readonly [ProgramDocument, Path] | undefined> = [
		...document.processes.map(
			({program}, index) => [program, ['processes', index, 'program']] as const,
		),
		...(document.programs ?? []).map((program, index) => [program, ['programs', index]] as const),
	];
	const known = new Map<string, string>();
	for (const place of places) {
		if (place === undefined) continue; // An entry that does not fit the schema.
		const [program, path] = place;
		checkFiles(check, program, path);
		const name = programNameOf(program);
		const files = programFiles(program).join(' ');
		const other = known.get(name);
		if (other !== undefined && other !== files)
			report(check, path, `two programs would both be /${name}: ${other}, and ${files}`);
		known.set(name, other ?? files);
	}
};

const checkFiles = (check: Check, program: ProgramDocument, path: Path): void => {
	if (isToolPath(program)) {
		checkTool(check, program, path);
		return;
	}
	programFiles(program).forEach((file, index) => {
		const place = typeof program === 'string' ? path : [...path, index];
		if (!file.endsWith('.c'))
			report(check, place, `"${file}" is no C file (name.c)${toolHint(check, file)}`);
		else if (check.readFile(file) === undefined)
			report(check, place, `there is no file "${file}" beside the scenario`);
	});
};

const toolHint = ({tools}: Check, name: string): string =>
	tools.has(`/bin/${name}`) ? `; did you mean "/bin/${name}"?` : '';

const checkTool = (check: Check, program: string, path: Path): void => {
	if (check.tools.has(program)) return;
	const hint = suggestion(program, [...check.tools]) || '; programs of the machine are in /bin';
	report(check, path, `there is no program "${program}"${hint}`);
};

const checkHosts = (check: Check): void => {
	const {document} = check;
	const names = Object.keys(document.hosts ?? {});
	const addresses = new Map<string, string>();
	for (const [name, {address}] of Object.entries(document.hosts ?? {})) {
		const path = ['hosts', name, 'address'];
		if (address.split('.').some(part => Number(part) > 255))
			report(check, path, `"${address}" is no IPv4 address: its numbers go up to 255`);
		const other = addresses.get(address);
		if (other !== undefined)
			report(check, path, `host "${other}" has the address ${address} already`);
		addresses.set(address, name);
	}
	const need = (host: string | undefined, path: Path): void => {
		if (host === undefined || names.includes(host)) return;
		const hint =
			names.length === 0
				? '; the scenario has no `hosts`'
				: suggestion(host, names) || `; there are: ${names.join(', ')}`;
		report(check, path, `there is no host "${host}"${hint}`);
	};
	document.processes.forEach(({host}, index) => {
		need(host, ['processes', index, 'host']);
	});
	document.links?.forEach(({between}, index) => {
		between.forEach((host, end) => {
			need(host, ['links', index, 'between', end]);
		});
		if (between[0] === between[1])
			report(check, ['links', index, 'between'], 'a link joins two different hosts');
	});
};

const inputActions = ['write', 'assign', 'signal', 'type', 'end-input', 'link'] as const;

const checkInput = (check: Check, input: InputDocument, path: Path): void => {
	const actions = inputActions.filter(action => input[action] !== undefined);
	if (actions.length !== 1)
		report(
			check,
			path,
			`an input has exactly one of ${inputActions.join(', ')}; this one has ${actions.join(' and ') || 'none'}`,
		);
	if (
		input.write &&
		!/^((pipe|fifo|file|unix|tcp|udp|tty):.|device:\/dev\/radio)/.test(input.write.to)
	)
		report(
			check,
			[...path, 'write', 'to'],
			`"${input.write.to}" names no channel; channels are named pipe:7, fifo:/tmp/box, unix:/tmp/sock, tcp:10.0.0.1:7000, udp:…, file:/com.txt, device:/dev/radio, tty:PID`,
		);
	if (input.write?.sender !== undefined && !/^(unix|udp):./.test(input.write.to))
		report(
			check,
			[...path, 'write', 'sender'],
			'only a datagram, to udp:… or unix:…, has a sender',
		);
	if (input.assign && !/^var:./.test(input.assign.to))
		report(
			check,
			[...path, 'assign', 'to'],
			`"${input.assign.to}" names no variable; variables are named var:*left`,
		);
	if (input.signal && signalNumberOf(input.signal.signal) === undefined)
		report(check, [...path, 'signal', 'signal'], `there is no signal "${input.signal.signal}"`);
};

const checkCondition = (check: Check, when: GuideCondition, path: Path): void => {
	if (Object.keys(when).length === 0) report(check, path, 'a step needs at least one condition');
	const needs = (key: keyof GuideCondition, other: keyof GuideCondition): void => {
		if (when[key] !== undefined && when[other] === undefined)
			report(check, [...path, key], `"${key}" needs "${other}" beside it`);
	};
	needs('state', 'process');
	needs('on', 'state');
	needs('equals', 'variable');
	needs('variable', 'equals');
	needs('holds', 'channel');
	needs('channel', 'holds');
	if (when.signal !== undefined && signalNumberOf(when.signal) === undefined)
		report(check, [...path, 'signal'], `there is no signal "${when.signal}"`);
};

const checkExpectation = (check: Check, expectation: ExpectDocument, path: Path): void => {
	const {process, busy, status, signal, stdout, deadlock} = expectation;
	if ([busy, status, signal, stdout, deadlock].every(value => value === undefined))
		report(check, path, 'expects nothing: it needs busy, status, signal, stdout or deadlock');
	if ((busy ?? status ?? signal) !== undefined && process === undefined)
		report(check, path, 'busy, status and signal need the process they are about');
};
