// The last line: the line being typed, else a message (in several rows where it is long), else the keys. A message about the
// line being typed stands above it.

import {type Language, say} from '../../view-model/language.js';
import {fitLine, type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {displayWidth, simplify} from '../../view-model/text-width.js';
import {footerEntries, type FooterState} from '../keymap.js';
import {isWaitingForReader, type Snapshot} from '../playback.js';
import {newestQuestion} from '../selection.js';
import {type InputLine, promptOf} from '../input-line.js';
import type {Message, UiState} from '../state.js';
import {paint, type Theme} from '../theme.js';
import {Block} from './pane.js';

type Props = {
	readonly ui: UiState;
	readonly snapshot: Snapshot;
	readonly columns: number;
	readonly row: number;
	readonly theme: Theme;
	readonly isAscii: boolean;
	readonly language: Language;
};

export function Footer({ui, snapshot, columns, row, theme, isAscii, language}: Props) {
	const lines = footerLines(ui, snapshot, columns, language);
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
	{input, message, present, overlay}: UiState,
	snapshot: Snapshot,
	columns: number,
	language: Language,
): readonly Line[] => {
	const said = message ? messageLines(message, columns) : [];
	// What is wrong with the typed line is said above it.
	if (input) return [...said, inputLine(input, columns, language)];
	return message ? said : [keysLine(footerState(snapshot, present, overlay), columns, language)];
};

/** A message in as many rows as it needs, four at most; of a longer one the beginning, and a mark that it goes on. */
export const messageLines = ({text, tone}: Message, columns: number): readonly Line[] => {
	const lines = wrapLine([span(simplify(text), tone)], columns - 2);
	const shown = lines.slice(0, messageRows);
	const last = shown.at(-1);
	if (last && lines.length > messageRows)
		shown[shown.length - 1] = [
			...(lineWidth(last) > columns - 3 ? fitLine(last, columns - 3) : last),
			span('…', tone),
		];
	return shown.map(line => [span(' '), ...line]);
};

const footerState = (
	snapshot: Snapshot,
	present: UiState['present'],
	overlay: UiState['overlay'],
): FooterState => ({
	play: overlay ? 'covered' : playOf(snapshot),
	hasGuide: snapshot.hasGuide,
	hasQuestion: present.includes('guide') && newestQuestion(snapshot.guide) >= 0,
});

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
