// Packed programs: the tools of /bin, which every machine has and few run. A machine holds them as text and unpacks one
// when it is first run.

import type {Program} from './program.js';
import {decodeProgram, encodeProgram, type ProgramJson} from './program-json.js';

/** A program that has not been needed yet. Plain data, never changed, shared by all machines and checkpoints. */
export type PackedProgram = {
	readonly name: string;
	/** ProgramJson as text. */
	readonly image: string;
};

/** Leaves out what only the eyes of a debugger need: variables, types and texts. All of it counts as library. */
const withoutDebugInfo = (program: Program): Program => ({
	...program,
	functions: program.functions.map(info => ({...info, isLibrary: true, variables: []})),
	files: program.files.map(({name}) => ({name, text: undefined, isLibrary: true})),
	globals: [],
	types: [],
});

/** Packs a program, without its debug information. */
export const packProgram = (program: Program): PackedProgram => ({
	name: program.name,
	image: JSON.stringify(encodeProgram(withoutDebugInfo(program))),
});

/** What has been unpacked: a cache outside of all machines, so that their state stays plain and a program is one object. */
const unpacked = new WeakMap<PackedProgram, Program>();

/** The program, unpacked at its first use and the same object from then on. */
export const unpackProgram = (packed: PackedProgram): Program => {
	let program = unpacked.get(packed);
	if (!program) {
		program = decodeProgram(JSON.parse(packed.image) as ProgramJson, () => undefined);
		unpacked.set(packed, program);
	}
	return program;
};

export const isPacked = (program: Program | PackedProgram): program is PackedProgram =>
	'image' in program;

/** Several programs as one text: a line with their names and lengths, then the images. */
export const joinPrograms = (programs: readonly PackedProgram[]): string => {
	const table = programs.map(({name, image}) => [name, image.length]);
	return `${JSON.stringify(table)}\n${programs.map(({image}) => image).join('')}`;
};

/** The programs of such a text. Nothing is parsed but the line. */
export const splitPrograms = (text: string): readonly PackedProgram[] => {
	let at = text.indexOf('\n') + 1;
	const table = JSON.parse(text.slice(0, at)) as ReadonlyArray<readonly [string, number]>;
	return table.map(([name, length]) => {
		at += length;
		return {name, image: text.slice(at - length, at)};
	});
};
