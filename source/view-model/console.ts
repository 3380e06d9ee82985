// What programs have printed, as lines with their author and stream.

import {joinBytes, type OutputPiece} from '../machine/output-log.js';
import {expandTabs} from './c-highlight.js';
import {printableText} from './escape.js';
import {simplify} from './text-width.js';

export type ConsoleLine = {
	readonly pid: number;
	readonly stream: 1 | 2;
	readonly text: string;
	/** The line has not ended yet. */
	readonly isOpen: boolean;
};

/** The last `limit` lines. Pieces of different authors that share a line are shown as one, by the first author. */
export const consoleLines = (
	pieces: readonly OutputPiece[],
	limit: number,
): readonly ConsoleLine[] => {
	const lines: {pid: number; stream: 1 | 2; parts: Uint8Array[]; isOpen: boolean}[] = [];
	for (const {pid, stream, bytes} of lastPieces(pieces, limit)) {
		let from = 0;
		while (from < bytes.length) {
			const newline = bytes.indexOf(10, from);
			const to = newline === -1 ? bytes.length : newline;
			let line = lines.at(-1);
			if (!line?.isOpen) {
				line = {pid, stream, parts: [], isOpen: true};
				lines.push(line);
			}
			line.parts.push(bytes.subarray(from, to));
			line.isOpen = newline === -1;
			from = to + 1;
		}
	}
	return lines.slice(-limit).map(line => ({
		pid: line.pid,
		stream: line.stream,
		text: simplify(expandTabs(printableText(joinBytes(line.parts)), 8)),
		isOpen: line.isOpen,
	}));
};

/** A line may have no end: no more bytes than this for each line are looked at. */
const mostLineBytes = 200;

/** As many of the newest pieces as can hold `limit` lines, the oldest of them cut. */
const lastPieces = (pieces: readonly OutputPiece[], limit: number): readonly OutputPiece[] => {
	const last: OutputPiece[] = [];
	let newlines = 0;
	let room = limit * mostLineBytes;
	for (let index = pieces.length - 1; index >= 0 && newlines <= limit && room > 0; index--) {
		const piece = pieces[index]!;
		const bytes = piece.bytes.subarray(Math.max(0, piece.bytes.length - room));
		for (const byte of bytes) if (byte === 10) newlines++;
		room -= bytes.length;
		last.push({...piece, bytes});
	}
	return last.reverse();
};
