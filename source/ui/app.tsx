// The dashboard: puts the panes of the layout on the screen. Everything shown follows from the controller's state and the
// size of the terminal; nothing is kept here.

import {Box, Text, usePaste, useStdin, useWindowSize} from 'ink';
import type {EventEmitter} from 'node:events';
import {useEffect, useSyncExternalStore} from 'react';
import {type Language, say} from '../view-model/language.js';
import {processEntries} from '../view-model/processes.js';
import {Footer} from './components/footer.js';
import {Head} from './components/head.js';
import type {Controller} from './controller.js';
import {extentOf} from './extent.js';
import type {Rectangle} from './layout.js';
import {renderOverlay} from './place-overlay.js';
import {renderPane} from './place-panes.js';
import {type AppProps, pidsOfSelection, type Scene, type ScreenProps} from './scene.js';
import {screenLayout} from './screen-layout.js';
import {selectedEntry} from './selection.js';

export function App(props: AppProps) {
	const {controller} = props;
	const {columns, rows} = useWindowSize();
	const state = useSyncExternalStore(controller.subscribe, controller.state);
	useKeys(controller);
	useEffect(() => controller.begin(), [controller]);
	return (
		<Box width={columns} height={rows}>
			<Screen {...props} state={state} columns={columns} rows={rows} />
		</Box>
	);
}

/** Raw pieces of input, since Ink's own hook gives function keys no name. */
const useKeys = (controller: Controller): void => {
	const {setRawMode, internal_eventEmitter: emitter} = useStdin() as ReturnType<typeof useStdin> & {
		readonly internal_eventEmitter: EventEmitter;
	};
	useEffect(() => {
		setRawMode(true);
		emitter.on('input', controller.handleInput);
		return () => {
			emitter.off('input', controller.handleInput);
			setRawMode(false);
		};
	}, [controller, emitter, setRawMode]);
	usePaste(controller.handlePaste);
};

function Screen(props: ScreenProps) {
	const {state, columns, rows, theme, isAscii, language, controller} = props;
	const {ui, snapshot} = state;
	const entries = processEntries(snapshot.observed, ui.table);
	const entry = selectedEntry(ui, entries);
	const {layout, footer} = screenLayout(state, props);
	if (layout.kind === 'too-small') return <TooSmall columns={columns} language={language} />;
	const scene: Scene = {...props, entries, entry, markedPids: pidsOfSelection(state)};
	const height = rows - layout.head - footer.length;
	const area: Rectangle = {x: 0, y: layout.head, width: columns, height};
	const overlay = renderOverlay(scene, area);
	const panes = overlay ?? layout.panes.map(placed => renderPane(scene, placed));
	controller.noteExtent(() => extentOf(scene, area, layout));
	return (
		<>
			<Head
				snapshot={snapshot}
				hasKernelThreads={ui.table.showKernelThreads}
				columns={columns}
				rows={layout.head}
				theme={theme}
				isAscii={isAscii}
				language={language}
			/>
			{panes}
			<Footer lines={footer} columns={columns} row={rows - 1} theme={theme} isAscii={isAscii} />
		</>
	);
}

function TooSmall({columns, language}: {readonly columns: number; readonly language: Language}) {
	const text = say(language, 'screen.tooSmallShort');
	return <Text wrap="truncate">{text.slice(0, columns)}</Text>;
}
