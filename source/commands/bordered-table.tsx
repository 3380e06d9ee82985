// A table with borders, for terminals.

import {renderToString} from 'ink';
import {Table} from 'ink-table';
import type {Row} from './table.js';

/** As wide as it needs to be: the terminal wraps rather than Ink, which would cut words. */
export const borderedTable = (rows: readonly Row[]): string =>
	`${renderToString(<Table data={[...rows]} />, {columns: 1000})}\n`;
