// The C files that a scenario's programs are made of, and what the programs are called.

import type {ProgramDocument} from './scenario-document.js';

/** Reads a file of the scenario's folder; undefined if there is none. */
export type ReadFile = (path: string) => string | undefined;

/** `parent.c` is the program `parent`; of several files the first gives the name. */
export const programNameOf = (program: ProgramDocument): string => {
	const first = typeof program === 'string' ? program : program[0]!;
	return first.replace(/^.*\//, '').replace(/\.c$/, '');
};

/** `/bin/sh` names a tool of the machine, which is there already. */
export const isToolPath = (program: ProgramDocument): program is string =>
	typeof program === 'string' && program.startsWith('/');

/** Where the machine has the program: `/bin/sh`, or `/parent` for `parent.c`. */
export const programPathOf = (program: ProgramDocument): string =>
	isToolPath(program) ? program : `/${programNameOf(program)}`;

export const programFiles = (program: ProgramDocument): readonly string[] =>
	typeof program === 'string' ? [program] : program;
