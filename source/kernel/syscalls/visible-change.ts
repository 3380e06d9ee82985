// The end of a call that changes what every process sees, such as a name.

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import {done, failed, type Outcome} from '../outcome.js';
import type {Thread} from '../process/thread.js';

/** An errno or nothing, as a call's outcome. What changed is seen by everybody. */
export const finish = (thread: Thread, problem: Errno | undefined): Outcome => {
	if (problem) return failed(problem);
	markEffect(thread.context.turns);
	return done(0);
};
