// The machine's own system calls under <ucontext.h>: context_save(id, address), context_make(id, address, entry,
// argument, stack, size), context_resume(id). `id` is the number in the ucontext_t at `address`.

import {done, failed, replaced} from '../outcome.js';
import {makeContext, resumeContext, saveContext} from '../process/saved-context.js';
import {processOf, type SystemCall} from '../system-call.js';

/** Returns the number, and 0 whenever the context is resumed. */
const save: SystemCall = (kernel, thread, args) => {
	const [id = 0, address = 0] = args;
	return done(saveContext(processOf(kernel, thread), thread, address, id));
};

const make: SystemCall = (kernel, thread, args) => {
	const [known = 0, address = 0, entry = 0, argument = 0, stackLow = 0, size = 0] = args;
	const stack = {stackLow, stackHigh: stackLow + size};
	const process = processOf(kernel, thread);
	const id = makeContext(process, thread, {address, known, entry, argument, ...stack});
	return id === undefined ? failed('EINVAL') : done(id);
};

const resume: SystemCall = (kernel, thread, args) =>
	resumeContext(processOf(kernel, thread), thread, args[0]!) ? replaced : failed('EINVAL');

export const contextCalls: Readonly<Record<string, SystemCall>> = {
	context_save: save,
	context_make: make,
	context_resume: resume,
};
