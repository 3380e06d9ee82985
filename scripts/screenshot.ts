// `npm run screenshot`: the README's picture, docs/dashboard.svg, made from what
// the built dashboard really shows in a pseudo-terminal.

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {ipctop, openTerminal} from '../test/support/terminal.js';
import {readStyledRows} from './styled-rows.js';
import {drawSvg} from './svg.js';

const columns = 120;
const rows = 36;
const preset = process.argv[2] ?? 'busy-vs-blocking';

await using terminal = openTerminal(ipctop(preset), {columns, rows});
const cycleOf = (lines: readonly string[]): number =>
	Number(/cycle ([\d,]+)/.exec(lines.join('\n'))?.[1]?.replaceAll(',', '') ?? 0);
const isPaused = (lines: readonly string[]): boolean => /paused/.test(lines.join('\n'));

// Far enough for every pane to have something in it; a lesson may pause by itself before.
await terminal.waitFor(
	lines => cycleOf(lines) >= 40_000 || isPaused(lines),
	'the scenario to be on its way',
);
if (!isPaused(terminal.screen())) terminal.press('Space');
const lines = await terminal.waitFor(isPaused, 'the dashboard to pause');
await terminal.waitFor(
	screen => /[╰┗]/.test(screen.slice(-3).join('')) && screen.length === lines.length,
	'the whole frame',
);

const folder = join(import.meta.dirname, '../docs');
mkdirSync(folder, {recursive: true});
const title = `ipctop ${preset}: the dashboard at ${columns}x${rows}`;
writeFileSync(
	join(folder, 'dashboard.svg'),
	drawSvg(readStyledRows(terminal.emulator), columns, title),
);
