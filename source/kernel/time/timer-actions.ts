// What happens when a timer comes due.

import type {Kernel} from '../kernel.js';
import {sendAsyncSignals} from '../files/async-files.js';
import {expireAlarm} from './alarm.js';
import {arrivePacket} from '../network/packet-arrival.js';
import {expirePosixTimer, isPosixTimerDue} from './posix-timers.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {kernelSignal, sendSignal} from '../signals/signals.js';
import {expireTcp, isTcpTimerLive} from '../sockets/tcp-timers.js';
import {expireTimerfd} from './timerfd.js';
import type {TimerAction} from './timers.js';
import {actors} from '../trace/events.js';
import {wakeThread} from '../process/wake.js';

/** Carries out one action at kernel.now. */
export const carryOut = (kernel: Kernel, at: number, action: TimerAction): void => {
	kernel.actor = action.kind === 'packet' ? actors.packet : actors.timer;
	expire(kernel, at, action);
	sendAsyncSignals(kernel);
};

const expire = (kernel: Kernel, at: number, action: TimerAction): void => {
	switch (action.kind) {
		case 'wake': {
			if (kernel.threads.get(action.tid)?.wakeAt === at) wakeThread(kernel, action.tid);
			return;
		}

		case 'alarm': {
			const process = kernel.processes.get(action.pid);
			if (process && expireAlarm(kernel, process, at)) {
				sendSignal(kernel, process, kernelSignal(signalNumbers.SIGALRM));
			}
			return;
		}

		case 'posix': {
			const process = kernel.processes.get(action.pid);
			if (process && isPosixTimerDue(process, action.timer, at))
				expirePosixTimer(kernel, process, action.timer);
			return;
		}

		case 'timerfd': {
			expireTimerfd(kernel, action.file);
			return;
		}

		case 'packet': {
			arrivePacket(kernel, action.packet);
			return;
		}

		case 'tcp':
			expireTcp(kernel, action.socket, at);
	}
};

/** Whether a timer would still do something: its sleeper may have been woken, its alarm set anew. */
export const isTimerLive = (kernel: Kernel, at: number, action: TimerAction): boolean => {
	switch (action.kind) {
		case 'wake':
			return kernel.threads.get(action.tid)?.wakeAt === at;
		case 'alarm': {
			const process = kernel.processes.get(action.pid);
			return process?.state === 'alive' && process.alarmAt === at;
		}

		case 'posix':
			return isPosixTimerDue(kernel.processes.get(action.pid), action.timer, at);
		case 'timerfd':
			return kernel.openFiles.has(action.file);
		case 'packet':
			return kernel.network.packets.has(action.packet);
		case 'tcp':
			return isTcpTimerLive(kernel, action.socket, at);
	}
};
