// The last line: the line being typed, else a message (in several rows where it is long), else the keys. A message about the
// line being typed stands above it.

import {type Language, say} from '../../view-model/language.js';
import {sharedViews} from '../../view-model/shared.js';
import {fitLine, type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {displayWidth, simplify} from '../../view-model/text-width.js';
import {footerEntries, type FooterState} from '../keymap.js';
import {isWaitingForReader, type Snapshot} from '../playback.js';
import {type DashboardState, newestQuestion, selectedKey} from '../selection.js';
import {type InputLine, promptOf} from '../input-line.js';
import {leastForTwoColumns} from '../slots.js';
import type {Message} from '../state.js';
import {paint, type Theme} from '../theme.js';
import {Block} from './pane.js';

type Props = {
	readonly lines: readonly Line[];
	readonly columns: number;
	/** The last row of the screen. */
	readonly row: number;
	readonly theme: Theme;
	readonly isAscii: boolean;
};

export function Footer({lines, columns, row, theme, isAscii}: Props) {
	return (
		<Block
			area={{x: 0, y: row + 1 - lines.length, width: columns, height: lines.length}}
			text={lines.map(line => paint(fitLine(line, columns), theme)).join('\n')}
			isAscii={isAscii}
		/>
	);
}

/** Rows of a long message, which stands there until the next key. */
const messageRows = 4;

export const footerLines = (
	state: DashboardState,
	columns: number,
	language: Language,
): readonly Line[] => {
	const {input, message} = state.ui;
	const keys = footerState(state);
	const goOn = !input && keys.play === 'waiting' ? goOnKey(keys, language) : [];
	const said = message ? messageLines(message, columns, goOn) : [];
	// What is wrong with the typed line is said above it.
	if (input) return [...said, inputLine(input, columns, language)];
	return message ? said : [keysLine(keys, columns, language)];
};

/**
 * A message in as many rows as it needs, four at most; of a longer one the beginning, and a mark that it goes on.
 *
 * @param end What has to be seen beside it: it stands at the end of the last row.
 */
export const messageLines = (
	{text, tone}: Message,
	columns: number,
	end: Line = [],
): readonly Line[] => {
	const room = columns - 2;
	const beside = room - (end.length === 0 ? 0 : lineWidth(end) + 2);
	const rows = [...wrapLine([span(simplify(text), tone)], room)];
	if (lineWidth(rows.at(-1)!) > beside) {
		// No row for that alone where the guide's own pane says it.
		if (rows.length === 1 && columns >= leastForTwoColumns)
			return messageLines({text, tone}, columns);
		rows.push([]);
	}
	const cut: Line = rows.length > messageRows ? [span('…', tone)] : [];
	const shown = rows.slice(0, messageRows);
	const last = [...shown.pop()!, ...cut];
	const ending = lineWidth(last) > beside || end.length > 0 ? fitLine(last, beside) : last;
	return [...shown, end.length > 0 ? [...ending, span('  '), ...end] : ending].map(row => [
		span(' '),
		...row,
	]);
};

const goOnKey = (state: FooterState, language: Language): Line => {
	const [entry] = footerEntries(language, state);
	return entry ? [span(entry.key, 'key'), span(` ${entry.word}`)] : [];
};

const footerState = ({ui, snapshot}: DashboardState): FooterState => {
	const step = newestQuestion(snapshot.guide);
	return {
		play: ui.overlay ? 'covered' : playOf(snapshot),
		hasGuide: snapshot.hasGuide,
		// An older one has its key beside it, where it is seen.
		hasQuestion: ui.present.includes('guide') && step >= 0 && step === snapshot.guide.length - 1,
		isAnswered: ui.answer?.step === step,
		canWrite: canWrite({ui, snapshot}),
	};
};

/** Whether `w` finds anything to write to. */
const canWrite = (state: DashboardState): boolean => {
	const {ui, snapshot} = state;
	const {observed, watch} = snapshot;
	const {pipes, network} = observed.kernel;
	if (ui.focused === 'console' || pipes.size > 0 || network.sockets.size > 0) return true;
	if (network.radio.stations.size > 0) return true;
	const typed = sharedViews(observed, watch).filter(
		({kind}) => kind === 'variable' || kind === 'file',
	);
	return ui.focused === 'shared'
		? typed.some(({key}) => key === selectedKey(state, 'shared'))
		: typed.length > 0;
};

const playOf = (snapshot: Snapshot): FooterState['play'] => {
	const {play} = snapshot;
	// After a deadlock nothing happens by itself either.
	if (play === 'ended' || play === 'deadlock') return 'ended';
	if (isWaitingForReader(snapshot)) return 'waiting';
	return play === 'playing' || play === 'reversed' ? 'playing' : 'paused';
};

/** As many keys as fit; the least needed ones go first. */
const keysLine = (state: FooterState, columns: number, language: Language): Line => {
	const entries = [...footerEntries(language, state)];
	const width = (): number =>
		entries.reduce((sum, {key, word}) => sum + key.length + displayWidth(word) + 3, 0);
	while (entries.length > 0 && width() > columns) {
		const worst = entries.reduce((a, b) => (b.rank > a.rank ? b : a));
		entries.splice(entries.indexOf(worst), 1);
	}
	return entries.flatMap(({key, word}) => [span(` ${key}`, 'key'), span(` ${word} `)]);
};

const inputLine = (input: InputLine, columns: number, language: Language): Line => {
	const prompt = promptOf(input, language);
	const hint =
		input.purpose.kind === 'write' && input.purpose.targets.length > 1
			? say(language, 'input.hintTargets')
			: input.purpose.kind === 'write' || input.purpose.kind === 'type'
				? say(language, 'input.hint')
				: say(language, 'input.hintWord');
	const characters = [...input.text];
	const room = Math.max(4, columns - displayWidth(prompt) - 3);
	let first = 0;
	while (displayWidth(characters.slice(first, input.cursor + 1).join('')) > room) first++;
	const before = characters.slice(first, input.cursor).join('');
	const at = characters[input.cursor] ?? ' ';
	const after = characters.slice(input.cursor + 1).join('');
	const typed: Line = [
		span(` ${prompt}`, 'accent'),
		span(simplify(before)),
		span(simplify(at), 'inverse'),
		span(simplify(after)),
	];
	const isRoomy = lineWidth(typed) + displayWidth(hint) + 3 <= columns;
	return isRoomy ? [...typed, span(`  ${hint}`, 'dim')] : typed;
};
