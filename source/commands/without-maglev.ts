// Compiling a program is over before the host's optimizing compilers have earned what they cost: while they work beside it,
// they take a third of its time. So the first of them stands still meanwhile.

import process from 'node:process';
import {setFlagsFromString} from 'node:v8';

/** Only where Maglev is on by itself: from Node 24 on. */
const hasMaglev = Number(process.versions.node.split('.')[0]) >= 24;

/** Does the work with V8's Maglev compiler switched off, for what takes less than half a second. */
export const withoutMaglev = <Result>(work: () => Result): Result => {
	if (!hasMaglev) return work();
	setFlagsFromString('--no-maglev');
	try {
		return work();
	} finally {
		setFlagsFromString('--maglev');
	}
};
