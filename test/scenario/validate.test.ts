import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {renderDiagnostics} from '../../source/compiler/text/diagnostics.js';
import {checkReferences} from '../../source/scenario/check-references.js';
import {findProblems} from '../../source/scenario/find-problems.js';
import {scenarioSchema} from '../../source/scenario/schema.js';
import {validateScenario} from '../../source/scenario/validate.js';
import {inOrder, parseYaml} from '../../source/scenario/yaml-source.js';

const problemsOf = (text: string, files: readonly string[] = ['a.c', 'b.c']): readonly string[] =>
	inOrder(
		findProblems(
			parseYaml('s.yaml', text),
			validateScenario,
			path => (files.includes(path) ? '' : undefined),
			new Set(['/bin/sh']),
		),
	).map(({line, column, message}) => `${line}:${column} ${message}`);

test('a scenario that uses every key has no problems', () => {
	const text = `
title: {en: "T", ko: "티"}
summary: S
lesson: {en: L}
order: 3
machine: {cpus: 2, quantum: 400, seed: 1, clock: 10000000, scheduler: feedback}
hosts: {alpha: {address: 10.0.0.1}, beta: {address: 10.0.0.2}}
links: [{between: [alpha, beta], latency: 2000, jitter: 10, loss: 0.5}]
files: {/com.txt: "text"}
programs: [[b.c, a.c]]
processes: [{program: a.c, host: alpha, args: ["7000"], at: 5, environment: {A: b}}]
watch: ["*left"]
inputs:
  - {at: 1, write: {to: "fifo:/tmp/box", data: "x"}}
  - {at: 2, assign: {to: "var:*left", value: 3}}
  - {at: 3, signal: {pid: 2, signal: SIGTERM}}
  - {at: 4, type: "line"}
  - {at: 5, end-input: true}
  - {at: 6, link: {between: [alpha, beta], up: false}}
guide: [{when: {process: a, state: blocked, on: pipe.read}, pause: true, say: {en: "s"}, ask: a, answer: b, try: c}]
expect: [{process: a, busy: none}, {stdout: ""}, {deadlock: true}]
`;
	expect(problemsOf(text)).toEqual([]);
});

test('all problems of the schema and of references are reported at once, each at its line and column', () => {
	const text = `titel: Hello
machine: {cpus: 0, quantum: fast, sheduler: x}
hosts: {alpha: {address: 10.0.0.999}}
processes:
  - {program: a.c, host: beta}
  - {program: missing.c}
  - {args: [x]}
inputs: [{at: 10, write: {to: nowhere, data: x}, type: y}]
guide: [{when: {state: blockd, process: p}, say: hi}, {when: {}, say: ho}]
`;
	expect(problemsOf(text)).toEqual([
		'1:1 unknown key "titel" in the scenario; did you mean "title"?',
		'2:17 "cpus" must be at least 1',
		'2:29 "quantum" must be a whole number',
		'2:35 unknown key "sheduler" in "machine"; did you mean "scheduler"?',
		'3:26 "10.0.0.999" is no IPv4 address: its numbers go up to 255',
		'5:26 there is no host "beta"; there are: alpha',
		'6:15 there is no file "missing.c" beside the scenario',
		'7:5 item 3 of "processes" lacks the key "program"',
		'8:10 an input has exactly one of write, assign, signal, type, end-input, link; this one has write and type',
		'8:31 "nowhere" names no channel; channels are named pipe:7, fifo:/tmp/box, unix:/tmp/sock, tcp:10.0.0.1:7000, udp:…, file:/com.txt, device:/dev/radio, tty:PID',
		'9:24 "state" must be one of running, ready, blocked, stopped, zombie, ended; did you mean "blocked"?',
		'9:56 a step needs at least one condition',
	]);
});

test('a section that does not fit at all keeps nothing of the others from being checked', () => {
	const text = `processes: [{program: missing.c, host: beta}]
hosts: {alpha: {address: 10.0.0.1}}
links: 3
`;
	expect(problemsOf(text)).toEqual([
		'1:23 there is no file "missing.c" beside the scenario',
		expect.stringMatching(/^1:40 .*beta/),
		'3:8 "links" must be a list',
	]);
});

test('a process may run a tool of the machine, if there is one of that name', () => {
	expect(problemsOf('processes: [{program: /bin/sh, args: [-c, ls]}]\n')).toEqual([]);
	expect(problemsOf('processes: [{program: /bin/shh}]\n')).toEqual([
		'1:23 there is no program "/bin/shh"; did you mean "/bin/sh"?',
	]);
	expect(problemsOf('processes: [{program: sh}]\n')).toEqual([
		'1:23 "sh" is no C file (name.c); did you mean "/bin/sh"?',
	]);
});

test('a problem is shown with its line and a caret', () => {
	const source = parseYaml('s.yaml', 'processes: [{program: a.txt}]\n');
	const problems = checkReferences(source, source.document.toJS(), () => '', new Set());
	expect(renderDiagnostics(problems)).toBe(
		's.yaml:1:23: error: "a.txt" is no C file (name.c)\n' +
			'    1 | processes: [{program: a.txt}]\n' +
			'      |                       ^~~~~\n',
	);
});

test('mistakes of YAML itself are placed', () => {
	expect(problemsOf('processes: [\n  {program: a.c}\n')).toEqual([
		expect.stringMatching(/^\d+:\d+ Flow sequence in block collection must be/),
	]);
	expect(problemsOf('watch: []\nwatch: []\nprocesses: [{program: a.c}]\n')).toEqual([
		'2:1 Map keys must be unique',
	]);
	expect(problemsOf('')).toEqual(['1:1 the scenario is empty; it needs at least `processes`']);
	expect(problemsOf('just words')).toEqual(['1:1 the scenario must be a mapping (key: value)']);
});

test('two programs can not have one name', () => {
	expect(problemsOf('processes: [{program: x/a.c}, {program: y/a.c}]', ['x/a.c', 'y/a.c'])).toEqual(
		['1:41 two programs would both be /a: x/a.c, and y/a.c'],
	);
});

test('the schema for editors is the schema that is checked', () => {
	const path = join(import.meta.dirname, '../../presets/scenario.schema.json');
	expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(
		JSON.parse(JSON.stringify(scenarioSchema)),
	);
});
