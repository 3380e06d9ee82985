// The C library and headers that programs are compiled with, decoded once.

import type {Toolchain} from '../scenario/compile-programs.js';
import {loadLibrary} from '../compiler/build-library.js';
import {readHeaders, readLibrary} from './resources.js';

let kept: Toolchain | undefined;

export const toolchain = (): Toolchain => {
	kept ??= {library: loadLibrary(readLibrary()), headers: readHeaders()};
	return kept;
};
