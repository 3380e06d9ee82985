import assert from 'node:assert/strict';
import {test} from 'vitest';
import {hasFinalConsonant} from '../../source/view-model/korean-particle.js';
import {say} from '../../source/view-model/language.js';

test('a Korean particle goes by the sound on which the word ends', () => {
	const words: ReadonlyArray<readonly [word: string, object: boolean, direction: boolean]> = [
		['부모', false, false],
		['자식', true, true],
		['서울', true, false],
		['writer(3)', true, true],
		['reader(4)', false, false],
		['pipe:7', true, false],
		['tcp:10.0.0.1:8000', true, true],
		['SIGTERM', true, true],
		['EAGAIN', true, true],
		['EPIPE', false, false],
		['shell', true, false],
		['', false, false],
	];
	for (const [word, object, direction] of words) {
		assert.equal(hasFinalConsonant(word, '을'), object, `${word}을/를`);
		assert.equal(hasFinalConsonant(word, '으로'), direction, `${word}으로/로`);
	}
});

test('a text asks for the particle of each of its values', () => {
	assert.equal(say('ko', 'deadlock.waits', {who: 'a(3)', others: 'b(4)'}), 'a(3)이 b(4)를 기다림');
	assert.equal(say('ko', 'deadlock.waits', {who: 'b(4)', others: 'a(3)'}), 'b(4)가 a(3)을 기다림');
	assert.equal(say('en', 'deadlock.waits', {who: 'a(3)', others: 'b(4)'}), 'a(3) waits for b(4)');
});
