// `node --import tsx scripts/readme.ts`: puts the program's facts into README.md anew.

import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {readmeSections, withSection} from './readme-sections.js';

const path = join(import.meta.dirname, '../README.md');
let text = readFileSync(path, 'utf8');
for (const [name, make] of Object.entries(readmeSections))
	text = withSection(text, name, await make());
writeFileSync(path, text);
