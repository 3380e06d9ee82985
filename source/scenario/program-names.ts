// The C files that a scenario's programs are made of, and what the programs are called.

import type {ProgramDocument} from './scenario-document.js';

/** Reads a file of the scenario's folder; undefined if there is none. */
export type ReadFile = (path: string) => string | undefined;

/** `parent.c` is the program `parent`; of several files the first gives the name. */
export const programNameOf = (program: ProgramDocument): string => {
	const first = typeof program === 'string' ? program : program[0]!;
	return first.replace(/^.*\//, '').replace(/\.c$/, '');
};

export const programFiles = (program: ProgramDocument): readonly string[] =>
	typeof program === 'string' ? [program] : program;
