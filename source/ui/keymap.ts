// The one table of keys. The handling of keys, the footer, the help page and the README's list are made from it.
//
// Keys are those people know from top, htop, less, mpv and gdb (a capital letter is the reverse of its small one).

import {type Language, say} from '../view-model/language.js';
import type {StringKey} from '../view-model/strings.js';

export type Command =
	| 'pause'
	| 'step'
	| 'stepBack'
	| 'stepEvent'
	| 'stepEventBack'
	| 'stepSlice'
	| 'stepSliceBack'
	| 'reverse'
	| 'jumpNext'
	| 'jumpPrevious'
	| 'branch'
	| 'slower'
	| 'faster'
	| 'normalSpeed'
	| 'seekBack'
	| 'seekForward'
	| 'seekStart'
	| 'seekEnd'
	| 'restart'
	| 'nextPane'
	| 'previousPane'
	| 'pane'
	| 'zoom'
	| 'up'
	| 'down'
	| 'pageUp'
	| 'pageDown'
	| 'first'
	| 'last'
	| 'details'
	| 'goOn'
	| 'guide'
	| 'answer'
	| 'why'
	| 'waker'
	| 'writer'
	| 'save'
	| 'filter'
	| 'search'
	| 'searchNext'
	| 'searchPrevious'
	| 'sortNext'
	| 'sortPrevious'
	| 'invertSort'
	| 'sortCpu'
	| 'sortTime'
	| 'tree'
	| 'threads'
	| 'kernelThreads'
	| 'ended'
	| 'follow'
	| 'write'
	| 'signal'
	| 'link'
	| 'picker'
	| 'compare'
	| 'graph'
	| 'help'
	| 'quit'
	| 'close'
	| 'redraw'
	| 'suspend';

export type HelpSection =
	| 'guide'
	| 'playback'
	| 'panes'
	| 'lists'
	| 'processes'
	| 'act'
	| 'program';

export type KeyBinding = {
	readonly command: Command;
	/** Names as keys.ts makes them; the first one is shown. */
	readonly keys: readonly string[];
	/** How the keys are written, where the plain list would be clumsy. */
	readonly shown?: string;
	readonly section: HelpSection;
	/** Only while the guide waits; the key's other binding is out of force then. */
	readonly whileWaiting?: true;
	/** A word for the footer; only the most needed keys have one. The lower the rank, the longer it stays as the screen shrinks. */
	readonly footer?: {readonly word: StringKey; readonly rank: number};
	/** Shared by rows that are explained together: only the first of them is listed. */
	readonly help: StringKey | 'with-previous';
};

export const keymap: readonly KeyBinding[] = [
	{
		command: 'goOn',
		keys: ['Enter'],
		whileWaiting: true,
		section: 'guide',
		footer: {word: 'key.goOn', rank: 1},
		help: 'key.goOn.help',
	},
	{
		command: 'answer',
		keys: ['a'],
		section: 'guide',
		footer: {word: 'key.answer', rank: 2},
		help: 'key.answer.help',
	},
	{
		command: 'guide',
		keys: ['g'],
		section: 'guide',
		footer: {word: 'key.guide', rank: 4},
		help: 'key.guide.help',
	},
	{
		command: 'pause',
		keys: ['Space'],
		section: 'playback',
		footer: {word: 'key.pause', rank: 1},
		help: 'key.pause.help',
	},
	{
		command: 'step',
		keys: ['.'],
		section: 'playback',
		footer: {word: 'key.step', rank: 3},
		help: 'key.step.help',
	},
	{
		command: 'stepBack',
		keys: [','],
		section: 'playback',
		footer: {word: 'key.back', rank: 9},
		help: 'key.back.help',
	},
	{command: 'stepEvent', keys: ['e'], section: 'playback', help: 'key.event.help'},
	{command: 'stepEventBack', keys: ['E'], section: 'playback', help: 'key.backEvent.help'},
	{
		command: 'stepSlice',
		keys: ['}'],
		shown: '} {',
		section: 'playback',
		help: 'key.slice.help',
	},
	{command: 'stepSliceBack', keys: ['{'], section: 'playback', help: 'with-previous'},
	{command: 'jumpNext', keys: ['m'], shown: 'm M', section: 'playback', help: 'key.jump.help'},
	{command: 'jumpPrevious', keys: ['M'], section: 'playback', help: 'with-previous'},
	{command: 'reverse', keys: ['b'], section: 'playback', help: 'key.reverse.help'},
	{command: 'branch', keys: ['B'], section: 'playback', help: 'key.branch.help'},
	{
		command: 'slower',
		keys: ['['],
		section: 'playback',
		footer: {word: 'key.slower', rank: 8},
		help: 'key.slower.help',
	},
	{
		command: 'faster',
		keys: [']'],
		section: 'playback',
		footer: {word: 'key.faster', rank: 7},
		help: 'key.faster.help',
	},
	{command: 'normalSpeed', keys: ['Backspace'], section: 'playback', help: 'key.normal.help'},
	{command: 'seekBack', keys: ['Left'], shown: '←', section: 'playback', help: 'key.seekBack.help'},
	{
		command: 'seekForward',
		keys: ['Right'],
		shown: '→',
		section: 'playback',
		help: 'key.seekForward.help',
	},
	{command: 'seekStart', keys: ['Home'], section: 'playback', help: 'key.start.help'},
	{command: 'seekEnd', keys: ['End'], section: 'playback', help: 'key.end.help'},
	{command: 'restart', keys: ['R'], section: 'playback', help: 'key.restart.help'},
	{
		command: 'nextPane',
		keys: ['Tab'],
		shown: 'Tab Shift-Tab',
		section: 'panes',
		footer: {word: 'key.nextPane', rank: 4},
		help: 'key.nextPane.help',
	},
	{command: 'previousPane', keys: ['Shift-Tab'], section: 'panes', help: 'with-previous'},
	{
		command: 'pane',
		keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
		shown: '1–9',
		section: 'panes',
		help: 'key.pane.help',
	},
	{
		command: 'zoom',
		keys: ['z'],
		section: 'panes',
		footer: {word: 'key.zoom', rank: 6},
		help: 'key.zoom.help',
	},
	{command: 'up', keys: ['Up'], shown: '↑ ↓ j', section: 'lists', help: 'key.up.help'},
	{command: 'down', keys: ['Down', 'j'], section: 'lists', help: 'with-previous'},
	{
		command: 'pageUp',
		keys: ['PageUp', 'Ctrl-B'],
		shown: 'PgUp PgDn',
		section: 'lists',
		help: 'key.page.help',
	},
	{command: 'pageDown', keys: ['PageDown', 'Ctrl-F'], section: 'lists', help: 'with-previous'},
	{
		command: 'first',
		keys: ['Ctrl-Home'],
		shown: 'Ctrl-Home Ctrl-End G',
		section: 'lists',
		help: 'key.home.help',
	},
	{command: 'last', keys: ['Ctrl-End', 'G'], section: 'lists', help: 'with-previous'},
	{
		command: 'details',
		keys: ['Enter', 'i'],
		section: 'lists',
		footer: {word: 'key.details', rank: 5},
		help: 'key.details.help',
	},
	{command: 'search', keys: ['/', 'F3'], section: 'lists', help: 'key.search.help'},
	{command: 'searchNext', keys: ['n'], shown: 'n N', section: 'lists', help: 'key.next.help'},
	{command: 'searchPrevious', keys: ['N'], section: 'lists', help: 'with-previous'},
	{
		command: 'why',
		keys: ['y'],
		section: 'processes',
		footer: {word: 'key.why', rank: 10},
		help: 'key.why.help',
	},
	{command: 'graph', keys: ['d'], section: 'processes', help: 'key.graph.help'},
	{command: 'waker', keys: ['Y'], section: 'processes', help: 'key.waker.help'},
	{command: 'filter', keys: ['\\', 'F4'], section: 'processes', help: 'key.filter.help'},
	{
		command: 'sortNext',
		keys: ['>', 'F6'],
		shown: '> <',
		section: 'processes',
		help: 'key.sort.help',
	},
	{command: 'sortPrevious', keys: ['<'], section: 'processes', help: 'with-previous'},
	{command: 'invertSort', keys: ['I'], section: 'processes', help: 'key.invert.help'},
	{command: 'sortCpu', keys: ['P'], shown: 'P N T', section: 'processes', help: 'key.sortCpu.help'},
	{command: 'sortTime', keys: ['T'], section: 'processes', help: 'with-previous'},
	{command: 'tree', keys: ['t', 'F5'], section: 'processes', help: 'key.tree.help'},
	{command: 'threads', keys: ['H'], section: 'processes', help: 'key.threads.help'},
	{command: 'kernelThreads', keys: ['K'], section: 'processes', help: 'key.kernel.help'},
	{command: 'ended', keys: ['x'], section: 'processes', help: 'key.ended.help'},
	{command: 'follow', keys: ['F'], section: 'processes', help: 'key.follow.help'},
	{
		command: 'write',
		keys: ['w'],
		section: 'act',
		footer: {word: 'key.write', rank: 2},
		help: 'key.write.help',
	},
	{command: 'writer', keys: ['W'], section: 'act', help: 'key.writer.help'},
	{
		command: 'signal',
		keys: ['k', 'F9'],
		section: 'act',
		footer: {word: 'key.signal', rank: 11},
		help: 'key.signal.help',
	},
	{command: 'link', keys: ['l'], section: 'act', help: 'key.link.help'},
	{command: 'save', keys: ['s'], section: 'program', help: 'key.save.help'},
	{
		command: 'picker',
		keys: ['p'],
		section: 'program',
		footer: {word: 'key.picker', rank: 12},
		help: 'key.picker.help',
	},
	{command: 'compare', keys: ['C'], section: 'program', help: 'key.compare.help'},
	{
		command: 'help',
		keys: ['?', 'F1', 'h'],
		section: 'program',
		footer: {word: 'key.help', rank: 0},
		help: 'key.help.help',
	},
	{command: 'close', keys: ['Escape'], shown: 'Esc', section: 'program', help: 'key.close.help'},
	{command: 'redraw', keys: ['Ctrl-L'], section: 'program', help: 'key.redraw.help'},
	{command: 'suspend', keys: ['Ctrl-Z'], section: 'program', help: 'key.suspend.help'},
	{
		command: 'quit',
		keys: ['q', 'Ctrl-C', 'F10'],
		shown: 'q Ctrl-C F10',
		section: 'program',
		footer: {word: 'key.quit', rank: 0},
		help: 'key.quit.help',
	},
];

const keysFor = (isWaiting: boolean): ReadonlyMap<string, Command> =>
	new Map(
		keymap
			.filter(({whileWaiting}) => isWaiting === (whileWaiting === true))
			.flatMap(({keys, command}) => keys.map(key => [key, command] as const)),
	);

const byKey = keysFor(false);
const byKeyWhileWaiting = keysFor(true);

/** What a key means; `isWaiting`: the guide has stopped playback and waits to be read. */
export const commandOf = (key: string, isWaiting = false): Command | undefined =>
	(isWaiting ? byKeyWhileWaiting.get(key) : undefined) ?? byKey.get(key);

/** How a binding's keys are written. */
export const keyText = ({keys, shown}: KeyBinding): string => shown ?? keys.join(' ');

export type FooterEntry = {readonly key: string; readonly word: string; readonly rank: number};

export type FooterState = {
	/** `covered`: something is open over the panes and has keys of its own, which it tells itself. */
	readonly play: 'playing' | 'paused' | 'waiting' | 'ended' | 'covered';
	/** There is a guide, shown or hidden. */
	readonly hasGuide?: boolean;
	/** The guide is on the screen, and its newest step has asked something. */
	readonly hasQuestion?: boolean;
	/** The answer is shown. */
	readonly isAnswered?: boolean;
	/** There is something to write to; if not given there is. */
	readonly canWrite?: boolean;
};

/**
 * The footer's keys in the table's order, by language. While paused the pause key says what it does then, while the guide
 * waits Enter goes on, at the end there is another key in its place; keys of the guide are there where it is.
 */
export const footerEntries = (
	language: Language,
	{play, hasGuide = false, hasQuestion = false, isAnswered = false, canWrite = true}: FooterState,
): readonly FooterEntry[] => {
	const isWaiting = play === 'waiting';
	if (play === 'covered') {
		const {keys, shown} = keymap.find(({command}) => command === 'close')!;
		return [{key: shown ?? keys[0]!, word: say(language, 'key.close'), rank: 0}];
	}
	return keymap.flatMap(binding => {
		const {command, keys, footer} = binding;
		const entry = (word: StringKey, rank: number): readonly FooterEntry[] => {
			const key = keys.find(name => commandOf(name, isWaiting) === command);
			return key === undefined ? [] : [{key, word: say(language, word), rank}];
		};
		switch (command) {
			case 'goOn':
				return isWaiting && footer ? entry(footer.word, footer.rank) : [];
			case 'guide':
				return hasGuide && footer ? entry(footer.word, footer.rank) : [];
			case 'answer':
				return hasQuestion && footer
					? entry(isAnswered ? 'key.hideAnswer' : footer.word, footer.rank)
					: [];
			case 'write':
				return canWrite && footer ? entry(footer.word, footer.rank) : [];
			// While the guide waits, its own key stands for this one.
			case 'pause':
				return play === 'ended' || isWaiting || !footer
					? []
					: entry(play === 'paused' ? 'key.play' : footer.word, footer.rank);
			// After the end there is nothing to play, but all of it to play again.
			case 'restart':
				return play === 'ended' ? entry('key.restart', 1) : [];
			default:
				return footer ? entry(footer.word, footer.rank) : [];
		}
	});
};

export type HelpEntry = {readonly keys: string; readonly text: string};
export type HelpGroup = {readonly title: string; readonly entries: readonly HelpEntry[]};

const sections: readonly HelpSection[] = [
	'guide',
	'playback',
	'panes',
	'lists',
	'processes',
	'act',
	'program',
];

/** The help page, and the README's list. */
export const helpGroups = (language: Language): readonly HelpGroup[] =>
	sections.map(section => ({
		title: say(language, `help.section.${section}`),
		entries: keymap.flatMap(binding =>
			binding.section === section && binding.help !== 'with-previous'
				? [{keys: keyText(binding), text: say(language, binding.help)}]
				: [],
		),
	}));

/** The key list for the README, as a Markdown table. */
export const keysAsMarkdown = (language: Language): string =>
	[
		'| keys | |',
		'| --- | --- |',
		...helpGroups(language).flatMap(({entries}) =>
			entries.map(
				({keys, text}) =>
					`| ${keys
						.split(' ')
						.map(key => `\`${key === '\\' ? '\\' : key}\``)
						.join(' ')} | ${text} |`,
			),
		),
	].join('\n');
