// The dashboard runs for hours. What it holds is bounded, but V8 lets the garbage beside it grow to a multiple of that
// before it looks at it, and to a larger one the longer things go well.

import {PerformanceObserver} from 'node:perf_hooks';
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/**
 * Memory for what is young, in bytes. More of it would not be collected any cheaper: it is more than the processor's
 * caches hold. Less, and much that dies young is old before it does.
 */
const youngBytes = 32 * 1024 * 1024;

const sizeOfYoung = (): number =>
	getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.space_size ?? 0;

/** Has garbage collected sooner from now on: a fraction of the memory, for no more processor time. */
export const keepHeapTight = (): void => {
	// A full collection is due when more than half as much has come as was left by the last one.
	setFlagsFromString('--heap-growing-percent=60');
	// V8 doubles the memory for what is young as it sees fit, each time after a collection, up to a limit that can't be set
	// any more when it runs: but not to double it can.
	const observer = new PerformanceObserver(() => {
		if (sizeOfYoung() < youngBytes) return;
		setFlagsFromString('--semi-space-growth-factor=1');
		observer.disconnect();
	});
	observer.observe({entryTypes: ['gc']});
};
