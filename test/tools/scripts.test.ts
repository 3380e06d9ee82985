// The shell and the tools against dash and coreutils: `expected/` holds what the scripts of `scripts/` print on Debian
// (`env -i LC_ALL=C PATH=/bin:/usr/bin HOME=/ sh NAME.sh < /dev/null`).

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {runTool} from './run-tools.js';

const read = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');

const names = readdirSync(join(import.meta.dirname, 'scripts')).map(file => file.slice(0, -3));

test.each(names)('%s.sh prints what dash and coreutils print', name => {
	const run = runTool(['sh', `${name}.sh`], {[`/${name}.sh`]: read(`scripts/${name}.sh`)});
	expect(run.stderr).toBe(read(`expected/${name}.stderr`));
	expect(run.stdout).toBe(read(`expected/${name}.stdout`));
	expect(run.status).toBe(0);
});
