// Nothing can happen any more, because signals have stopped those who could go on: who they are, in words.

import type {Kernel} from '../kernel/kernel.js';
import {processName} from './accounts.js';
import {type Language, say} from './language.js';

/** Stopped processes that the sentence names. */
const namedProcesses = 4;

/** `Stopped by a signal: reader(4). SIGCONT (k) lets it all go on`. */
export const stoppedSentence = (kernel: Kernel, language: Language): string => {
	const names = [...kernel.processes.values()]
		.filter(({threads}) => threads.some(tid => kernel.threads.get(tid)?.state === 'stopped'))
		.map(({pid}) => processName(kernel, pid));
	const shown = names.slice(0, namedProcesses);
	const who = [...shown, ...(names.length > shown.length ? ['…'] : [])].join(', ');
	return say(language, 'message.stopped', {who});
};
