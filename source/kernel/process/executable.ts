// What execve(2) may start: the programs of the scenario and the tools of /bin, which are files of the tree whose code the
// machine knows by path, and scripts, which name their interpreter in the first line.

import type {Program} from '../../bytecode/program.js';
import {isPacked, unpackProgram} from '../../bytecode/program-image.js';
import {readObject} from '../../vm/memory-object.js';
import type {Errno} from '../errno.js';
import {absolutePath, findExecutable} from '../files/file-system.js';
import type {Kernel} from '../kernel.js';
import type {Process} from './process.js';
import {hostOf} from '../system-call.js';

/** What runs, and with which arguments. */
export type Executable = {
	readonly program: Program;
	readonly argv: readonly string[];
	/** Its absolute path, without symbolic links. */
	readonly path: string;
};

/** BINPRM_BUF_SIZE: the first line of a script may be so long. */
const firstLineLimit = 256;
/** An interpreter may be a script itself, so often. */
const interpreterLimit = 4;

/** The program that the machine knows by this path, unpacked if it was not needed before. */
export const programNamed = (kernel: Kernel, path: string): Program | undefined => {
	const program = kernel.programs.get(path);
	return program && isPacked(program) ? unpackProgram(program) : program;
};

/**
 * What is behind a path, or the errno of execve(2): ENOENT, ENOTDIR, EACCES, ENOEXEC, ELOOP. A script is run by
 * the interpreter behind its `#!`, which gets the rest of that line and the script's path as arguments.
 */
export const executableAt = (
	kernel: Kernel,
	process: Process,
	path: string,
	argv: readonly string[],
	depth = 0,
): Executable | Errno => {
	if (path === '') return 'ENOENT';
	const {fileSystem} = hostOf(kernel, process);
	const file = findExecutable(fileSystem, absolutePath(process, path));
	if (file.kind === 'failed') return file.errno;
	if (file.kind === 'program') {
		const program = programNamed(kernel, file.program);
		return program ? {program, argv, path: file.path} : 'ENOEXEC';
	}
	const start = readObject(file.contents, 0, Math.min(firstLineLimit, file.contents.size));
	const line = /^#![ \t]*([^ \t\n]+)[ \t]*([^\n]*)/.exec(new TextDecoder().decode(start));
	if (!line) return 'ENOEXEC';
	if (depth === interpreterLimit) return 'ELOOP';
	const [, interpreter = '', rest = ''] = line;
	const option = rest.trimEnd();
	return executableAt(
		kernel,
		process,
		interpreter,
		[interpreter, ...(option === '' ? [] : [option]), path, ...argv.slice(1)],
		depth + 1,
	);
};
