import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runFor} from '../../source/machine/session.js';
import {searchableRows, selectedEntry, shownEvents} from '../../source/ui/selection.js';
import {createPlayback} from '../../source/ui/session/create-playback.js';
import {initialState} from '../../source/ui/state.js';
import {observe} from '../../source/view-model/observed.js';
import {processEntries} from '../../source/view-model/processes.js';
import {sessionOf, setupOf} from '../support/machine-setup.js';

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

test('a process is found by the name that the other panes give it; the kernel’s threads show events while they have rows', () => {
	const playback = createPlayback({
		scenario: {
			name: 'p',
			title: 'P',
			summary: '',
			watch: [],
			inputs: [],
			setup: {...setupOf({p: 'int main(void) { for (;;); }'}), recordEvents: true},
		},
		language: 'en',
		startsPaused: true,
		presets: [],
		load: () => ({error: 'no such preset'}),
	});
	playback.seek(500);
	const snapshot = playback.snapshot();
	const withKernel = {
		...initialState,
		table: {...initialState.table, showKernelThreads: true},
	};
	const [found] = searchableRows({ui: initialState, snapshot});
	assert.match(found!.text, /^p\(3\) /);
	const pids = (ui: typeof initialState) =>
		new Set(shownEvents({ui, snapshot}).map(({event}) => event.pid));
	assert.deepEqual(pids(initialState), new Set([3]));
	assert.deepEqual(pids(withKernel), new Set([3, 2]));
	playback.dispose();
});
