import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runFor} from '../../source/machine/session.js';
import {observe} from '../../source/view-model/observed.js';
import {processColumns, type ProcessEntry} from '../../source/view-model/process-columns.js';
import {processTable} from '../../source/view-model/process-table.js';
import {defaultProcessOptions, processEntries} from '../../source/view-model/processes.js';
import {sessionOf} from '../support/machine-setup.js';

test('threads stay below their process, whatever the table is sorted by', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
		#include <unistd.h>
		void *turn(void *times) {
			for (volatile long i = 0; i < (long)times; i++) ;
			pause();
			return 0;
		}
		int main(void) {
			pthread_t thread;
			long times = fork() == 0 ? 900 : 100;
			pthread_create(&thread, 0, turn, (void *)times);
			pthread_create(&thread, 0, turn, (void *)(2 * times));
			pause();
		}`,
	});
	runFor(session, 60_000);
	const observed = observe(session.machine.kernel);
	for (const {name} of processColumns)
		for (const isReversed of [false, true]) {
			const entries = processEntries(observed, {...defaultProcessOptions, sort: name, isReversed});
			assert.equal(entries.length, 8);
			let pid = 0;
			for (const entry of entries) {
				if (!entry.isThread) ({pid} = entry);
				assert.equal(entry.pid, pid, `${name}, reversed: ${isReversed}`);
			}
		}
	const busiest = processEntries(observed, {...defaultProcessOptions, sort: 'time'});
	assert.deepEqual(
		busiest.map(({isThread}) => isThread),
		[false, true, true, true, false, true, true, true],
	);
	assert.ok(busiest[0]!.cycles > busiest[4]!.cycles && busiest[1]!.cycles > busiest[2]!.cycles);
});

const entry = (command: string, waitsOn = ''): ProcessEntry => ({
	key: 'p3',
	pid: 3,
	tid: 3,
	parent: 1,
	isThread: false,
	isKernel: false,
	host: '',
	state: waitsOn === '' ? 'ready' : 'blocked',
	cpuShare: 0,
	busyShare: 0,
	waitsOn,
	switches: 0,
	syscalls: 0,
	cycles: 0,
	command,
	depth: 0,
	branch: '',
});

/** Cells of WAITS ON and of COMMAND. */
const widthsOf = (width: number, entries: readonly ProcessEntry[], waits: number) => {
	const {columns} = processTable({
		entries,
		options: defaultProcessOptions,
		selected: undefined,
		marked: new Set(),
		width,
		height: 10,
		hasHosts: false,
		waits,
		language: 'en',
		clock: 1e7,
	});
	const cells = (name: string) => columns.find(column => column.name === name)!.width;
	return [cells('waits'), cells('command')] as const;
};

test('a long command has the cells that WAITS ON has never needed, and the other way round', () => {
	const command = 'station south 10.0.0.4 and what it is told';
	const wait = 'socket.read udp:*:6000';
	const [, whole] = widthsOf(117, [entry(command, wait)], wait.length);
	assert.ok(whole >= command.length);
	const [waits] = widthsOf(117, [entry('reader', wait)], wait.length);
	assert.ok(waits > 40, 'room for what may come');
	const [both, cut] = widthsOf(117, [entry(command, wait)], 48);
	assert.ok(both >= 36 && cut >= 27, 'where both need more than there is, they share it');
});

test('the columns stand still while processes block and go on', () => {
	for (const width of [77, 117, 197])
		for (const command of ['reader', 'listener coast', 'cat a very long list of files.txt'])
			assert.deepEqual(
				widthsOf(width, [entry(command, 'pipe.read pipe:7')], 22),
				widthsOf(width, [entry(command)], 22),
			);
});
