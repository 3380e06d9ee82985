// The program of kernel threads, which run no C: one instruction that is never reached.

import type {Program} from '../bytecode/program.js';

export const emptyProgram: Program = {
	name: 'kernel',
	code: new Int32Array(4),
	functions: [],
	loops: [],
	switches: [],
	lines: {
		pcs: new Int32Array(0),
		fileOf: new Int32Array(0),
		lines: new Int32Array(0),
		isStatement: new Uint8Array(0),
	},
	files: [],
	data: new Uint8Array(0),
	dataSize: 0,
	readOnlySize: 0,
	globals: [],
	types: [],
	start: 0,
};
