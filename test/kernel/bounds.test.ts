// What keeps a program that asks for everything from taking the machine's memory or time.

import {expect, test} from 'vitest';
import {alarmLeft, expireAlarm, setAlarm} from '../../source/kernel/time/alarm.js';
import {changeState} from '../../source/kernel/process/accounting.js';
import {capacityOf, createPipe} from '../../source/kernel/pipes/pipe.js';
import {createNetwork} from '../../source/kernel/network/network.js';
import {accountingReport} from '../../source/view-model/stat.js';
import {createIpcKernel} from './ipc-fixture.js';
import {addTestProcess} from './kernel-fixture.js';

test('the 1025th pipe has two pages only, as for an unprivileged user of Linux', () => {
	const kernel = createIpcKernel();
	const sizes = Array.from({length: 1025}, () => capacityOf(createPipe(kernel)));
	expect(new Set(sizes.slice(0, 1024))).toEqual(new Set([65_536]));
	expect(sizes[1024]).toBe(8192);
});

test('an interval timer of one cycle leaves the machine time between its expiries', () => {
	const kernel = createIpcKernel();
	const process = kernel.processes.get(addTestProcess(kernel).pid)!;
	setAlarm(kernel, process, 1, 1);
	expect(expireAlarm(kernel, process, process.alarmAt)).toBe(true);
	expect(process.alarmInterval).toBe(1);
	expect(alarmLeft(kernel, process)).toBeGreaterThanOrEqual(100);
});

test('the report counts the time of a stopped thread as blocked on `stopped`, so that its cycles add up', () => {
	const kernel = {...createIpcKernel(), network: createNetwork([], [])};
	const thread = addTestProcess(kernel);
	changeState(kernel, thread, 'stopped');
	kernel.now += 5000;
	changeState(kernel, thread, 'ready');
	kernel.now += 70;
	const row = accountingReport(kernel).threads.find(({tid}) => tid === thread.tid)!;
	expect(row).toMatchObject({blocked: 5000, blockedOn: {stopped: 5000}, ready: 70});
});
