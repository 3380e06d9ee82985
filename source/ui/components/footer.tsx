// The last line: the line being typed, else a message, else the keys.

import {type Language, say} from '../../view-model/language.js';
import {fitLine, type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {displayWidth, simplify} from '../../view-model/text-width.js';
import {footerEntries} from '../keymap.js';
import type {Snapshot} from '../playback.js';
import type {InputLine} from '../input-line.js';
import type {UiState} from '../state.js';
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
	const line = ui.input
		? inputLine(ui.input, columns, language)
		: ui.message
			? [span(' '), span(simplify(ui.message.text), ui.message.tone)]
			: keysLine(snapshot.play !== 'playing' && snapshot.play !== 'reversed', columns, language);
	return (
		<Block
			area={{x: 0, y: row, width: columns, height: 1}}
			text={paint(fitLine(line, columns), theme)}
			isAscii={isAscii}
		/>
	);
}

/** As many keys as fit; the least needed ones go first. */
const keysLine = (isPaused: boolean, columns: number, language: Language): Line => {
	const entries = [...footerEntries(language, isPaused)];
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

const promptOf = ({purpose}: InputLine, language: Language): string => {
	switch (purpose.kind) {
		case 'write': {
			const {channel, offset} = purpose.targets[purpose.index]!;
			if (offset !== undefined) return say(language, 'input.writeAt', {channel, offset});
			return say(language, channel.startsWith('file:') ? 'input.writeEnd' : 'input.write', {
				channel,
			});
		}
		case 'offset':
			return say(language, 'input.offset', {channel: purpose.channel});
		case 'assign':
			return say(language, 'input.assign', {name: purpose.lvalue});
		case 'type':
			return say(language, 'input.type');
		case 'filter':
			return say(language, 'input.filter');
		case 'search':
			return say(language, 'input.search');
	}
};
