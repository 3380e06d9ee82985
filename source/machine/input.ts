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

/** What came of it: `6 bytes written to fifo:/tmp/box`; else what was tried, and why it failed. */
export const inputText = (input: Input, {isDone, text}: InputResult): string =>
	isDone ? describeDone(input, text) : `${describe(input)}: ${text}`;

const describeDone = (input: Input, text: string): string => {
	switch (input.kind) {
		case 'write':
			return `${text} to ${input.to}${fromSender(input)}`;
		case 'type':
			return `${text} to tty`;
		case 'signal':
			return `${text} to ${input.pid}`;
		case 'link':
			return `${input.between.join('–')}: ${text}`;
		case 'assign':
		case 'end-input':
			return text;
	}
};

const fromSender = ({sender}: {readonly sender?: string}): string =>
	sender === undefined ? '' : ` from ${sender}`;

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
			return {isDone: true, text: `${byteCount(outcome.value)} written`};
		case 'failed':
			return {isDone: false, text: `a process would have got ${outcome.errno}`};
		case 'blocked':
		case 'replaced':
			return {isDone: false, text: 'a process would have been blocked'};
	}
};

const byteCount = (count: number): string => `${count} byte${count === 1 ? '' : 's'}`;

const describe = (input: Input): string => {
	switch (input.kind) {
		case 'write':
			return `write ${byteCount(input.data.length)} to ${input.to}${fromSender(input)}`;
		case 'type':
			return `type ${byteCount(input.data.length)}`;
		case 'end-input':
			return 'end of input';
		case 'assign':
			return `${input.to} = ${input.value}`;
		case 'signal':
			return `send ${signalName(input.signal)} to ${input.pid}`;
		case 'link':
			return `link ${input.between.join('–')}`;
	}
};
