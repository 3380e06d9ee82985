// An input of a scenario file as the machine takes it.

import type {ScheduledInput} from './scenario.js';
import type {InputDocument} from './scenario-document.js';
import {signalNumberOf} from './signal-names.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The document has been checked: it holds exactly one action, and its names exist. */
export const inputOf = (document: InputDocument): ScheduledInput => {
	const {at, write, assign, signal, type, link} = document;
	if (write) {
		const {to, data, sender} = write;
		const input = {kind: 'write' as const, to, data: encode(data)};
		return {at, input: sender === undefined ? input : {...input, sender}};
	}

	if (assign) return {at, input: {kind: 'assign', to: assign.to, value: String(assign.value)}};
	if (signal)
		return {
			at,
			input: {kind: 'signal', pid: signal.pid, signal: signalNumberOf(signal.signal) ?? 15},
		};
	if (type !== undefined) return {at, input: {kind: 'type', data: encode(type)}};
	if (link) return {at, input: {kind: 'link', between: link.between, up: link.up}};
	return {at, input: {kind: 'end-input'}};
};
