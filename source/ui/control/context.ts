// What every handler of keys is given: the state as it is now, and the ways to change it.

import type {Language} from '../../view-model/language.js';
import type {ColumnName} from '../../view-model/process-columns.js';
import type {PaneName} from '../layout.js';
import type {Playback} from '../playback.js';
import type {DashboardState} from '../selection.js';
import type {Action, Message, UiState} from '../state.js';

/** How much text the focused pane or the open overlay has, and how much of it is seen; told by whoever draws. */
export type Extent = {
	readonly rows: number;
	readonly height: number;
	readonly top: number;
	readonly panes: readonly PaneName[];
	/** Columns of the process table that are on the screen. */
	readonly columns?: () => readonly ColumnName[];
	/** Panes that are on the screen. */
	readonly shown?: readonly PaneName[];
	/** The text of each of the rows, for the search. */
	readonly texts: () => readonly string[];
	/** The pane at a cell of the screen, and the row of its list there, or the cycle in the Timeline. */
	readonly hit?: (
		x: number,
		y: number,
	) =>
		| {
				readonly pane: PaneName;
				readonly key: string | undefined;
				readonly cycle: number | undefined;
		  }
		| undefined;
};

export type ControllerOptions = {
	readonly playback: Playback;
	readonly language: Language;
	readonly onQuit: () => void;
	readonly onRedraw: () => void;
	readonly onSuspend: () => void;
	readonly initial?: Partial<UiState>;
};

export type Context = {
	readonly options: ControllerOptions;
	readonly apply: (action: Action) => void;
	readonly tell: (text: string, tone?: Message['tone']) => void;
	readonly now: () => DashboardState;
	readonly extent: () => Extent;
};
