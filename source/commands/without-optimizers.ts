// Compiling a program is over before the host's optimizing compilers have earned what they cost: while they work beside it,
// they take a third of its time. So they stand still meanwhile.

import process from 'node:process';
import {setFlagsFromString} from 'node:v8';

/** Only where Maglev is on by itself, so that it can be switched on again: from Node 24 on. */
const canSwitch = Number(process.versions.node.split('.')[0]) >= 24;

/** Does the work with V8's optimizing compilers, Maglev and Turbofan, switched off: for what takes less than half a second. */
export const withoutOptimizers = <Result>(work: () => Result): Result => {
	if (!canSwitch) return work();
	setFlagsFromString('--no-maglev');
	setFlagsFromString('--no-opt');
	try {
		return work();
	} finally {
		setFlagsFromString('--opt');
		setFlagsFromString('--maglev');
	}
};
