// What befell the programs that they could not say themselves: the C line of a fatal fault, and what the machine had to
// do to them.

import {positionOfPc} from '../machine/source-position.js';
import type {Machine} from '../machine/machine.js';
import {signalNameOf} from '../scenario/signal-names.js';

type Kernel = Machine['kernel'];
type Fault = Kernel['faults'][number];

/** A fork bomb's children may all die of the same; so many are told of. */
const shown = 5;

/** Lines for standard error, each ended by a newline; '' if all went well. */
export const describeMisfortunes = ({kernel}: Machine): string => {
	const lines = [
		...kernel.faults.filter(fault => isFatal(kernel, fault)).map(fault => faultText(kernel, fault)),
		...kernel.notices,
	];
	const rest = lines.length - shown;
	return [...lines.slice(0, shown), ...(rest > 0 ? [`… and ${rest} more`] : [])]
		.map(line => `ipctop: ${line}\n`)
		.join('');
};

/** A handler may have caught it. */
const isFatal = (kernel: Kernel, {pid, signal}: Fault): boolean => {
	const exit = kernel.processes.get(pid)?.exit;
	return exit !== undefined && 'signal' in exit && exit.signal === signal;
};

const causes: Readonly<Record<string, (fault: Fault) => string>> = {
	SIGSEGV: ({address}) => `segmentation fault: access to address 0x${address.toString(16)}`,
	SIGBUS: ({address}) =>
		`bus error: access to address 0x${address.toString(16)}, beyond the end of the mapped file`,
	SIGFPE: () => 'division by zero',
	SIGILL: () => 'illegal instruction',
};

const faultText = (kernel: Kernel, fault: Fault): string => {
	const {pid, pc, callers, program, signal} = fault;
	const name = kernel.processes.get(pid)?.name ?? program.name;
	const signalName = signalNameOf(signal);
	const cause = causes[signalName]?.(fault) ?? signalName;
	const at = positionOfPc(program, pc);
	// Inside the library the line that helps is the one that called it.
	const own = [pc, ...callers]
		.map(each => positionOfPc(program, each))
		.find(position => position && !position.isLibrary);
	const place = own ? `${own.file.name}:${own.line}: ` : '';
	const inside = at ? ` in ${at.functionName}()` : '';
	const calledIn = at?.isLibrary && own ? `, called in ${own.functionName}()` : '';
	return `${place}${cause}${inside}${calledIn} of ${name} (${pid}), killed by ${signalName}`;
};
