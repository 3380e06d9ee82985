// Everything that comes from outside a machine: typed at the dashboard, listed in a scenario, replayed from a
// recording. Applied between two steps, exactly as a process' own action would be.

import {applyAssignment} from './assignment.js';
import {closeConsoleInput} from '../kernel/files/console-file.js';
import {injectWrite} from '../kernel/injection.js';
import {actors, recordEvent} from '../kernel/trace/events.js';
import {linkBetween} from '../kernel/network/network.js';
import {setLink} from '../kernel/network/packet.js';
import {sendSignal, userSignal} from '../kernel/signals/signals.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import type {Machine} from './machine.js';

export type Input =
	/** Bytes into a channel: `pipe:7`, `fifo:/tmp/box`, `file:/com.txt` (at `offset`, else at its end), `tty`. */
	| {
			readonly kind: 'write';
			readonly to: string;
			readonly data: Uint8Array;
			readonly offset?: number;
			/** Of a datagram: `10.0.0.9:5000`, the path of a Unix socket; absent: nobody in particular. */
			readonly sender?: string;
	  }
	/** A value for a C lvalue: `var:*left`; seen from process `pid`, or from the first that knows the name. */
	| {readonly kind: 'assign'; readonly to: string; readonly value: string; readonly pid?: number}
	| {readonly kind: 'signal'; readonly pid: number; readonly signal: number}
	/** Keys for the console, and the end of its input (Ctrl-D). */
	| {readonly kind: 'type'; readonly data: Uint8Array}
	| {readonly kind: 'end-input'}
	/** A cable is cut or mended. */
	| {readonly kind: 'link'; readonly between: readonly [string, string]; readonly up: boolean};

/** `text` says what happened, or what a process would have got instead. */
export type InputResult = {readonly isDone: boolean; readonly text: string};

/** Applies an input at the present cycle. */
export const applyInput = (machine: Machine, input: Input): InputResult => {
	const {kernel} = machine;
	kernel.actor = actors.outside;
	const result = apply(machine, input);
	recordEvent(kernel, 0, {kind: 'input', text: inputText(input, result)});
	return result;
};

/** What was tried, and what came of it: `write 6 bytes to fifo:/tmp/box: 6 bytes written`. */
export const inputText = (input: Input, {text}: InputResult): string =>
	`${describe(input)}: ${text}`;

const apply = (machine: Machine, input: Input): InputResult => {
	const {kernel} = machine;
	switch (input.kind) {
		case 'write':
			return write(machine, input.to, input.data, input);
		case 'type':
			return write(machine, 'tty', input.data);
		case 'end-input': {
			closeConsoleInput(kernel);
			return {isDone: true, text: 'end of input'};
		}

		case 'assign':
			return applyAssignment(kernel, input.to, input.value, input.pid);
		case 'signal': {
			const process = kernel.processes.get(input.pid);
			if (process?.state !== 'alive')
				return {isDone: false, text: 'ESRCH: there is no such process'};
			sendSignal(kernel, process, userSignal(input.signal, 0));
			return {isDone: true, text: `${signalName(input.signal)} sent`};
		}

		case 'link': {
			const link = linkBetween(kernel.network, ...input.between);
			if (!link)
				return {isDone: false, text: `there is no link between ${input.between.join(' and ')}`};
			setLink(kernel, link, input.up);
			return {isDone: true, text: input.up ? 'the link is up' : 'the link is cut'};
		}
	}
};

const write = (
	machine: Machine,
	channel: string,
	data: Uint8Array,
	details: {readonly offset?: number; readonly sender?: string} = {},
): InputResult => {
	const outcome = injectWrite(machine.kernel, channel, data, details);
	if (!outcome) return {isDone: false, text: `there is no channel ${channel}`};
	switch (outcome.kind) {
		case 'done':
			return {isDone: true, text: `${outcome.value} byte${outcome.value === 1 ? '' : 's'} written`};
		case 'failed':
			return {isDone: false, text: `a process would have got ${outcome.errno}`};
		case 'blocked':
		case 'replaced':
			return {isDone: false, text: 'a process would have been blocked'};
	}
};

const describe = (input: Input): string => {
	switch (input.kind) {
		case 'write':
			return `write ${input.data.length} bytes to ${input.to}${input.sender === undefined ? '' : ` from ${input.sender}`}`;
		case 'type':
			return `type ${input.data.length} bytes`;
		case 'end-input':
			return 'end of input';
		case 'assign':
			return `${input.to} = ${input.value}`;
		case 'signal':
			return `signal ${input.signal} to ${input.pid}`;
		case 'link':
			return `link ${input.between.join('–')}`;
	}
};
