// A frame of `top -b`: the whole state as plain text, for logs, scripts and terminals that can't draw.

import {localize, type Language, type LocalText, say} from './language.js';
import {machineView} from './machine-line.js';
import {type Observed} from './observed.js';
import {holderText} from './channels.js';
import {pipeViews} from './pipes.js';
import {airViews, lastWords, stationWords, talkerWords, waitingWords} from './radio.js';
import {processTable} from './process-table.js';
import {defaultProcessOptions, processEntries} from './processes.js';
import {groupText} from './shared-objects.js';
import {sharedValue, sharedViews, writersText} from './shared.js';
import {socketViews} from './sockets.js';
import {fitText, simplify} from './text-width.js';
import {formatBytes, formatShare} from './units.js';

export type BatchOptions = {
	readonly title: LocalText;
	readonly watch: readonly string[];
	readonly language: Language;
	/** Cells per line; more than a screen, since nothing is cut in a log. */
	readonly columns?: number;
};

/** The frame's lines, each ended by a newline, none with trailing blanks. */
export const batchFrame = (observed: Observed, options: BatchOptions): string => {
	const {language} = options;
	const lines = [
		...headLines(observed, options),
		'',
		...processLines(observed, options),
		...section(say(language, 'pane.pipes'), pipeLines(observed, language)),
		...section(say(language, 'pane.radio'), airLines(observed, language)),
		...section(say(language, 'pane.sockets'), socketLines(observed)),
		...section(say(language, 'pane.shared'), sharedLines(observed, options)),
	];
	return lines.map(line => `${line.trimEnd()}\n`).join('');
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
	lines.length > 0 ? ['', `${title}:`, ...lines] : [];

const headLines = (observed: Observed, {title, language}: BatchOptions): readonly string[] => {
	const view = machineView(observed);
	const {counts} = view;
	const states = (['running', 'ready', 'blocked', 'stopped', 'zombie'] as const)
		.map(state => `${counts[state]} ${say(language, `top.${state}`)}`)
		.join(', ');
	return [
		`ipctop - ${simplify(localize(title, language))}`,
		`${say(language, 'top.cycle')} ${view.cycle}, ${say(language, 'top.time')} ${view.time} s, ${states}`,
		...view.cpus.map(({id, recent}) =>
			(['useful', 'busy', 'idle'] as const).reduce(
				(text, kind, index) =>
					`${text}${index === 0 ? ' ' : ', '}${formatShare(recent[kind]).padStart(5)} ${say(language, `top.${kind}`)}`,
				`%Cpu${id}:`,
			),
		),
	];
};

const processLines = (
	observed: Observed,
	{language, columns = 120}: BatchOptions,
): readonly string[] => {
	const {kernel} = observed;
	const entries = processEntries(observed, defaultProcessOptions);
	const table = processTable({
		entries,
		options: defaultProcessOptions,
		selected: undefined,
		marked: new Set(),
		width: columns,
		height: entries.length,
		hasHosts: kernel.hosts.size > 1,
		language,
		clock: kernel.config.clock,
	});
	const row = (texts: readonly string[]): string =>
		table.columns
			.map(({width, alignment}, index) => fitText(texts[index]!, width, alignment))
			.join(' ');
	return [row(table.columns.map(({header}) => header)), ...table.rows.map(({cells}) => row(cells))];
};

const pipeLines = (observed: Observed, language: Language): readonly string[] =>
	pipeViews(observed).flatMap(pipe => {
		const asleep = [...pipe.blockedReaders, ...pipe.blockedWriters];
		const ends = [
			`${say(language, 'pipes.writeEnd')} ${pipe.writers.map(holderText).join(', ') || say(language, 'pipes.nobody')}`,
			`${say(language, 'pipes.readEnd')} ${pipe.readers.map(holderText).join(', ') || say(language, 'pipes.nobody')}`,
			...(asleep.length > 0 ? [say(language, 'pipes.asleep', {names: asleep.join(', ')})] : []),
		];
		return [
			`  ${fitText(pipe.name, 20)} ${formatBytes(pipe.fill)}/${formatBytes(pipe.capacity)}  ${ends.join('; ')}`,
			...(pipe.fill > 0 ? [`    "${pipe.text}"`] : []),
		];
	});

const airLines = (observed: Observed, language: Language): readonly string[] =>
	airViews(observed).flatMap(air => [
		`  ${fitText(air.name, 20)} ${talkerWords(air, language)}${air.waiting.length > 0 ? `; ${waitingWords(air, language)}` : ''}`,
		...(air.last ? [`    ${lastWords(air.last, language)}`] : []),
		...air.stations.map(station =>
			[
				`    ${fitText(station.host, 10)} ${station.holders.map(holderText).join(', ')}`,
				stationWords(station, language),
				station.unread > 0 ? `"${station.text}"` : '',
			].join('  '),
		),
	]);

const socketLines = (observed: Observed): readonly string[] =>
	socketViews(observed).map(
		({state, receiveQueue, sendQueue, local, peer, text}) =>
			`  ${fitText(state, 10)} ${String(receiveQueue).padStart(6)} ${String(sendQueue).padStart(6)} ${fitText(local, 24)} ${fitText(peer, 24)} ${text}`,
	);

const sharedLines = (observed: Observed, {watch, language}: BatchOptions): readonly string[] =>
	sharedViews(observed, watch).map(item => {
		if (item.kind === 'memory')
			return `  ${fitText(item.name, 20)} ${formatBytes(item.size)}  ${say(language, 'shared.seenBy', {names: [...item.mappers].join(', ')})}`;
		if (item.kind !== 'variable') {
			const asleep =
				item.blocked.length === 0
					? ''
					: `  ${say(language, 'pipes.asleep', {names: [...item.blocked].join(', ')})}`;
			return `  ${fitText(item.name, 20)} ${sharedValue(item, language)}${asleep}  ${[item.text, ...item.users.map(groupText)].join('  ').trim()}`;
		}
		const seenBy = [...item.seenBy];
		const isAlone = seenBy.length === 1 && !item.isShared;
		const seen = item.isAmongThreads
			? say(language, 'shared.byThreads', {name: seenBy[0]!})
			: isAlone
				? say(language, 'shared.onlyBy', {name: seenBy[0]!})
				: say(language, 'shared.seenBy', {names: seenBy.join(', ')});
		const writers = writersText(item, language);
		const writer = writers === '' ? '' : `  ${say(language, 'shared.writtenBy', {name: writers})}`;
		return `  ${fitText(item.lvalue, 20)} = ${item.value}${writer}  ${seen}  ${item.address}`;
	});
