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

/** Programs of each group, and those of them that need what is not built yet: they must fail, or leave this list. */
const groups: Readonly<
	Record<string, {readonly programs: number; readonly notYet: readonly string[]}>
> = {
	process: {programs: 32, notYet: []},
	pipes: {programs: 46, notYet: []},
	fifos: {programs: 14, notYet: []},
	files: {programs: 32, notYet: []},
	shm: {programs: 22, notYet: []},
	threads: {programs: 23, notYet: []},
	signals: {programs: 34, notYet: []},
	ipc: {programs: 26, notYet: []},
	sched: {programs: 13, notYet: ['state-machine-with-poll']},
	unix: {
		programs: 24,
		notYet: [
			'abstract-name',
			'accept-order',
			'backlog',
			'bind-eaddrinuse',
			'client-server',
			'close-with-unread-data-econnreset',
			'closed-peer-epipe',
			'connect-errors',
			'dgram-by-name',
			'dgram-empty-message',
			'dgram-keeps-boundaries',
			'dgram-truncation',
			'fork-per-client',
			'message-union',
			'names-of-sockets',
			'peek-and-dontwait',
			'poll-listening',
			'poll-states',
			'select-three-pairs',
			'shutdown-half-close',
			'shutdown-read-side',
			'socketpair-both-ways',
			'stream-keeps-no-boundaries',
			'wrong-state-errors',
		],
	},
	inet: {
		programs: 24,
		notYet: [
			'fork-per-connection',
			'nonblocking-eagain',
			'rpc-struct',
			'select-several-clients',
			'tcp-accept-order',
			'tcp-big-transfer',
			'tcp-connect-refused',
			'tcp-data-before-accept',
			'tcp-eaddrinuse',
			'tcp-echo',
			'tcp-half-close',
			'tcp-listener-closed',
			'tcp-names',
			'tcp-no-boundaries',
			'tcp-nonblocking-connect',
			'tcp-reset-on-unread-data',
			'tcp-reuseaddr',
			'tcp-write-after-peer-close',
			'udp-boundaries',
			'udp-connect-filters',
			'udp-connected-refused',
			'udp-request-reply',
			'udp-truncation',
		],
	},
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
	expect(Object.fromEntries(found.map(({name}) => [name, namesOf(name).length]))).toEqual(
		Object.fromEntries(Object.entries(groups).map(([name, {programs}]) => [name, programs])),
	);
});

test.skipIf(isPresent)(`skipped: ${reason}`, () => {});

describe.runIf(isPresent).each(Object.entries(groups))('%s', (group, {notYet}) => {
	const names = isPresent ? namesOf(group) : [];
	const runs = (name: string) => async () => {
		const path = join(collection, group, name);
		const result = await callCommand(run, [`${path}.c`, '--until', until]);
		const expected = readFileSync(`${path}.out`);
		expect({status: result.status, stdout: result.stdout, stderr: result.stderr}).toEqual({
			status: Number(readFileSync(`${path}.status`, 'utf8')),
			stdout: expected.toString(),
			stderr: expect.any(String),
		});
		expect(Buffer.compare(result.stdoutBytes, expected)).toBe(0);
	};
	for (const name of names) {
		if (notYet.includes(name)) test.fails(name, runs(name));
		else test(name, runs(name));
	}
});
