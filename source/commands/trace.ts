// `ipctop trace`: the event log as text in strace's manner, or as one JSON object per line.

import {createWriteStream, openSync} from 'node:fs';
import type {KernelEvent} from '../kernel/trace/events.js';
import {
	createTracer,
	eventJson,
	familyOf,
	finishTrace,
	traceEvent,
	traceFamilies,
} from '../view-model/trace.js';
import {reportStatus} from './ending.js';
import type {Output} from './host.js';
import {type Command, type Invocation, outputPathOf, untilOf} from './invocation.js';
import {onConsole} from './load-place.js';
import {openScenario, scenarioOperand} from './open-scenario.js';
import {createHeadlessRun, playUntil, takeEvents} from './play.js';
import {nearestName} from '../scenario/nearest-name.js';
import {isUserError, type UserError, userError} from './user-error.js';

export const trace: Command = async invocation => {
	const {host} = invocation;
	const operand = scenarioOperand(invocation, 'trace');
	if (isUserError(operand)) return operand;
	const filter = parseFilter(invocation);
	if (isUserError(filter)) return filter;
	const output = openOutput(invocation);
	if (isUserError(output)) return output;
	const scenario = await openScenario(operand, invocation, {
		...onConsole,
		recordsEvents: true,
	});
	if (isUserError(scenario)) return scenario;

	const headless = createHeadlessRun(scenario);
	const format = invocation.values.switches.has('json') ? jsonLines() : textLines();
	await playUntil(headless, {
		host,
		// With -o the programs' streams are the command's own, as with strace.
		stdout: output === host.stdout ? host.stderr : host.stdout,
		stderr: host.stderr,
		until: untilOf(invocation),
		onSlice: async machine => output.write(format.lines(takeEvents(machine).filter(filter))),
	});
	await output.write(format.lines(takeEvents(headless.session.machine).filter(filter)));
	await output.write(format.end());
	return reportStatus(headless, invocation);
};

type Format = {
	readonly lines: (events: readonly KernelEvent[]) => string;
	readonly end: () => string;
};

const joined = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('');

const jsonLines = (): Format => ({
	lines: events => joined(events.map(event => JSON.stringify(eventJson(event)))),
	end: () => '',
});

const textLines = (): Format => {
	const tracer = createTracer();
	return {
		lines: events => joined(events.flatMap(event => traceEvent(tracer, event))),
		end: () => joined(finishTrace(tracer)),
	};
};

type Filter = (event: KernelEvent) => boolean;

/** `-e trace=read,write`, `-e signal`: families of events, or system calls by name; `!` in front leaves them out. */
const parseFilter = ({values}: Invocation): Filter | UserError => {
	const text = values.texts.get('filter');
	if (text === undefined) return () => true;
	const list = text.replace(/^(trace|family)=/, '');
	const isNegated = list.startsWith('!');
	const names = list
		.replace(/^!/, '')
		.split(',')
		.filter(name => name !== '');
	if (names.length === 0)
		return userError(`-e needs families (${traceFamilies.join(', ')}) or names of system calls`);
	const families = new Set<string>(traceFamilies);
	const unknown = names.find(name => !families.has(name) && !/^[a-z_][a-z0-9_]*$/.test(name));
	if (unknown !== undefined) {
		const nearest = nearestName(unknown, traceFamilies);
		return userError(
			`-e: there is no family "${unknown}"${nearest === undefined ? `; there are ${traceFamilies.join(', ')}` : `; did you mean ${nearest}?`}`,
		);
	}
	const wanted = new Set(names);
	return event => {
		const {body} = event;
		const isNamed = (body.kind === 'call' || body.kind === 'return') && wanted.has(body.name);
		return (isNamed || wanted.has(familyOf(event))) !== isNegated;
	};
};

/** Standard output, or the file of -o. */
const openOutput = (invocation: Invocation): Output | UserError => {
	const path = outputPathOf(invocation);
	if (path === undefined) return invocation.host.stdout;
	try {
		const stream = createWriteStream('', {fd: openSync(path, 'w')});
		return {
			isTerminal: false,
			write: data => new Promise(resolve => stream.write(data, () => resolve())),
		};
	} catch {
		return userError(`can't write ${path}: does its folder exist, and may you write there?`);
	}
};
