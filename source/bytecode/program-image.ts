// Packed programs: the tools of /bin, which every machine has and few run. A machine knows only their names; the image of
// one is read and decoded when it is first run. How it is read is the host's business, so the reader is given from
// outside; what it gives is part of ipctop and never changes, so that a machine's run does not depend on it.

import type {Program} from './program.js';
import {decodeProgram, encodeProgram, type ProgramJson} from './program-json.js';

/** A program that has not been needed yet, by its name in the package. Plain data, shared by machines and checkpoints. */
export type PackedProgram = {readonly packedName: string};

/** Leaves out what only the eyes of a debugger need: variables, types and texts. All of it counts as library. */
const withoutDebugInfo = (program: Program): Program => ({
	...program,
	functions: program.functions.map(info => ({...info, isLibrary: true, variables: []})),
	files: program.files.map(({name}) => ({name, text: undefined, isLibrary: true})),
	globals: [],
	types: [],
});

/** The image of a program, without its debug information. */
export const packProgram = (program: Program): string =>
	JSON.stringify(encodeProgram(withoutDebugInfo(program)));

let readImage: ((name: string) => string) | undefined;

/** Says how images are read. Outside of all machines, as is what has been unpacked: their state stays plain data. */
export const setImageReader = (read: (name: string) => string): void => {
	readImage = read;
};

const unpacked = new Map<string, Program>();

/** The program, unpacked at its first use and the same object from then on. */
export const unpackProgram = ({packedName}: PackedProgram): Program => {
	let program = unpacked.get(packedName);
	if (!program) {
		if (!readImage) throw new Error('nobody has said how programs are read');
		program = decodeProgram(JSON.parse(readImage(packedName)) as ProgramJson, () => undefined);
		unpacked.set(packedName, program);
	}
	return program;
};

export const isPacked = (program: Program | PackedProgram): program is PackedProgram =>
	'packedName' in program;
