// A student at 80x24 reads each step of a lesson without scrolling.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {readPresets} from '../../source/commands/preset-catalog.js';
import {guideRows} from '../../source/ui/panes/text-panes.js';
import type {GuideStep} from '../../source/view-model/guide.js';

/** Rows of text that the guide gets at 80x24 at most, and their cells. */
const mostRows = 7;
const columns = 78;

test('every step of every guide fits a screen of 80x24, in both languages', () => {
	for (const {name, folder} of readPresets()) {
		const text = readFileSync(join(folder, 'scenario.yaml'), 'utf8');
		const {guide} = parse(text) as {readonly guide: readonly GuideStep[]};
		for (const language of ['en', 'ko'] as const)
			for (const [index, step] of guide.entries())
				expect(
					guideRows([step], '', language, columns).lines.length,
					`${name}, step ${index + 1}, ${language}`,
				).toBeLessThanOrEqual(mostRows);
	}
});
