import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runFor} from '../../source/machine/session.js';
import {selectedEntry} from '../../source/ui/selection.js';
import {initialState} from '../../source/ui/state.js';
import {observe} from '../../source/view-model/observed.js';
import {processEntries} from '../../source/view-model/processes.js';
import {sessionOf} from '../support/machine-setup.js';

test('nobody has selected: the first program that lives is, then the first; never a thread of the kernel', () => {
	const session = sessionOf({p: 'int main(void) { return 0; }'});
	const selected = () =>
		selectedEntry(
			initialState,
			processEntries(observe(session.machine.kernel), {
				...initialState.table,
				showKernelThreads: true,
			}),
		)?.pid;
	runFor(session, 50);
	assert.equal(selected(), 3);
	runFor(session, 10_000);
	assert.equal(session.ending?.kind, 'ended');
	assert.equal(selected(), 3);
});
