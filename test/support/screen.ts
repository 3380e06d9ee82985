// Reads what a terminal emulator displays, as text.

import type headless from '@xterm/headless';

/** The visible rows, top to bottom, without trailing blanks. */
export const screenLines = (emulator: headless.Terminal): readonly string[] => {
	const {active} = emulator.buffer;
	return Array.from(
		{length: emulator.rows},
		(_, row) =>
			active
				.getLine(active.viewportY + row)
				?.translateToString(true)
				.trimEnd() ?? '',
	);
};

/** The screen in a frame, for error messages. */
export const describeScreen = (emulator: headless.Terminal): string => {
	const rule = '-'.repeat(emulator.cols);
	return [`screen ${emulator.cols}x${emulator.rows}:`, rule, ...screenLines(emulator), rule].join(
		'\n',
	);
};
