// What the machine answers, in Korean.

import assert from 'node:assert/strict';
import {test} from 'vitest';
import {resultText} from '../../source/ui/session/result-text.js';
import {createPlayback} from '../../source/ui/session/create-playback.js';
import {say} from '../../source/view-model/language.js';
import {type StringKey, strings} from '../../source/view-model/strings.js';
import {setupOf} from '../support/machine-setup.js';

const values = {
	...{count: 12, errno: 'EPIPE', channel: 'pipe:7', one: 'a', other: 'b', pid: 3, value: 'x'},
	...{name: 'talk', kind: 'struct', size: '9', room: '4', process: 'talk (3)', path: '/a'},
};

test('every sentence of the machine that has words in the tables is found there', () => {
	const keys = Object.keys(strings).filter(key => /^(result|notice)\./.test(key)) as StringKey[];
	assert.ok(keys.length > 20);
	for (const key of keys) {
		const english = say('en', key, values);
		assert.equal(resultText(english, 'ko'), say('ko', key, values));
		assert.equal(resultText(english, 'en'), english);
	}
	assert.equal(resultText('*left = 5', 'ko'), '*left = 5');
});

test('what comes of the dashboard’s deeds is told in Korean', () => {
	const playback = createPlayback({
		scenario: {
			...{name: 'spin', title: 'Spin', summary: '', watch: [], inputs: []},
			setup: setupOf({spin: 'int n; int main(void) { for (;;) n++; }'}),
		},
		language: 'ko',
		startsPaused: true,
	});
	playback.seek(5000);
	const bytes = Uint8Array.from([65]);
	const texts = [
		playback.type(bytes),
		playback.endInput(),
		playback.write({channel: 'pipe:99'}, bytes),
		playback.write({channel: 'tty'}, bytes),
		playback.assign('n', 'abc', 3),
		playback.assign('m', '1', 3),
		playback.signal(77, 15),
		playback.setLink(['a', 'b'], true),
	].map(({text}) => text);
	playback.dispose();
	for (const text of texts)
		assert.doesNotMatch(text, /written|there is|process|would|variable|constant/, text);
});
