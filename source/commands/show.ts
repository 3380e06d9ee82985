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
	const files = [...new Set(document.processes.flatMap(({program}) => programFiles(program)))];
	for (const file of files)
		parts.push(`--- ${file}\n${(readTextFile(join(folder, file)) ?? '').trimEnd()}`);
	return `${parts.join('\n\n')}\n`;
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
