import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
	beginRecording,
	formatRecording,
	parseRecording,
	type Recording,
	recordInput,
} from '../../source/machine/recording.js';

const recording: Recording = {
	scenario: {
		name: 'pipe',
		entry: 'pipe.c',
		files: {'pipe.c': 'int main(void) { return 0; }\n'},
		machine: {seed: 7},
	},
	inputs: [
		{cycle: 100, input: {kind: 'write', to: 'pipe:7', data: new TextEncoder().encode('안녕\n')}},
		{cycle: 200, input: {kind: 'type', data: Uint8Array.of(0xff, 0, 0x80)}},
		{cycle: 300, input: {kind: 'signal', pid: 3, signal: 15}},
		{cycle: 400, input: {kind: 'assign', to: 'var:*left', value: '42'}},
	],
	end: {cycle: 500, hash: '01234567'},
};

test('a recording reads back as it was written', () => {
	assert.deepEqual(parseRecording(formatRecording(recording)), recording);
});

test('text stays readable in the file', () => {
	assert.match(formatRecording(recording), /"text":"안녕\\n"/);
});

test('a recording that was cut off anywhere is good up to its last whole line', () => {
	const text = formatRecording(recording);
	const header = beginRecording(recording.scenario).line.length;
	for (let length = header; length < text.length; length += 7) {
		const cut = parseRecording(text.slice(0, length));
		assert.ok(!('error' in cut), `cut at ${length}`);
		assert.deepEqual(cut.inputs, recording.inputs.slice(0, cut.inputs.length));
		assert.equal(cut.end, undefined);
	}
});

test('a changed line is refused with its number', () => {
	const text = formatRecording(recording).replace('"signal":15', '"signal":9');
	assert.deepEqual(parseRecording(text), {
		error: 'line 4 has been changed: its checksum does not fit',
	});
});

test('a line that was left out is refused', () => {
	const lines = formatRecording(recording).split('\n');
	lines.splice(2, 1);
	assert.match(
		(parseRecording(lines.join('\n')) as {error: string}).error,
		/line 3 has been changed/,
	);
});

test('a recording of a newer version is refused, saying what to do', () => {
	const text = formatRecording(recording).replace('"version":1', '"version":2');
	assert.match(
		(parseRecording(text) as {error: string}).error,
		/newer ipctop \(format 2\): update/,
	);
});

test('any other file is told that it is no recording', () => {
	for (const text of [
		'',
		'hello\n',
		'{"a":1}\n',
		'00000000 {}\n',
		recordInput(recording.inputs[0]!, '811c9dc5').line,
	]) {
		assert.ok('error' in parseRecording(text), JSON.stringify(text));
	}
});
