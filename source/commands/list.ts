// `ipctop list`: the presets by lesson, in the order of teaching.

import {inLanguage} from '../scenario/scenario-document.js';
import {type Command, isColored, languageOf} from './invocation.js';
import {type Preset, readPresets} from './preset-catalog.js';
import {writeTable} from './table.js';
import {exitStatus, userError} from './user-error.js';

export const list: Command = async invocation => {
	const {host, operands, values} = invocation;
	if (operands.length > 0)
		return userError(
			`ipctop list takes no operands; \`ipctop show ${operands[0]}\` tells of one preset`,
		);
	const presets = readPresets();
	if (values.switches.has('json')) {
		await host.stdout.write(`${JSON.stringify(presets.map(describePreset), undefined, '\t')}\n`);
		return exitStatus.fine;
	}
	const language = languageOf(invocation);
	const hasColors = isColored(invocation, 'stdout');
	const lessonOf = ({document}: Preset): string => inLanguage(document.lesson, language);
	let isFirst = true;
	for (const lesson of new Set(presets.map(lessonOf))) {
		await host.stdout.write(`${isFirst ? '' : '\n'}${lesson}\n`);
		isFirst = false;
		const rows = presets
			.filter(preset => lessonOf(preset) === lesson)
			.map(({name, document}) => ({
				PRESET: name,
				TITLE: inLanguage(document.title, language),
			}));
		await writeTable(host.stdout, rows, hasColors);
	}
	return exitStatus.fine;
};

const describePreset = ({name, document}: Preset) => ({
	name,
	title: document.title,
	summary: document.summary,
	lesson: document.lesson,
	programs: document.processes.map(({program}) => program),
	watch: document.watch ?? [],
	steps: document.guide?.length ?? 0,
});
