// `npm run check:layers`: prints every import and every use of the host that
// breaks the layer table; status 1 if there is one.

import {join} from 'node:path';
import process from 'node:process';
import {findViolations} from './layers.js';
import {readFolder} from '../source/commands/read-folder.js';

const sources = readFolder(join(import.meta.dirname, '../source'), /\.tsx?$/);
const violations = findViolations(sources);

for (const {path, line, problem} of violations) console.error(`source/${path}:${line}: ${problem}`);
console.log(`${sources.size} files, ${violations.length} violations of the layer rules`);
process.exitCode = violations.length > 0 ? 1 : 0;
