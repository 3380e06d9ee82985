// The offset of an open file description.

import type {OpenFile} from './open-file.js';
import type {Thread} from '../process/thread.js';
import {noteKernelValue} from '../turn-values.js';

/** Moves the file offset and logs it for the judgement of turns. */
export const setOffset = (file: OpenFile, offset: number, thread: Thread | undefined): void => {
	noteKernelValue(thread, 'offset', file.id, file.offset, offset);
	file.offset = offset;
};
