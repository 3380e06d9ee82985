// The dashboard runs for hours. What it holds is bounded, but V8 lets the garbage beside it grow to a multiple of that
// before it looks at it, and to a larger one the longer things go well.

import {setFlagsFromString} from 'node:v8';

/** Has garbage collected sooner from now on: about half the memory, for a few percent more processor time. */
export const keepHeapTight = (): void => {
	// In MiB: what is young is copied once more than it would be, but what dies young does not pile up.
	setFlagsFromString('--max-semi-space-size=8');
	// A full collection is due when as much again has come as was left by the last one.
	setFlagsFromString('--heap-growing-percent=100');
};
