// Random programs must compute what gcc's do. IPCTOP_RANDOM_PROGRAMS sets their number (default 50),
// IPCTOP_RANDOM_FIRST the first one's.

import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, expect, test} from 'vitest';
import {compileBare, runBare} from '../support/bare-machine.js';
import {verifyProgram} from '../support/verify-program.js';
import {randomBatch, randomProgram} from './random-program.js';

const count = Number(process.env['IPCTOP_RANDOM_PROGRAMS'] ?? 50);
const first = Number(process.env['IPCTOP_RANDOM_FIRST'] ?? 0);
const batchSize = 50;

const hasCompiler = (): boolean => {
	try {
		execFileSync('gcc', ['--version'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
};

const folder = mkdtempSync(join(tmpdir(), 'random-programs-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const reportText = '#include <stdio.h>\nvoid report(long value) { printf("%ld\\n", value); }\n';

/** What gcc's program reports. */
const expectedOf = (text: string): readonly string[] => {
	const [source, report, binary] = ['batch.c', 'report.c', 'batch'].map(name => join(folder, name));
	writeFileSync(source!, text);
	writeFileSync(report!, reportText);
	const flags = ['-O0', '-w', '-fwrapv', '-fno-strict-aliasing'];
	execFileSync('gcc', [...flags, source!, report!, '-o', binary!]);
	return execFileSync(binary!, {encoding: 'utf8', maxBuffer: 1 << 30})
		.trimEnd()
		.split('\n');
};

/** Reports by program: each begins with its number plus a million. */
const byProgram = (reports: readonly string[]): ReadonlyMap<string, readonly string[]> => {
	const programs = new Map<string, string[]>();
	let current: string[] = [];
	for (const report of reports) {
		if (/^1\d{6}$/.test(report) && !programs.has(report)) {
			current = [];
			programs.set(report, current);
		}
		current.push(report);
	}
	return programs;
};

test.skipIf(!hasCompiler())(
	`${count} random programs agree with gcc (needs gcc)`,
	() => {
		for (let at = first; at < first + count; at += batchSize) {
			const text = randomBatch(at, Math.min(batchSize, first + count - at));
			const program = compileBare(text);
			expect(verifyProgram(program)).toEqual([]);
			const actual = byProgram(runBare(program, 500_000_000).reports.map(String));
			for (const [number, reports] of byProgram(expectedOf(text))) {
				expect(actual.get(number), `program ${Number(number) - 1_000_000}`).toEqual(reports);
			}
		}
	},
	10 * 60_000,
);

test('a seed always gives the same program', () => {
	expect(randomProgram(7, 1)).toBe(randomProgram(7, 1));
	expect(randomProgram(7, 1)).not.toBe(randomProgram(8, 1));
});
