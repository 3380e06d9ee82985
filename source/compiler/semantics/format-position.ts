/** Where a character of a string literal stands in the source, so that a message can point into a format. */
import type {Position} from '../ast.js';
import {fileAt, type SourceMap} from '../text/source-text.js';

/** What one code unit of a narrow literal is written as, or what may stand between its parts. */
const piece = /\\(?:\r?\n|x[\da-fA-F]+|[0-7]{1,3}|[\s\S])|"(?:\s*")?|[^"\\\n]/uy;

/**
 * The position of the `index`-th byte of the literal that begins at `start`, its parts joined. `start` itself where the
 * text cannot be followed: macros bring literals that do not stand here.
 */
export const positionInLiteral = (map: SourceMap, start: Position, index: number): Position => {
	const file = fileAt(map, start);
	const offset = start - (file?.base ?? 0);
	if (file?.text[offset] !== '"') return start;
	let at = offset + 1;
	for (let bytes = 0; ; ) {
		piece.lastIndex = at;
		const text = piece.exec(file.text)?.[0];
		if (text === undefined || text === '"') return start;
		if (!text.startsWith('"') && !/^\\\r?\n$/.test(text)) {
			if (bytes === index) return file.base + at;
			bytes += text.startsWith('\\') ? 1 : new TextEncoder().encode(text).length;
			if (bytes > index) return start;
		}
		at += text.length;
	}
};
