// What the user does to the machine, as inputs of the session.

import {escapeBytes} from '../../view-model/escape.js';
import {type Language, say} from '../../view-model/language.js';
import {signalName} from '../../view-model/signal-names.js';
import {cycleOf, inject, type Input} from '../hooks/use-session.js';
import type {ActionResult, Playback, WriteTarget} from '../playback.js';
import {publish} from './pictures.js';
import {resultText} from './result-text.js';
import type {Store} from './store.js';

export const deeds = (
	store: Store,
): Pick<Playback, 'write' | 'assign' | 'type' | 'endInput' | 'signal' | 'setLink'> => ({
	write: (target, data) => act(store, writeInput(target, data)),
	assign: (lvalue, value, pid) => act(store, {kind: 'assign', to: `var:${lvalue}`, value, pid}),
	type: data => act(store, {kind: 'type', data}),
	endInput: () => act(store, {kind: 'end-input'}),
	signal: (pid, signal) => act(store, {kind: 'signal', pid, signal}),
	setLink: (between, up) => act(store, {kind: 'link', between, up}),
});

const writeInput = ({channel: to, offset, sender}: WriteTarget, data: Uint8Array): Input => ({
	kind: 'write',
	to,
	data,
	...(offset === undefined ? {} : {offset}),
	...(sender === undefined ? {} : {sender}),
});

/** What an input is, in few words: `pipe:7 ← "x\n"`. */
export const inputWords = (input: Input, language: Language): string => {
	switch (input.kind) {
		case 'write':
			return `${input.to} ← "${escapeBytes(input.data)}"`;
		case 'type':
			return `tty ← "${escapeBytes(input.data)}"`;
		case 'end-input':
			return 'tty ← ^D';
		case 'assign':
			return `${input.to.replace(/^var:/, '')} = ${input.value}`;
		case 'signal':
			return `${signalName(input.signal)} → ${input.pid}`;
		case 'link':
			return `${input.between.join('–')}: ${say(language, input.up ? 'result.linkUp' : 'result.linkCut')}`;
	}
};

const act = (store: Store, input: Input): ActionResult => {
	const {session} = store;
	const before = session.branches.length;
	const result = inject(session, input);
	store.scenario.record?.(session);
	// Time had only stopped because nothing could happen any more.
	const {play} = store.snapshot;
	if (play === 'deadlock' || play === 'stopped') store.isPlaying = true;
	store.isReversed = false;
	const hasBranched = session.branches.length > before;
	if (hasBranched) {
		const now = cycleOf(session);
		store.guideMarks = store.guideMarks.filter(({cycle}) => cycle <= now);
	}
	publish(store);
	const {language} = store.options;
	const text = resultText(result.text, language);
	const isDone = result.isDone;
	return {isDone, text: hasBranched ? `${text}; ${say(language, 'message.branch')}` : text};
};
