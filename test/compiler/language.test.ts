import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {tokenize} from '../../source/compiler/text/lexer.js';
import {check, shortLine} from './front-end.js';
import {treeProblems} from './tree-invariants.js';

const fixture = join(import.meta.dirname, 'fixtures/language.c');
const text = readFileSync(fixture, 'utf8');
const hasGcc = spawnSync('gcc', ['--version']).status === 0;

test('one of everything the language has passes without an error', () => {
	const {diagnostics, unit} = check(text);
	expect(
		diagnostics
			.filter(({severity}) => severity === 'error')
			.map(diagnostic => shortLine(diagnostic)),
	).toEqual([]);
	expect(unit.functions.length).toBeGreaterThan(20);
});

test.skipIf(!hasGcc)(
	'gcc accepts the same file, static assertions and all (skipped: no gcc here)',
	() => {
		const {status, stderr} = spawnSync('gcc', ['-std=gnu11', '-fsyntax-only', '-w', fixture], {
			encoding: 'utf8',
		});
		expect(stderr).toBe('');
		expect(status).toBe(0);
	},
);

test('every node of the tree has the types that ast.ts promises', () => {
	expect(treeProblems(check(text).unit)).toEqual([]);
});

test('a program with any one token missing or doubled is diagnosed or accepted, never a crash', () => {
	const tokens = tokenize(text, 0, new Map()).slice(0, -1);
	const body = tokens.findIndex(token => token.text === 'locals');
	for (let index = body; index < body + 400; index += 3) {
		const {position, text: spelling} = tokens[index]!;
		const end = position + spelling.length;
		for (const mutated of [
			text.slice(0, position) + text.slice(end),
			`${text.slice(0, end)} ${spelling} ${text.slice(end)}`,
			text.slice(0, end),
		]) {
			const {diagnostics} = check(mutated);
			expect(diagnostics.filter(({severity}) => severity === 'error').length).toBeLessThanOrEqual(
				20,
			);
		}
	}
});
