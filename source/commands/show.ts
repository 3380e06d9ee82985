// `ipctop show`: one preset in full: what it is about, its machine, its guide, its programs.

import {join} from 'node:path';
import {programFiles} from '../scenario/program-names.js';
import {type GuideDocument, inLanguage, type Language} from '../scenario/scenario-document.js';
import {nearestName} from '../scenario/nearest-name.js';
import {readTextFile} from './host.js';
import {type Command, languageOf} from './invocation.js';
import {type Preset, readPreset} from './preset-catalog.js';
import {listPresetNames} from './resources.js';
import {exitStatus, userError} from './user-error.js';

export const show: Command = async invocation => {
	const {host, operands} = invocation;
	const [name] = operands;
	if (name === undefined || operands.length > 1)
		return userError('ipctop show needs one PRESET; `ipctop list` shows them');
	const preset = readPreset(name);
	if (!preset) {
		const nearest = nearestName(name, listPresetNames());
		return userError(
			`there is no preset "${name}"; ${nearest === undefined ? '`ipctop list` shows them' : `did you mean "${nearest}"?`}`,
		);
	}
	await host.stdout.write(presetText(preset, languageOf(invocation)));
	return exitStatus.fine;
};

const words = {
	en: {
		watch: 'Watch',
		guide: 'Guide',
		try: 'Try',
		ask: 'Question',
		answer: 'Answer',
		start: 'Start it with',
	},
	ko: {watch: '볼 것', guide: '안내', try: '해 보기', ask: '질문', answer: '답', start: '시작하기'},
} as const;

const presetText = ({name, folder, document}: Preset, language: Language): string => {
	const word = words[language];
	const title = inLanguage(document.title, language);
	const parts = [`${name}: ${title}\n\n${inLanguage(document.summary, language).trim()}`];
	if (document.watch) parts.push(`${word.watch}: ${document.watch.join(', ')}`);
	parts.push(`${word.start}: ipctop ${name}`);
	const guide = document.guide ?? [];
	if (guide.length > 0)
		parts.push(
			`${word.guide}\n\n${guide.map((step, index) => stepText(step, index, language)).join('\n\n')}`,
		);
	for (const [file, text] of sourcesOf(folder, document))
		parts.push(`--- ${file}\n${text.trimEnd()}`);
	return `${parts.join('\n\n')}\n`;
};

/** The C files of all programs, each with the headers of the folder that it includes before it. */
const sourcesOf = (folder: string, document: Preset['document']): ReadonlyMap<string, string> => {
	const sources = new Map<string, string>();
	const add = (file: string): void => {
		const text = readTextFile(join(folder, file));
		if (text === undefined || sources.has(file)) return;
		for (const [, header = ''] of text.matchAll(/^#include "([^"]+)"/gm)) add(header);
		sources.set(file, text);
	};
	const programs = [
		...document.processes.map(({program}) => program),
		...(document.programs ?? []),
	];
	for (const file of programs.flatMap(programFiles)) add(file);
	return sources;
};

const stepText = (step: GuideDocument, index: number, language: Language): string => {
	const word = words[language];
	const lines = [`${index + 1}. ${inLanguage(step.say, language).trim()}`];
	for (const key of ['try', 'ask', 'answer'] as const) {
		if (step[key] !== undefined)
			lines.push(`   ${word[key]}: ${inLanguage(step[key], language).trim()}`);
	}
	return lines.join('\n');
};
