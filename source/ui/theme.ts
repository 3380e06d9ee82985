// From what a span means to what the terminal does. Themes differ in colours only; bold, underline and inverse are kept
// for what must be seen without colour.

import process from 'node:process';
import type {Language} from '../view-model/language.js';
import type {Line, Tone} from '../view-model/styled-text.js';

export const themeNames = ['default', 'high-contrast', 'colour-blind', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];

/** SGR parameters per tone; '' draws plainly. */
export type Theme = Readonly<Record<Tone | 'border' | 'focus' | 'selected' | 'title', string>>;

const mono: Theme = {
	plain: '',
	dim: '2',
	strong: '1',
	accent: '1',
	useful: '',
	busy: '1',
	idle: '2',
	running: '1',
	ready: '',
	blocked: '',
	stopped: '',
	ended: '2',
	good: '',
	warning: '1',
	error: '1;7',
	keyword: '1',
	string: '',
	comment: '2',
	number: '',
	key: '1',
	inverse: '7',
	border: '2',
	focus: '1',
	selected: '7',
	title: '1',
};

const sixteen: Theme = {
	...mono,
	dim: '90',
	accent: '36',
	useful: '32',
	busy: '31',
	idle: '90',
	running: '32',
	ready: '33',
	blocked: '34',
	stopped: '35',
	ended: '90',
	good: '32',
	warning: '33',
	error: '1;31',
	keyword: '36',
	string: '32',
	comment: '90',
	number: '35',
	key: '1;36',
	border: '90',
	focus: '36',
	selected: '7',
	title: '1',
};

const highContrast: Theme = {
	...sixteen,
	dim: '',
	idle: '',
	accent: '1;96',
	useful: '1;92',
	busy: '1;91',
	running: '1;92',
	ready: '1;93',
	blocked: '1;96',
	stopped: '1;95',
	ended: '',
	good: '1;92',
	warning: '1;93',
	keyword: '1;96',
	string: '92',
	comment: '',
	number: '95',
	border: '97',
	focus: '1;93',
};

/** Blue and orange in place of green and red: what is nearest to the palette of Okabe and Ito. */
const colourBlind: Theme = {
	...sixteen,
	useful: '38;5;75',
	busy: '38;5;208',
	running: '38;5;75',
	ready: '38;5;227',
	blocked: '38;5;247',
	good: '38;5;75',
	warning: '38;5;227',
	error: '1;38;5;208',
	string: '38;5;75',
	number: '38;5;175',
};

const colourBlindSixteen: Theme = {
	...sixteen,
	useful: '36',
	running: '36',
	good: '36',
	busy: '33',
	error: '1;33',
	string: '36',
};

/** The palette of Okabe and Ito itself, where the terminal draws any colour. */
const okabeIto = {
	orange: '38;2;230;159;0',
	skyBlue: '38;2;86;180;233',
	yellow: '38;2;240;228;66',
	purple: '38;2;204;121;167',
} as const;

const colourBlindExact: Theme = {
	...colourBlind,
	useful: okabeIto.skyBlue,
	busy: okabeIto.orange,
	running: okabeIto.skyBlue,
	ready: okabeIto.yellow,
	good: okabeIto.skyBlue,
	warning: okabeIto.yellow,
	error: `1;${okabeIto.orange}`,
	string: okabeIto.skyBlue,
	number: okabeIto.purple,
};

/** Calmer shades for terminals with 256 colours, and for those with all: these take fewer bytes than the same in RGB. */
const full: Theme = {
	...sixteen,
	dim: '38;5;245',
	accent: '38;5;80',
	useful: '38;5;71',
	busy: '38;5;203',
	idle: '38;5;240',
	running: '38;5;77',
	ready: '38;5;179',
	blocked: '38;5;111',
	stopped: '38;5;176',
	ended: '38;5;243',
	good: '38;5;77',
	warning: '38;5;179',
	error: '1;38;5;203',
	keyword: '38;5;110',
	string: '38;5;107',
	comment: '38;5;243',
	number: '38;5;176',
	key: '1;38;5;80',
	border: '38;5;240',
	focus: '38;5;80',
};

/** `true`: any colour, in RGB. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

export const themeFor = (name: ThemeName, depth: ColourDepth): Theme => {
	if (name === 'mono' || depth === 'none') return mono;
	if (name === 'high-contrast') return highContrast;
	if (name === 'colour-blind')
		return {'16': colourBlindSixteen, '256': colourBlind, true: colourBlindExact}[depth];
	return depth === '16' ? sixteen : full;
};

/** What the environment says of the terminal's colours; NO_COLOR wins over everything but an explicit `always`. */
export const colourDepth = (
	environment: Readonly<Record<string, string | undefined>>,
	choice: 'auto' | 'always' | 'never' = 'auto',
): ColourDepth => {
	const {NO_COLOR: noColor = '', TERM: term = '', COLORTERM: colorTerm = ''} = environment;
	const isColourless = term === 'dumb' || /^vt\d|-m(ono)?$/.test(term);
	if (choice === 'never' || (choice === 'auto' && (noColor !== '' || isColourless))) return 'none';
	if (/truecolor|24bit/.test(colorTerm) || /direct|kitty|ghostty|alacritty/.test(term))
		return 'true';
	return /256/.test(term) ? '256' : '16';
};

/** Whether the locale can show more than ASCII. */
export const isAsciiOnly = (environment: Readonly<Record<string, string | undefined>>): boolean => {
	const {LC_ALL: all, LC_CTYPE: type, LANG: lang} = environment;
	const locale = all || type || lang || '';
	return !/utf-?8/i.test(locale);
};

/** Whoever has chosen Korean has a terminal that shows it, whatever the locale says (ssh often passes none on). */
export const drawsAscii = ({
	isAscii,
	language,
}: {
	readonly isAscii?: boolean | undefined;
	readonly language: Language;
}): boolean => isAscii ?? (language === 'en' && isAsciiOnly(process.env));

/** A line as text with SGR sequences; `extra` (selection) is laid over every span. */
export const paint = (spans: Line, theme: Theme, extra = ''): string => {
	let result = '';
	for (const {text, tone} of spans) {
		if (text === '') continue;
		const codes = extra === '' ? theme[tone] : extra;
		result += codes === '' ? text : `\u001B[${codes}m${text}\u001B[0m`;
	}
	return result;
};

/** A text in one style. */
export const paintText = (text: string, codes: string): string =>
	codes === '' || text === '' ? text : `\u001B[${codes}m${text}\u001B[0m`;
