import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {inject, runUntil, type Session} from '../../source/machine/session.js';
import {airRows} from '../../source/ui/panes/radio-rows.js';
import {batchFrame} from '../../source/view-model/batch-frame.js';
import {explainProcess} from '../../source/view-model/blocked.js';
import {channelsOfProcess} from '../../source/view-model/channels.js';
import {detailsView} from '../../source/view-model/details.js';
import {observe} from '../../source/view-model/observed.js';
import {pipeListViews} from '../../source/view-model/pipe-list.js';
import {type AirView, airViews} from '../../source/view-model/radio.js';
import {accountingReport} from '../../source/view-model/stat.js';
import {lineText} from '../../source/view-model/styled-text.js';
import {waitGraphLines} from '../../source/view-model/wait-graph.js';
import {sessionOf} from '../support/machine-setup.js';

// The parent (3) talks for ever; 4 waits for its turn, 5 listens and then sleeps with bytes unread, 6 is on channel 2.
const program = `
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/radio.h>
#include <unistd.h>
int main(void) {
	int own = open("/dev/radio", O_WRONLY);
	if (fork() == 0) {
		int radio = open("/dev/radio", O_RDWR);
		usleep(1000);
		ioctl(radio, RADIO_TALK);
		_exit(0);
	}
	if (fork() == 0) {
		char first[3];
		int radio = open("/dev/radio", O_RDONLY);
		read(radio, first, sizeof first);
		for (;;) sleep(100);
	}
	if (fork() == 0) {
		char word[8];
		int two = 2, radio = open("/dev/radio", O_RDWR);
		ioctl(radio, RADIO_CHANNEL, &two);
		read(radio, word, sizeof word);
		for (;;) sleep(100);
	}
	usleep(500);
	ioctl(own, RADIO_TALK);
	write(own, "mayday\\n", 7);
	for (;;) sleep(100);
}
`;

const talking = (): {readonly session: Session; readonly kernel: Kernel} => {
	const session = sessionOf({radio: program});
	runUntil(session, 50_000);
	return {session, kernel: session.machine.kernel};
};

const airsOf = (kernel: Kernel): readonly [AirView, AirView] => {
	const [first, second] = airViews(observe(kernel));
	assert.ok(first && second);
	return [first, second];
};

test('a channel of the radio says who talks, what was said, who waits and who has not read it', () => {
	const [first, second] = airsOf(talking().kernel);
	assert.equal(first.name, 'device:/dev/radio');
	assert.equal(first.talker, 'radio(3)');
	assert.deepEqual(first.last, {text: 'mayday\\n', by: 'radio(3)'});
	assert.deepEqual(first.waiting, ['radio(4)']);
	assert.deepEqual([first.bytesIn, first.bytesOut], [7, 3]);
	const byPid = new Map(first.stations.map(station => [station.holders.at(-1)?.pid, station]));
	assert.deepEqual(
		[4, 5].map(pid => [byPid.get(pid)?.unread, byPid.get(pid)?.text]),
		[
			[7, 'mayday\\n'],
			[4, 'day\\n'],
		],
	);
	assert.equal(byPid.get(4)?.wantsToTalk, true);
	assert.equal(byPid.get(5)?.wantsToTalk, false);
	assert.deepEqual(
		first.stations
			.filter(({isTalking}) => isTalking)
			.map(({canListen, wantsToTalk}) => [canListen, wantsToTalk]),
		[[false, false]],
	);
	assert.equal(second.name, 'device:/dev/radio#2');
	assert.equal(second.last, undefined);
	assert.deepEqual(
		second.stations.map(({listeners}) => listeners),
		[['radio(6)']],
	);
});

test('who is tuned to a channel and what a process is tuned to are the same', () => {
	const {kernel} = talking();
	for (const {name, pids} of airsOf(kernel))
		for (const pid of [3, 4, 5, 6])
			assert.equal(channelsOfProcess(kernel, pid).has(name), pids.has(pid), `${name} ${pid}`);
	assert.deepEqual(
		pipeListViews(observe(kernel)).map(({kind}) => kind),
		['radio', 'radio'],
	);
});

test('who waits for the radio is told for whom, in both languages', () => {
	const {kernel} = talking();
	assert.match(explainProcess(kernel, 4, 'en'), /turn on device:\/dev\/radio: radio\(3\) talks$/);
	assert.match(explainProcess(kernel, 4, 'ko'), /radio\(3\)이 말하는 중/);
	assert.match(explainProcess(kernel, 6, 'en'), /listens in read\(\) on device:\/dev\/radio#2/);
	const graph = waitGraphLines(kernel, 'en', 100).map(lineText).join('\n');
	assert.match(graph, /radio\(6\) +→ whoever talks +radio\.read device:\/dev\/radio#2/);
	assert.match(graph, /radio\(4\) +→ radio\(3\).*radio\.talk device:\/dev\/radio/);
});

test('details, plain frames and stat have the channels of the radio', () => {
	const {kernel} = talking();
	const observed = observe(kernel);
	const subject = {kind: 'channel', name: 'device:/dev/radio'} as const;
	const details = detailsView(observed, subject, 'en').lines.map(lineText).join('\n');
	assert.match(details, /radio\(3\) talks +in 7 +out 3/);
	assert.match(details, /radio\(5\) fd \d+ +4 unread\n +"day\\n"/);
	assert.match(details, /1\. radio\(4\) waits in ioctl\(\)/);
	const frame = batchFrame(observed, {title: 'Radio', watch: [], language: 'en'});
	assert.match(frame, /device:\/dev\/radio +radio\(3\) talks; wants to talk: radio\(4\)/);
	assert.match(frame, /device:\/dev\/radio#2 +free/);
	const channels = accountingReport(kernel).channels.map(({name, fill}) => [name, fill]);
	assert.deepEqual(channels, [
		['device:/dev/radio', 11],
		['device:/dev/radio#2', 0],
	]);
});

test('what is written from outside is heard, but not while somebody talks', () => {
	const {session, kernel} = talking();
	const write = (to: string) =>
		inject(session, {kind: 'write', to, data: new TextEncoder().encode('hi')});
	assert.equal(write('device:/dev/radio').text, 'a process would have got EBUSY');
	assert.equal(write('device:/dev/radio#17').isDone, false);
	assert.equal(write('device:/dev/null').isDone, false);
	assert.equal(write('device:/dev/radio#2').isDone, true);
	runUntil(session, 60_000);
	const [first, second] = airsOf(session.machine.kernel);
	assert.deepEqual(first.last?.by, 'radio(3)');
	assert.deepEqual(second.last, {text: 'hi', by: ''});
	assert.equal(second.bytesOut, 2);
	assert.equal(kernel.threads.get(6)?.waitName, 'sleep');
});

test('a station that only sends has nothing unread, whatever is said', () => {
	const session = sessionOf({
		ship: `#include <fcntl.h>
		#include <unistd.h>
		int main(void) { open("/dev/radio", O_WRONLY); open("/dev/radio", O_RDONLY); pause(); }`,
	});
	runUntil(session, 10_000);
	const data = new TextEncoder().encode('hi');
	assert.ok(inject(session, {kind: 'write', to: 'device:/dev/radio', data}).isDone);
	const [air] = airViews(observe(session.machine.kernel));
	assert.deepEqual(
		air!.stations.map(({canListen, unread, text}) => [canListen, unread, text]),
		[
			[false, 0, ''],
			[true, 2, 'hi'],
		],
	);
});

test('a channel takes at most the rows it is given, and says in each size who talks and who waits', () => {
	const [air] = airsOf(talking().kernel);
	for (const language of ['en', 'ko'] as const)
		for (const rows of [1, 2, 3, 5, 8]) {
			const lines = airRows(air, {width: 90, rows}, language);
			assert.ok(lines.length <= Math.max(rows, 1), `${rows} rows`);
			assert.match(lineText(lines[0]!), /radio\(3\)/);
			assert.match(lines.map(lineText).join('\n'), /radio\(4\)/);
		}
	const [, , ...stations] = airRows(air, {width: 90, rows: 8}, 'en').map(lineText);
	assert.equal(stations.length, air.stations.length);
	assert.match(stations.join('\n'), /radio\(4\):\d+ .*waits to talk, 7 unread "mayday/);
});
