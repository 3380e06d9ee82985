// The programs of the busy waiting collection: the first line of each says which share of its CPU time every thread
// spends on busy waiting, in order of creation. The collection lies beside the repository; without it these tests are
// skipped.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {stat} from '../../source/commands/stat.js';
import type {AccountingReport} from '../../source/view-model/stat.js';
import {callCommand} from '../commands/memory-host.js';

const collection = join(import.meta.dirname, '../../../shared/busywait');
const isPresent = existsSync(collection);

/** `most` is at least 0.9 of the thread's CPU cycles, `none` at most 0.05, `some` between 0.1 and 0.9. */
const classify = (share: number): string => {
	if (share >= 0.9) return 'most';
	if (share <= 0.05) return 'none';
	return share >= 0.1 ? 'some' : `between none and some (${share})`;
};

const programs = isPresent
	? readdirSync(collection)
			.filter(name => name.endsWith('.c'))
			.sort()
	: [];

test.skipIf(isPresent)('skipped: needs the busy waiting collection, ../shared/busywait', () => {});

describe.runIf(isPresent)('busy waiting is told from work', () => {
	test.each([
		[1, 10_000],
		[1, 400],
		[2, 10_000],
	])('with %i CPU(s) and slices of %i cycles', {timeout: 120_000}, async (cpus, quantum) => {
		const found: Record<string, string> = {};
		const expected: Record<string, string> = {};
		for (const name of programs) {
			const path = join(collection, name);
			const text = readFileSync(path, 'utf8');
			expected[name] = /^\/\/ busy: (.*)/.exec(text)![1]!.trim();
			const flags = [
				'--json',
				'--cpus',
				String(cpus),
				'--quantum',
				String(quantum),
				'--until',
				'200M',
			];
			const {stdout, stderr} = await callCommand(stat, [path, ...flags]);
			const report = stdout === '' ? undefined : (JSON.parse(stdout) as AccountingReport);
			const shares = report?.threads.map(({cpu, busy}) => classify(cpu === 0 ? 0 : busy / cpu));
			found[name] = shares?.join(' ') ?? stderr;
		}
		expect(found).toEqual(expected);
	});
});
