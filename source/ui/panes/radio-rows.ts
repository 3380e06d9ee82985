// A channel of the radio in the Pipes pane: who talks, what was said last, and what each station does.

import {type Language, say} from '../../view-model/language.js';
import {
	type AirView,
	lastWords,
	type StationView,
	stationWords,
	talkerWords,
	waitingWords,
} from '../../view-model/radio.js';
import {type Line, lineWidth, type Span, span, type Tone} from '../../view-model/styled-text.js';
import {displayWidth, fitText, truncate} from '../../view-model/text-width.js';

/** The channel in so many rows: a row per station where there is room. Without what stands before rows of a list. */
export const airRows = (
	air: AirView,
	{width, rows}: {readonly width: number; readonly rows: number},
	language: Language,
): readonly Line[] => {
	if (rows === 1) return [singleLine(air, width - 1, language)];
	const head = [...nameSpans(air, width), talkerSpan(air, language)];
	const isEach = rows >= 2 + air.stations.length;
	// What is said now matters more than what was, where only one of them has room.
	if (rows === 2) return [head, allStations(air, width, language)];
	return [
		head,
		lastLine(air, width, language),
		...(isEach ? stationRows(air, language) : [allStations(air, width, language)]),
	];
};

const lastLine = ({last}: AirView, width: number, language: Language): Line => {
	if (!last) return [span(say(language, 'radio.silent'), 'dim')];
	const whole = lastWords(last, language);
	const text = displayWidth(whole) > width - 4 ? lastWords(last, language, true) : whole;
	return [span(truncate(text, width - 4), 'string')];
};

const nameSpans = ({name}: AirView, width: number): Line => [
	span(fitText(name, Math.min(Math.max(8, displayWidth(name)), width >> 1)), 'strong'),
	span('  '),
];

const talkerSpan = (air: AirView, language: Language): Span =>
	span(talkerWords(air, language), air.talker === '' ? 'dim' : 'running');

/** `device:/dev/radio  base(3) talks  wants to talk: rover(2)  "rover, report. over"` */
const singleLine = (air: AirView, width: number, language: Language): Line => {
	const head = [
		...nameSpans(air, width),
		talkerSpan(air, language),
		...(air.waiting.length > 0 ? [span('  '), span(waitingWords(air, language), 'blocked')] : []),
	];
	const room = width - lineWidth(head) - 2;
	return air.last && room > 8
		? [...head, span('  '), span(truncate(`"${air.last.text}"`, room), 'string')]
		: head;
};

/** One station in a row: `earth  base(3):3  holds the button`. */
const stationRows = ({stations}: AirView, language: Language): readonly Line[] => {
	const hosts = Math.max(...stations.map(({host}) => displayWidth(host)));
	const names = Math.max(...stations.map(station => displayWidth(holderNames(station))));
	return stations.map(station => [
		span(fitText(station.host, hosts), 'dim'),
		span(`  ${fitText(holderNames(station), names)}  `),
		span(stationWords(station, language), toneOf(station)),
		...(station.unread > 0 ? [span(` "${station.text}"`, 'string')] : []),
	]);
};

/** All stations in one row: with what they do, or, where that is too long, by name. */
const allStations = ({stations}: AirView, width: number, language: Language): Line => {
	const inWords = stations.flatMap((station, index): Line => {
		const words = stationWords(station, language);
		return [
			span(index === 0 ? '' : '  '),
			span(holderNames(station)),
			...(words === '' ? [] : [span(` ${words}`, toneOf(station))]),
		];
	});
	if (lineWidth(inWords) <= width - 4) return inWords;
	return stations.flatMap(
		(station, index): Line => [
			span(index === 0 ? '' : ' '),
			span(station.holders.map(({name}) => name).join(' '), toneOf(station)),
			...(station.unread > 0 ? [span(`+${station.unread}`, 'string')] : []),
		],
	);
};

const holderNames = ({holders}: StationView): string =>
	holders.map(({name, descriptors}) => `${name}:${descriptors.join(',')}`).join(' ');

const toneOf = ({isTalking, wantsToTalk, listeners, missed}: StationView): Tone => {
	if (isTalking) return 'running';
	if (missed > 0) return 'warning';
	return wantsToTalk || listeners.length > 0 ? 'blocked' : 'plain';
};
