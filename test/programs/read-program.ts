// The project's own C programs and what their comments say of them:
//   // expect: a line of standard output      // status: exit status (0)
//   // stdin: input, with C escapes           // args: its arguments

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

export type TestProgram = {
	readonly name: string;
	readonly path: string;
	readonly stdout: string;
	readonly status: number;
	readonly stdin: string;
	readonly args: readonly string[];
};

const folder = import.meta.dirname;

const valuesOf = (text: string, key: string): readonly string[] =>
	[...text.matchAll(new RegExp(`^// ${key}:(?: (.*))?$`, 'gm'))].map(match => match[1] ?? '');

const readProgram = (name: string): TestProgram => {
	const path = join(folder, name);
	const text = readFileSync(path, 'utf8');
	return {
		name,
		path,
		stdout: valuesOf(text, 'expect')
			.map(line => `${line}\n`)
			.join(''),
		status: Number(valuesOf(text, 'status')[0] ?? 0),
		stdin: (valuesOf(text, 'stdin')[0] ?? '').replaceAll('\\n', '\n'),
		args: (valuesOf(text, 'args')[0] ?? '').split(' ').filter(word => word !== ''),
	};
};

/** All programs, by name. */
export const readPrograms = (): readonly TestProgram[] =>
	readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.map(path => path.replaceAll('\\', '/'))
		.filter(path => path.endsWith('.c'))
		.sort()
		.map(readProgram);
