/** `#pragma pack`, which stands among the tokens where it is in force from (record-layout.ts says what it does). */
import {reportWarning} from '../text/diagnostics.js';
import type {Token} from '../text/lexer.js';
import type {Parser} from './parser-state.js';

/** `#pragma pack(n)`, `pack()`, `pack(push, n)`, `pack(pop)` */
export const applyPack = ({packing, sink}: Parser, {text, position}: Token): void => {
	const match = /^\((?:(push|pop)?,?(?:[A-Za-z_]\w*,?)?(\d+)?)\)$/.exec(text);
	const number = Number(match?.[2] ?? 0);
	if (!match || ![0, 1, 2, 4, 8, 16].includes(number)) {
		reportWarning(sink, position, '-Wpragmas', `malformed '#pragma pack' - ignored`);
		return;
	}

	if (match[1] === 'push') packing.saved.push(packing.limit);
	if (match[1] === 'pop') {
		const saved = packing.saved.pop();
		if (saved === undefined)
			reportWarning(
				sink,
				position,
				'-Wpragmas',
				"'#pragma pack (pop)' encountered without matching '#pragma pack (push)'",
			);
		packing.limit = saved ?? 0;
	} else if (match[1] === undefined || match[2] !== undefined) {
		packing.limit = number;
	}
};
