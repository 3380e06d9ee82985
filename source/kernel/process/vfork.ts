// The end of a vfork(2): the child calls execve(2) or ends, and its parent goes on. The two have used one memory, but each
// its own registers, where the compiler keeps the variables whose address nobody takes. A C program can't tell these from
// those in memory, and vfork(2) shares them all; so the parent takes over the values that the child leaves.

import type {DebugType} from '../../bytecode/debug-info.js';
import {callWords, type Context} from '../../vm/context.js';
import type {Kernel} from '../kernel.js';
import type {Process} from './process.js';
import type {Thread} from './thread.js';
import {wakeThread} from './wake.js';

/** Lets the parent of a vfork go on, if there is one and nobody has killed it: before the child's program is replaced or the child ends. */
export const endVfork = (kernel: Kernel, process: Process, thread: Thread | undefined): void => {
	const parent = kernel.threads.get(process.vforkWaiter);
	process.vforkWaiter = 0;
	if (!parent || parent.state === 'dead') return;
	if (thread && parent.context.space === thread.context.space)
		takeVariables(parent.context, thread.context);
	wakeThread(kernel, parent.tid);
};

/** The variables of all functions in progress but the innermost, which is the library's vfork(). */
const takeVariables = (parent: Context, child: Context): void => {
	for (let frame = 0; frame < parent.depth - 1; frame++) {
		const at = frame * callWords;
		const number = parent.calls[at + 3]!;
		const pc = parent.calls[at + callWords]!;
		const base = parent.calls[at + callWords + 1]!;
		if (frame >= child.depth || child.calls[at + 3] !== number) return;
		for (const {location, scope, type} of parent.program.functions[number]!.variables) {
			if (location.kind !== 'register') continue;
			if (scope && (pc <= scope[0] || pc > scope[1])) continue;
			const first = base + location.offset;
			const words = wordsOf(parent.program.types[type]);
			parent.registers.set(child.registers.subarray(first, first + words), first);
		}
	}
};

const wordsOf = (type: DebugType | undefined): number =>
	type?.kind === 'pointer' || (type && 'size' in type && type.size > 4) ? 2 : 1;
