// The programs of the conformance collection, each on a fresh machine, as `ipctop run` runs them: standard output a file,
// standard input empty. Every one must print what Linux printed, byte for byte, and end with the same status. The
// collection lies beside the repository; without it these tests are skipped.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {run} from '../../source/commands/run.js';
import {callCommand} from '../commands/memory-host.js';

const collection = join(import.meta.dirname, '../../../shared/conformance');

/** Twenty simulated seconds; the slowest program needs one and a half. */
const until = '200M';

/** Programs of each group. */
const groups: Readonly<Record<string, number>> = {
	process: 32,
	pipes: 46,
	fifos: 14,
	files: 32,
	shm: 22,
	threads: 23,
	signals: 34,
	ipc: 26,
	sched: 13,
	unix: 24,
	inet: 24,
};

const isPresent = existsSync(collection);
const reason = 'needs the conformance collection, ../shared/conformance';

const namesOf = (group: string): readonly string[] =>
	readdirSync(join(collection, group))
		.filter(name => name.endsWith('.c'))
		.map(name => name.slice(0, -2))
		.sort();

test.runIf(isPresent)('every group and every program of the collection is known', () => {
	const found = readdirSync(collection, {withFileTypes: true}).filter(entry => entry.isDirectory());
	expect(Object.fromEntries(found.map(({name}) => [name, namesOf(name).length]))).toEqual(groups);
});

test.skipIf(isPresent)(`skipped: ${reason}`, () => {});

describe.runIf(isPresent).each(Object.keys(groups))('%s', group => {
	test.each(isPresent ? namesOf(group) : [])('%s', async name => {
		const path = join(collection, group, name);
		const result = await callCommand(run, [`${path}.c`, '--until', until]);
		const expected = readFileSync(`${path}.out`);
		expect({status: result.status, stdout: result.stdout, stderr: result.stderr}).toEqual({
			status: Number(readFileSync(`${path}.status`, 'utf8')),
			stdout: expected.toString(),
			stderr: expect.any(String),
		});
		expect(Buffer.compare(result.stdoutBytes, expected)).toBe(0);
	});
});
