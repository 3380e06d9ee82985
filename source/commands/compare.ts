// `ipctop compare`: runs presets, and tells by which ways their processes communicated: what each way does, as the run
// shows it, beside what it cost. Without presets: all, each way once.

import {wrapLine} from '../view-model/styled-text.js';
import {type NamedWay, wayRows, waysLegend} from '../view-model/ways-text.js';
import {waysOfRun} from '../view-model/ways-run.js';
import {type Command, type Invocation, isColored, languageOf, untilOf} from './invocation.js';
import {findScenario} from './find-scenario.js';
import {onConsole} from './load-place.js';
import {openPlace} from './open-scenario.js';
import {readPresets} from './preset-catalog.js';
import {writeFittingTable} from './folded-table.js';
import type {CommandHost} from './host.js';
import {exitStatus, isUserError, type UserError} from './user-error.js';

export const compare: Command = async invocation => {
	const {host, operands, values} = invocation;
	const names = operands.length > 0 ? operands : readPresets().map(({name}) => name);
	const ways: NamedWay[] = [];
	const silent: string[] = [];
	for (const name of names) {
		const found = await waysIn(name, invocation);
		if (isUserError(found)) return found;
		ways.push(...found);
		if (found.length === 0) silent.push(name);
	}
	const shown = operands.length > 0 ? ways : oneOfEach(ways);
	if (operands.length > 0 && silent.length > 0) {
		await host.stderr.write(
			`ipctop: nobody received anything from anybody else in ${silent.join(', ')}\n`,
		);
	}
	const language = languageOf(invocation);
	if (values.switches.has('json')) {
		await host.stdout.write(`${JSON.stringify(shown, undefined, '\t')}\n`);
	} else if (values.switches.has('markdown')) {
		await host.stdout.write(
			`${markdownTable(wayRows(shown, language))}\n${waysLegend[language]}\n`,
		);
	} else if (shown.length > 0) {
		const width = widthOf(host);
		const rows = wayRows(shown, language);
		await writeFittingTable(host.stdout, rows, width, isColored(invocation, 'stdout'));
		const legend = wrapLine([{text: waysLegend[language], tone: 'plain'}], width);
		const lines = legend.map(
			line =>
				`${line
					.map(({text}) => text)
					.join('')
					.trimEnd()}\n`,
		);
		await host.stdout.write(`\n${lines.join('')}`);
	}
	return exitStatus.fine;
};

/** Cells in a line: as the user says, or the terminal; else what every terminal has. */
const widthOf = ({environment, stdout}: CommandHost): number => {
	const said = Number(environment['COLUMNS']);
	return Number.isInteger(said) && said >= 20 ? said : (stdout.columns?.() ?? 80);
};

/** Presets end by themselves within that; endless ones have shown by then what they do. */
const longestRun = 20_000_000;

const waysIn = async (
	name: string,
	invocation: Invocation,
): Promise<readonly NamedWay[] | UserError> => {
	const place = findScenario(name);
	if (isUserError(place)) return place;
	const scenario = await openPlace(place, name, invocation, onConsole);
	if (isUserError(scenario)) return scenario;
	const until = Math.min(untilOf(invocation), longestRun);
	return waysOfRun(scenario, until).map(way => ({preset: scenario.name, ...way}));
};

/** What makes two ways the same one for the summary. */
const sortOf = ({kind, direction, relation, hosts}: NamedWay): string =>
	JSON.stringify([kind, direction, relation, hosts]);

/** So many messages show what a way is like; one or two may be by the way. */
const enoughMessages = 3;

/**
 * Each sort of way once with notice and once without, at once and in turns: from the first preset that shows it well,
 * else from the one that shows it best. Runs in which nobody ever had to wait say nothing about notice: they count only
 * where there is no other.
 */
const oneOfEach = (ways: readonly NamedWay[]): readonly NamedWay[] => {
	const telling = new Set(ways.filter(({notice}) => notice !== 'unused').map(sortOf));
	const chosen = new Map<string, NamedWay>();
	for (const way of ways) {
		if (way.notice === 'unused' && telling.has(sortOf(way))) continue;
		const key = `${sortOf(way)} ${way.notice} ${way.isAtOnce}`;
		const known = chosen.get(key);
		if (!known || (known.messages < enoughMessages && way.messages > known.messages))
			chosen.set(key, way);
	}
	return ways.filter(way => [...chosen.values()].includes(way));
};

/** A table as GitHub renders it. */
const markdownTable = (rows: ReadonlyArray<Readonly<Record<string, string>>>): string => {
	const names = Object.keys(rows[0] ?? {});
	const line = (cells: readonly string[]): string =>
		`| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
	return [
		line(names),
		line(names.map(() => '---')),
		...rows.map(row => line(names.map(name => row[name] ?? ''))),
	].join('');
};
