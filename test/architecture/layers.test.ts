import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'vitest';
import {findViolations} from '../../scripts/layers.js';
import {readFolder} from '../../source/commands/read-folder.js';

const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] =>
	findViolations(new Map(Object.entries(files))).map(
		({path, line, problem}) => `${path}:${line}: ${problem}`,
	);

test('the sources keep to the layer table', () => {
	const sources = readFolder(join(import.meta.dirname, '../../source'), /\.tsx?$/);
	assert.ok(sources.size > 20, 'the sources were found');
	assert.deepEqual(findViolations(sources), []);
});

test('an import upwards is caught, types and dynamic imports too', () => {
	assert.deepEqual(
		problemsOf({
			'kernel/pipe.ts': `import {x} from './x.js';\nimport {type Machine} from '../machine/machine.js';`,
			'kernel/x.ts': `export const x = () => import('../ui/app.js');`,
			'machine/machine.ts': `export {x} from '../kernel/x.js';`,
			'ui/app.tsx': `import '../scenario/load.js';`,
			'scenario/load.ts': `export * from '../kernel/x.js';`,
		}).filter(problem => !problem.includes('cycle')),
		[
			'kernel/pipe.ts:2: kernel may not import machine',
			'kernel/x.ts:1: kernel may not import ui',
			'ui/app.tsx:1: ui may not import scenario',
			'scenario/load.ts:1: scenario may not import kernel',
		],
	);
});

test('an import of a missing file or an unknown layer is caught', () => {
	assert.deepEqual(problemsOf({'vm/cpu.ts': `import './gone.js';`, 'helpers/all.ts': ''}), [
		'vm/cpu.ts:1: imports ./gone.js, which is no source file',
		'helpers/all.ts:1: helpers is no layer of the table',
	]);
});

test('the host is out of bounds below ui and commands', () => {
	assert.deepEqual(
		problemsOf({
			'machine/a.ts': `import {readFileSync} from 'node:fs';
				import 'path';
				const now = () => new Date() ?? Date.now();
				const chance = Math.random() + Math.floor(1);
				setTimeout(now, process.pid);
				const later = async () => { await 1; };
				console.log(globalThis.Buffer);`,
		}),
		[
			'machine/a.ts:1: machine may not import node:fs',
			'machine/a.ts:2: machine may not import path',
			'machine/a.ts:3: machine may not use Date',
			'machine/a.ts:3: machine may not use Date.now',
			'machine/a.ts:4: machine may not use Math.random',
			'machine/a.ts:5: machine may not use setTimeout',
			'machine/a.ts:5: machine may not use process.pid',
			'machine/a.ts:7: machine may not use console.log',
			'machine/a.ts:7: machine may not use globalThis.Buffer',
			'machine/a.ts:6: machine may not hold asynchronous code',
			'machine/a.ts:6: machine may not hold asynchronous code',
		],
	);
});

test("the kernel's own names are not the host's", () => {
	assert.deepEqual(
		problemsOf({
			'kernel/fork.ts': `
				import {process as first, type Process as Date} from './process.js';
				type Entry = {readonly process: Process; setTimeout(process: Process): Date};
				export const fork = (process: Process) => { process.pid++; return {process}; };
				const kill = ({process}: Entry) => process.pid;
				for (const process of []) first.process.pid = process;
				function wait(kernel, [process = first]) { return kernel.process.crypto + process; }
			`,
			'kernel/process.ts': 'export const process = 1; export type Process = number;',
		}),
		[],
	);
});

test('a local name hides a global only where it is in scope', () => {
	assert.deepEqual(
		problemsOf({
			'kernel/a.ts': 'const f = (process: number) => process;\nexport const g = process;',
		}),
		['kernel/a.ts:2: kernel may not use process'],
	);
});

test('npm packages stay where they belong', () => {
	assert.deepEqual(
		problemsOf({
			'kernel/a.ts': `import {parse} from 'yaml';`,
			'scenario/load.ts': `import Ajv from 'ajv/dist/2020.js'; import {Text} from 'ink';`,
			'ui/app.tsx': `import {Text} from 'ink'; import process from 'node:process';`,
		}),
		[
			'kernel/a.ts:1: kernel may not import the package yaml',
			'scenario/load.ts:1: scenario may not import the package ink',
		],
	);
});

test('one hook of the user interface knows the machine', () => {
	assert.deepEqual(
		problemsOf({
			'machine/session.ts': '',
			'ui/hooks/use-session.ts': `import '../../machine/session.js';`,
			'ui/hooks/use-other.ts': `import {type S} from '../../machine/session.js';`,
			'ui/panes/pipe-pane.tsx': `import '../../machine/session.js';`,
		}),
		[
			'ui/panes/pipe-pane.tsx:1: in ui only a hook may import machine',
			'ui/hooks/use-other.ts:1: one hook imports machine already: ui/hooks/use-session.ts',
		],
	);
});

test('a cycle of imports is caught, a cycle of types is not', () => {
	assert.deepEqual(
		problemsOf({
			'vm/a.ts': `import './b.js';`,
			'vm/b.ts': `import {c} from './c.js';`,
			'vm/c.ts': `export {b} from './b.js';`,
			'kernel/a.ts': `import {type B} from './b.js';`,
			'kernel/b.ts': `import type {A} from './a.js';`,
		}),
		['vm/c.ts:1: imports form a cycle: vm/b.ts → vm/c.ts → vm/b.ts'],
	);
});

test('classes in the simulation and exits outside the command line are caught', () => {
	assert.deepEqual(
		problemsOf({
			'kernel/pipe.ts': 'export class Pipe {}',
			'compiler/error.ts': 'export class CompileError extends Error {}',
			'commands/run.ts': 'process.exit(1);',
			'cli.ts': 'process.exit(0);',
		}),
		[
			'kernel/pipe.ts:1: class Pipe: state of kernel is plain data',
			'commands/run.ts:1: only cli.ts may call process.exit',
		],
	);
});
