// What programs have printed, as lines with their author and stream.

import type {ConsoleChunk} from '../kernel/files/console.js';
import {expandTabs} from './c-highlight.js';
import {printableText} from './escape.js';
import {simplify} from './text-width.js';

export type ConsoleLine = {
	readonly cycle: number;
	readonly pid: number;
	readonly stream: 1 | 2;
	readonly text: string;
	/** The line has not ended yet. */
	readonly isOpen: boolean;
};

/** The last `limit` lines. Chunks of different authors that share a line are shown as one, by the first author. */
export const consoleLines = (
	chunks: readonly ConsoleChunk[],
	limit: number,
): readonly ConsoleLine[] => {
	const lines: {cycle: number; pid: number; stream: 1 | 2; parts: Uint8Array[]; isOpen: boolean}[] =
		[];
	for (const chunk of lastChunks(chunks, limit)) {
		let from = 0;
		while (from < chunk.bytes.length) {
			const newline = chunk.bytes.indexOf(10, from);
			const to = newline === -1 ? chunk.bytes.length : newline;
			let line = lines.at(-1);
			if (!line?.isOpen) {
				line = {cycle: chunk.cycle, pid: chunk.pid, stream: chunk.stream, parts: [], isOpen: true};
				lines.push(line);
			}
			line.parts.push(chunk.bytes.subarray(from, to));
			line.isOpen = newline === -1;
			from = to + 1;
		}
	}
	return lines.slice(-limit).map(line => ({
		cycle: line.cycle,
		pid: line.pid,
		stream: line.stream,
		text: simplify(expandTabs(printableText(joinBytes(line.parts)), 8)),
		isOpen: line.isOpen,
	}));
};

/** As many of the newest chunks as can hold `limit` lines. */
const lastChunks = (chunks: readonly ConsoleChunk[], limit: number): readonly ConsoleChunk[] => {
	let newlines = 0;
	for (let index = chunks.length - 1; index >= 0; index--) {
		for (const byte of chunks[index]!.bytes) if (byte === 10) newlines++;
		if (newlines > limit) return chunks.slice(index);
	}
	return chunks;
};

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => {
	const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let position = 0;
	for (const part of parts) {
		result.set(part, position);
		position += part.length;
	}
	return result;
};
