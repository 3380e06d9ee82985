// What execve(2) may start: the programs of the scenario and of /bin, which are files of the tree whose code the
// machine knows by path.

import type {Program} from '../bytecode/program.js';
import {findExecutable} from './file-system.js';
import type {Errno} from './errno.js';
import type {Kernel} from './kernel.js';
import type {Process} from './process.js';
import {hostOf} from './system-call.js';

/** The program behind an absolute path, or the errno of execve(2): ENOENT, ENOTDIR, EACCES, ENOEXEC. */
export const programAt = (kernel: Kernel, process: Process, path: string): Program | Errno => {
	const file = findExecutable(hostOf(kernel, process).fileSystem, path);
	if (file.kind === 'failed') return file.errno;
	return kernel.programs.get(file.program) ?? 'ENOEXEC';
};
