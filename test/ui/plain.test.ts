// The dashboard as running text, keys in and lines out, without a terminal.

import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {test, vi} from 'vitest';
import {startPlain} from '../../source/ui/plain.js';
import {setupOf} from '../support/machine-setup.js';

const steps = [
	{say: 'It has begun.', ask: 'For how long?', answer: 'For ever.'},
	{say: 'It goes on.'},
	{say: 'And on.'},
];

const guide = () => {
	let next = 0;
	return {
		look(session: {readonly machine: {readonly kernel: {readonly now: number}}}) {
			if (next >= steps.length || session.machine.kernel.now < 9000 * (next + 1)) return undefined;
			return {steps: [steps[next++]!], pauses: true};
		},
		save: () => next,
		restore(saved: unknown) {
			next = saved as number;
		},
	};
};

test('as text the guide says where it waits, Enter goes on, a tells the answer, g silences it', async () => {
	const stdin = new PassThrough();
	let text = '';
	const ended = startPlain({
		scenario: {
			name: 'spin',
			title: 'Spin',
			summary: '',
			setup: setupOf({spin: 'int main(void) { for (volatile int i = 0;;) i = i + 1; }'}, {}),
			watch: [],
			inputs: [],
			guide,
			speed: 1e6,
		},
		language: 'en',
		stdin: stdin as unknown as ReadStream,
		output: {
			write(piece: string) {
				text += piece;
			},
		},
	});
	const press = async (keys: string, expected: RegExp): Promise<void> => {
		text = '';
		stdin.write(keys);
		await vi.waitFor(() => assert.match(text, expected), {timeout: 5000, interval: 5});
	};
	await press(
		' ',
		/It has begun\.\s+\? For how long\? {2}\(a: answer\)\s+paused here: Enter goes on/,
	);
	assert.doesNotMatch(text, /For ever/);
	await press('a', /= For ever\./);
	await press('\r', /It goes on\.\s+paused here/);
	await press('g', /hidden and no longer stops playback/);
	await press(' ', /playing/);
	await vi.waitFor(() => assert.match(text, /cycle/), {timeout: 5000, interval: 5});
	assert.doesNotMatch(text, /And on/);
	// A list says what it is once, a typed line what it is for.
	await press('k', /Send a signal to spin\(3\): Enter sends, Esc closes\s+SIGTERM/);
	await press('j', /^SIGKILL\n$/);
	await press('q8w', /^type:$/m);
	await press('h', /type: h/);
	await press('\u0015\r', /tty: "": 0 bytes written/);
	stdin.write('q');
	assert.equal(await ended, 0);
});
