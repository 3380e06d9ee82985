// What the programs of a session have printed, up to the furthest place of its branch. The present has the beginning of
// it, as many bytes as its machine has counted: going back forgets nothing, and what is printed again on the way forward
// is known already.

import type {ConsoleChunk} from '../kernel/files/console.js';

/** Bytes that one process has printed on one stream, without another's between them. */
export type OutputPiece = Omit<ConsoleChunk, 'cycle'> & {
	/** Bytes printed before it. */
	readonly at: number;
};

export type OutputLog = {
	pieces: OutputPiece[];
	/** Bytes in all. */
	length: number;
};

/** Writes of a byte or a line are joined to pieces of about this size: an object for each would take far more than itself. */
const pieceBytes = 4096;

export const createOutputLog = (): OutputLog => ({pieces: [], length: 0});

/** Adds what is new of these chunks; with the last of them `total` bytes have been printed. */
export const noteOutput = (
	log: OutputLog,
	chunks: readonly ConsoleChunk[],
	total: number,
): void => {
	let at = total - chunks.reduce((sum, {bytes}) => sum + bytes.length, 0);
	let joined: ConsoleChunk[] = [];
	let size = 0;
	for (const chunk of chunks) {
		const isNew = at >= log.length + size;
		at += chunk.bytes.length;
		if (!isNew) continue;
		const [first] = joined;
		if (first && (size >= pieceBytes || first.pid !== chunk.pid || first.stream !== chunk.stream)) {
			addPiece(log, joined);
			joined = [];
			size = 0;
		}
		joined.push(chunk);
		size += chunk.bytes.length;
	}
	if (joined.length > 0) addPiece(log, joined);
};

const addPiece = (log: OutputLog, chunks: readonly ConsoleChunk[]): void => {
	const {pid, stream} = chunks[0]!;
	const bytes = joinBytes(chunks.map(chunk => chunk.bytes));
	log.pieces.push({at: log.length, pid, stream, bytes});
	log.length += bytes.length;
};

/** Forgets all but the first `length` bytes: history has branched there. */
export const cutOutput = (log: OutputLog, length: number): void => {
	log.pieces = [...outputUpTo(log, length)];
	log.length = Math.min(log.length, length);
};

/** The first `length` bytes. */
export const outputUpTo = (log: OutputLog, length: number): readonly OutputPiece[] => {
	if (length >= log.length) return log.pieces;
	const pieces = log.pieces.slice(
		0,
		log.pieces.findIndex(({at, bytes}) => at + bytes.length > length) + 1,
	);
	const last = pieces.pop();
	if (last && last.at < length)
		pieces.push({...last, bytes: last.bytes.subarray(0, length - last.at)});
	return pieces;
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
