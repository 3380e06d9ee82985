// `ipctop export`: a run as a file for other programs.

import {writeFileSync} from 'node:fs';
import {createAsciicastExport} from '../export/asciicast.js';
import {createCsvExport} from '../export/csv.js';
import type {Exporter} from '../export/exporter.js';
import {createMermaidExport} from '../export/mermaid.js';
import {createPerfettoExport} from '../export/perfetto.js';
import type {Scenario} from '../scenario/scenario.js';
import {reportStatus} from './ending.js';
import {type Command, type Invocation, languageOf, outputPathOf, untilOf} from './invocation.js';
import {onConsole} from './load-place.js';
import {openScenario, scenarioOperand} from './open-scenario.js';
import {createHeadlessRun, playUntil, takeEvents} from './play.js';
import {isUserError, type UserError, userError} from './user-error.js';

const defaultDelay = 20_000;

/** The formats, one file of source/export each. */
const formats: Readonly<Record<string, (scenario: Scenario, invocation: Invocation) => Exporter>> =
	{
		perfetto: () => createPerfettoExport(),
		mermaid: () => createMermaidExport(),
		csv: () => createCsvExport(),
		asciicast: ({name, title, watch}, invocation) =>
			createAsciicastExport({
				name,
				title,
				watch,
				language: languageOf(invocation),
				interval: invocation.values.numbers.get('delay') ?? defaultDelay,
			}),
	};

export const exportRun: Command = async invocation => {
	const {host, values} = invocation;
	const operand = scenarioOperand(invocation, 'export');
	if (isUserError(operand)) return operand;
	const format = values.texts.get('format');
	const create = format === undefined ? undefined : formats[format];
	if (!create) return userError(`ipctop export needs --format: ${Object.keys(formats).join(', ')}`);
	const path = outputPathOf(invocation);
	const scenario = await openScenario(operand, invocation, {
		...onConsole,
		recordsEvents: true,
	});
	if (isUserError(scenario)) return scenario;
	const exporter = create(scenario, invocation);
	const headless = createHeadlessRun(scenario);
	const note = (): void => {
		const {machine} = headless.session;
		exporter.note({kernel: machine.kernel, events: takeEvents(machine)});
	};
	await playUntil(headless, {
		host,
		stdout: host.stderr,
		stderr: host.stderr,
		until: untilOf(invocation),
		slice: exporter.interval,
		onSlice: async () => note(),
	});
	note();
	const problem = await output(path, exporter.finish(headless.session.machine.kernel), invocation);
	return problem ?? reportStatus(headless, invocation);
};

/** Without -o the file goes to standard output. */
const output = async (
	path: string | undefined,
	text: string,
	{host}: Invocation,
): Promise<UserError | undefined> => {
	if (path === undefined) {
		await host.stdout.write(text);
		return undefined;
	}
	try {
		writeFileSync(path, text);
		return undefined;
	} catch {
		return userError(`can't write ${path}: does its folder exist, and may you write there?`);
	}
};
