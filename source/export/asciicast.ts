// A terminal recording, asciicast v2: the frames of `ipctop top -b`, each drawn over the one before, at the pace of the
// simulated clock slowed down so that they can be read.

import {batchFrame, type BatchOptions} from '../view-model/batch-frame.js';
import {observe} from '../view-model/observed.js';
import type {Exporter} from './exporter.js';

const width = 100;
/** Seconds that a frame stays. */
const pace = 0.5;

export type AsciicastOptions = BatchOptions & {
	/** Cycles between frames. */
	readonly interval: number;
	readonly name: string;
};

/** Escape sequences: home, and erase to the end of the line or of the screen. */
const home = '\u001B[H';
const eraseLine = '\u001B[K';
const eraseBelow = '\u001B[J';

const screenOf = (frame: string): string =>
	`${home}${frame
		.trimEnd()
		.split('\n')
		.map(line => `${line}${eraseLine}`)
		.join('\r\n')}${eraseBelow}`;

export const createAsciicastExport = (options: AsciicastOptions): Exporter => {
	const frames: string[] = [];
	return {
		interval: options.interval,
		note({kernel}) {
			const observed = observe(kernel, options.interval);
			const frame = screenOf(batchFrame(observed, {...options, columns: width}));
			if (frame !== frames.at(-1)) frames.push(frame);
		},
		finish() {
			const height = Math.max(24, ...frames.map(frame => frame.split('\n').length));
			const header = {
				version: 2,
				width,
				height,
				title: `ipctop ${options.name}`,
				env: {TERM: 'xterm'},
			};
			const events = frames.map((frame, index) => [index * pace, 'o', frame]);
			return `${[header, ...events].map(line => JSON.stringify(line)).join('\n')}\n`;
		},
	};
};
