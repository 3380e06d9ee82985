// `ipctop [SCENARIO]`: the dashboard. Without a terminal to draw on, plain frames as `top -b` prints them.

import {renderDiagnostics} from '../compiler/diagnostics.js';
import type {Session} from '../machine/session.js';
import {advanceGuide, startGuide} from '../scenario/guide.js';
import type {Scenario} from '../scenario/scenario.js';
import {type Command, type Invocation, languageOf} from './invocation.js';
import {findScenario, type Loader, loaderFor, loadPlace, openScenario} from './open-scenario.js';
import {batchOptions} from './play.js';
import {readPresets} from './preset-catalog.js';
import {printFrames} from './top.js';
import {exitStatus, isUserError, userError} from './user-error.js';

const defaultScenario = 'busy-vs-blocking';

/** Frames printed where there is no terminal: enough to see, and an end for endless programs. */
const framesWithoutTerminal = 20;

export const dashboard: Command = async invocation => {
	const {host, operands} = invocation;
	const [operand = defaultScenario, ...others] = operands;
	if (others.length > 0)
		return userError(
			`there is one SCENARIO at a time, but also "${others[0]}". Arguments for the program go after --`,
		);
	if (!host.stdout.isTerminal || host.environment['TERM'] === 'dumb')
		return printInstead(operand, invocation);
	const scenario = await openScenario(operand, invocation, dashboardOptions);
	if (isUserError(scenario)) return scenario;
	const {startDashboard} = await import('../ui/start.js');
	const presetLoader = await loaderFor(presetPlace);
	const color = invocation.values.texts.get('color');
	return startDashboard({
		scenario: forDashboard(scenario),
		presets: readPresets().map(({name, document}) => ({
			name,
			title: document.title ?? name,
			summary: document.summary ?? '',
		})),
		load: name => loadPreset(name, invocation, presetLoader),
		language: languageOf(invocation),
		...(color === 'always' || color === 'never' || color === 'auto' ? {color} : {}),
	});
};

/** The console is a terminal there, and everything is recorded: it will be looked at. */
const dashboardOptions = {isTerminal: [true, true, true], recordsEvents: true} as const;

const printInstead = async (operand: string, invocation: Invocation) => {
	const scenario = await openScenario(operand, invocation, batchOptions);
	if (isUserError(scenario)) return scenario;
	await invocation.host.stderr.write(
		'ipctop: there is no terminal to draw the dashboard on; printing plain frames, as `ipctop top -b` does\n',
	);
	await printFrames(scenario, invocation, framesWithoutTerminal);
	return exitStatus.fine;
};

const forDashboard = ({name, title, summary, setup, watch, inputs, guide}: Scenario) => ({
	name,
	title,
	summary,
	setup,
	watch,
	inputs,
	// Each run of the scenario has a guide of its own.
	...(guide.length === 0
		? {}
		: {
				guide: () => {
					const progress = startGuide();
					return (session: Session) => advanceGuide(guide, progress, session);
				},
			}),
});

const presetPlace = {kind: 'scenario', path: '', name: '', isPreset: true} as const;

/** A preset chosen in the picker. */
const loadPreset = (name: string, invocation: Invocation, loader: Loader) => {
	const place = findScenario(name);
	if (isUserError(place)) return {error: place.message};
	const own = {...invocation, programArguments: undefined};
	const result = loadPlace(place, own, dashboardOptions, loader);
	if (isUserError(result)) return {error: result.message};
	return result.ok ? forDashboard(result.scenario) : {error: renderDiagnostics(result.problems)};
};
