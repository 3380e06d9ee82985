// One picture: the state, the size, and what several panes need of them.

import type {Language} from '../view-model/language.js';
import {pipeListViews} from '../view-model/pipe-list.js';
import type {ProcessEntry} from '../view-model/processes.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import type {Controller} from './controller.js';
import type {Playback} from './playback.js';
import {type DashboardState, selectedKey} from './selection.js';
import type {Theme} from './theme.js';

export type AppProps = {
	readonly controller: Controller;
	readonly playback: Playback;
	readonly theme: Theme;
	readonly isAscii: boolean;
	readonly isStacked?: boolean;
	readonly language: Language;
};

export type ScreenProps = AppProps & {
	readonly state: DashboardState;
	readonly columns: number;
	readonly rows: number;
};

/** What all panes need, worked out once per picture. */
export type Scene = ScreenProps & {
	readonly entries: readonly ProcessEntry[];
	readonly entry: ProcessEntry | undefined;
	/** The channel that is selected in the focused pane: who stands at its ends is marked. */
	readonly markedPids: ReadonlySet<number>;
};

const nobody: ReadonlySet<number> = new Set();

export const pidsOfSelection = (state: DashboardState): ReadonlySet<number> => {
	const {ui, snapshot} = state;
	switch (ui.focused) {
		case 'pipes': {
			const name = selectedKey(state, 'pipes');
			return pipeListViews(snapshot.observed).find(pipe => pipe.name === name)?.pids ?? nobody;
		}

		case 'sockets': {
			const key = selectedKey(state, 'sockets');
			return socketViews(snapshot.observed).find(socket => socket.key === key)?.pids ?? nobody;
		}

		case 'shared': {
			const key = selectedKey(state, 'shared');
			return (
				sharedViews(snapshot.observed, snapshot.watch).find(item => item.key === key)?.pids ??
				nobody
			);
		}

		case 'processes':
		case 'source':
		case 'timeline':
		case 'events':
		case 'console':
		case 'guide':
			return nobody;
	}
};
