// Keys in the lists that open over the panes: presets, signals, links, the table of ways.

import {type Language, localize, say} from '../../view-model/language.js';
import {commonSignals, signalName} from '../../view-model/signal-names.js';
import type {Playback} from '../playback.js';
import type {Overlay} from '../state.js';
import type {Context} from './context.js';

export const handleChoiceKey = (context: Context, key: string): void => {
	const {apply} = context;
	const {overlay} = context.now().ui;
	if (overlay === undefined || 'top' in overlay) return;
	const count = countOf(context, overlay);
	const to = (index: number): void =>
		apply({type: 'pick', index: Math.max(0, Math.min(count - 1, index))});
	const {height} = context.extent();
	const steps: Readonly<Record<string, number>> = {
		Up: overlay.index - 1,
		Down: overlay.index + 1,
		Tab: overlay.index + 1,
		PageUp: overlay.index - height,
		PageDown: overlay.index + height,
		Home: 0,
		End: count - 1,
	};
	const target = steps[key];
	if (target !== undefined) to(target);
	else if (key === 'Escape') apply({type: 'close'});
	else if (overlay.kind === 'links') {
		if (key === 'Enter' || key === 'Space') switchLink(context, overlay.index);
		else if (key === 'j') to(overlay.index + 1);
		else if (key === 'q' || key === 'l') apply({type: 'close'});
	} else if (overlay.kind === 'compare') {
		if (key === 'Enter') openNamed(context, overlay.view.ways[overlay.index]?.preset);
		else if (key === 'j') to(overlay.index + 1);
		else if (key === 'q' || key === 'C') apply({type: 'close'});
	} else if (overlay.kind === 'signal') {
		if (key === 'Enter') sendSignal(context, overlay);
		else if (key === 'j') to(overlay.index + 1);
		else if (key === 'q' || key === 'k') apply({type: 'close'});
	} else if (key === 'Enter') openPreset(context, overlay);
	else editQuery(context, overlay.query, key);
};

const countOf = (context: Context, overlay: Exclude<Overlay, {readonly top: number}>): number => {
	switch (overlay.kind) {
		case 'picker':
			return matchingPresets(context, overlay.query).length;
		case 'links':
			return context.now().snapshot.links.length;
		case 'compare':
			return overlay.view.ways.length;
		case 'signal':
			return commonSignals.length;
	}
};

const editQuery = ({apply}: Context, query: string, key: string): void => {
	if (key === 'Backspace') apply({type: 'pick', query: [...query].slice(0, -1).join('')});
	else if (key === 'Ctrl-U') apply({type: 'pick', query: ''});
	else if (key === 'Space') apply({type: 'pick', query: `${query} `});
	else if ([...key].length === 1) apply({type: 'pick', query: query + key});
};

/** The presets that hold the text in name, title or summary. */
export const presetsMatching = (
	playback: Playback,
	query: string,
	language: Language,
): Playback['presets'] => {
	const wanted = query.trim().toLowerCase();
	return playback.presets.filter(preset =>
		`${preset.name} ${localize(preset.title, language)} ${localize(preset.summary, language)}`
			.toLowerCase()
			.includes(wanted),
	);
};

const matchingPresets = ({options}: Context, query: string): Playback['presets'] =>
	presetsMatching(options.playback, query, options.language);

const openPreset = (
	context: Context,
	{query, index}: {readonly query: string; readonly index: number},
): void => openNamed(context, matchingPresets(context, query)[index]?.name);

const openNamed = (context: Context, name: string | undefined): void => {
	const {playback} = context.options;
	if (name === undefined) return;
	context.apply({type: 'close'});
	// A program of the user's own is open already, and no preset.
	if (!playback.presets.some(preset => preset.name === name)) return;
	const problem = playback.open(name);
	if (problem !== undefined) context.tell(problem, 'error');
};

/** Cuts a link that is up, mends one that is cut. */
export const switchLink = ({options, now, tell}: Context, index: number): void => {
	const link = now().snapshot.links[index];
	if (!link) return;
	const result = options.playback.setLink(link.between, !link.isUp);
	tell(`${link.between.join('–')}: ${result.text}`, result.isDone ? 'good' : 'error');
};

const sendSignal = (
	context: Context,
	{pid, name, index}: {readonly pid: number; readonly name: string; readonly index: number},
): void => {
	const signal = commonSignals[index]!;
	context.apply({type: 'close'});
	const result = context.options.playback.signal(pid, signal);
	const text = result.isDone
		? say(context.options.language, 'message.signalSent', {signal: signalName(signal), name})
		: `${name}: ${result.text}`;
	context.tell(text, result.isDone ? 'good' : 'error');
};
