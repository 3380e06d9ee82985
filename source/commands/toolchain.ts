// The C library and headers that programs are compiled with, decoded once, when a program has to be compiled; and the
// tools that machines have.

import type {Program} from '../bytecode/program.js';
import type {LibraryImage} from '../bytecode/object.js';
import {loadLibrary} from '../compiler/build-library.js';
import type {Toolchain} from '../scenario/compile-programs.js';
import {readHeaders, readLibrary, readTools} from './resources.js';

let library: LibraryImage | undefined;

/** @param compiled Programs that are compiled already, by name. */
export const toolchain = (compiled: ReadonlyMap<string, Program> = new Map()): Toolchain => ({
	get library() {
		library ??= loadLibrary(readLibrary());
		return library;
	},
	get headers() {
		return readHeaders();
	},
	compiled,
	get tools() {
		return readTools();
	},
});
