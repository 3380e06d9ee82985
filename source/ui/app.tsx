// The dashboard: puts the panes of the layout on the screen. Everything shown follows from the controller's state and the
// size of the terminal; nothing is kept here.

import {Box, Text, usePaste, useStdin, useWindowSize} from 'ink';
import type {EventEmitter} from 'node:events';
import {useEffect, useSyncExternalStore} from 'react';
import {type Language, say} from '../view-model/language.js';
import {processEntries} from '../view-model/processes.js';
import {Footer, footerLines} from './components/footer.js';
import {Head} from './components/head.js';
import type {Controller} from './controller.js';
import {extentOf} from './extent.js';
import {layoutOf, minimumRows, type Rectangle} from './layout.js';
import {newestStepRows} from './panes/text-panes.js';
import {renderOverlay} from './place-overlay.js';
import {renderPane} from './place-panes.js';
import {type AppProps, pidsOfSelection, type Scene, type ScreenProps} from './scene.js';
import {panesOfGuide, selectedEntry} from './selection.js';
import {wantedRows} from './wanted-rows.js';

export function App(props: AppProps) {
	const {controller} = props;
	const {columns, rows} = useWindowSize();
	const state = useSyncExternalStore(controller.subscribe, controller.state);
	useKeys(controller);
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
	// A long message takes rows from the panes, unless they would have hardly any.
	const footer = footerLines(ui, snapshot, columns, language).length;
	const height = rows - footer + 1 < minimumRows ? rows - 1 : rows - footer;
	const layout = layoutOf({
		columns,
		rows: height + 1,
		cpus: snapshot.observed.kernel.cpus.length,
		focused: ui.focused,
		recent: [...panesOfGuide(snapshot), ...ui.recent],
		present: new Set(ui.present),
		seen: new Set(ui.seen),
		guideRows: width =>
			ui.present.includes('guide') ? newestStepRows(snapshot.guide, language, width, ui.answer) : 0,
		wantedRows: pane => wantedRows(state, pane, language),
		isZoomed: ui.isZoomed,
		isStacked: props.isStacked === true,
		processRows: entries.length + 1,
	});
	if (layout.kind === 'too-small') return <TooSmall columns={columns} language={language} />;
	const scene: Scene = {...props, entries, entry, markedPids: pidsOfSelection(state)};
	const area: Rectangle = {x: 0, y: layout.head, width: columns, height: height - layout.head};
	const overlay = renderOverlay(scene, area);
	const panes = overlay ?? layout.panes.map(placed => renderPane(scene, placed));
	controller.noteExtent(() => extentOf(scene, area, layout));
	return (
		<>
			<Head
				snapshot={snapshot}
				columns={columns}
				rows={layout.head}
				theme={theme}
				isAscii={isAscii}
				language={language}
			/>
			{panes}
			<Footer
				ui={ui}
				snapshot={snapshot}
				columns={columns}
				row={rows - 1}
				theme={theme}
				isAscii={isAscii}
				language={language}
			/>
		</>
	);
}

function TooSmall({columns, language}: {readonly columns: number; readonly language: Language}) {
	const text = say(language, 'screen.tooSmallShort');
	return <Text wrap="truncate">{text.slice(0, columns)}</Text>;
}
