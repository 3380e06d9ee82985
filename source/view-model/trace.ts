// The event log as text, in the manner of strace(1): `trace` prints it and the Events pane shows it. A call and its
// return share a line; a call that blocks is `<unfinished ...>` until it is `<... resumed>`. These texts are the same in
// every language, because they are read by programs too.

import {actors, type EventBody, type KernelEvent} from '../kernel/trace/events.js';
import {formatResult} from '../kernel/syscall-table.js';
import {signalName} from '../kernel/signals/signal-numbers.js';
import {escapeControls, quoteBytes} from './escape.js';

export type {KernelEvent};

/** What `trace -e` chooses from. */
export const traceFamilies = [
	'syscall',
	'state',
	'switch',
	'signal',
	'bytes',
	'process',
	'network',
	'input',
] as const;
export type TraceFamily = (typeof traceFamilies)[number];

const families: Readonly<Record<EventBody['kind'], TraceFamily>> = {
	call: 'syscall',
	return: 'syscall',
	blocked: 'state',
	woken: 'state',
	switch: 'switch',
	signal: 'signal',
	bytes: 'bytes',
	created: 'process',
	exec: 'process',
	exited: 'process',
	packet: 'network',
	input: 'input',
	deadlock: 'state',
};

export const familyOf = (event: KernelEvent): TraceFamily => families[event.body.kind];

/** Calls in progress, per thread: what must be known to put a call and its return on one line. */
export type Tracer = {
	readonly open: Map<
		number,
		{readonly name: string; readonly args: readonly string[]; isShown: boolean}
	>;
};

export const createTracer = (): Tracer => ({open: new Map()});

/** The lines that an event adds to the log. Events must come in order. */
export const traceEvent = (tracer: Tracer, event: KernelEvent): readonly string[] => {
	const {body, tid} = event;
	const call = tracer.open.get(tid);
	switch (body.kind) {
		case 'call': {
			tracer.open.set(tid, {name: body.name, args: body.args, isShown: false});
			return [];
		}

		case 'return': {
			tracer.open.delete(tid);
			const result = resultText(body);
			const text = call?.isShown
				? `<... ${body.name} resumed>${changedArguments(call.args, body.args)}) = ${result}`
				: `${body.name}(${body.args.join(', ')}) = ${result}`;
			return [prefix(event) + text];
		}

		case 'blocked': {
			const lines = showCall(tracer, event);
			return [...lines, eventLine(event)];
		}

		case 'exited': {
			const lines = showCall(tracer, event, ' = ?');
			tracer.open.delete(tid);
			return [...lines, eventLine(event)];
		}

		case 'exec':
		case 'bytes':
		case 'created':
		case 'woken':
		case 'switch':
		case 'signal':
		case 'packet':
		case 'input':
		case 'deadlock':
			return [eventLine(event)];
	}
};

/** The lines of calls that were made and have neither blocked nor returned when the log ends. */
export const finishTrace = (tracer: Tracer): readonly string[] =>
	[...tracer.open].flatMap(([tid, call]) =>
		call.isShown
			? []
			: [`${' '.repeat(10)}      [${tid}] ${call.name}(${call.args.join(', ')} <unfinished ...>`],
	);

/** A call that will not return at once is shown now. */
const showCall = (
	tracer: Tracer,
	event: KernelEvent,
	ending = ' <unfinished ...>',
): readonly string[] => {
	const call = tracer.open.get(event.tid);
	if (!call || call.isShown) return [];
	call.isShown = true;
	const close = ending.startsWith(' =') ? ')' : '';
	return [`${prefix(event)}${call.name}(${call.args.join(', ')}${close}${ending}`];
};

/** Arguments that the call has filled in; those that were known before are not said again. */
const changedArguments = (before: readonly string[], after: readonly string[]): string =>
	after
		.filter((argument, index) => argument !== before[index])
		.map((argument, index) => `${index === 0 ? ' ' : ''}${argument}`)
		.join(', ');

const resultText = ({name, value, errno}: Extract<EventBody, {kind: 'return'}>): string =>
	formatResult(name, value, errno);

/** `     12345 cpu0 [pid 3] `, with the thread where it is not the first of its process. */
const prefix = (event: KernelEvent): string => {
	const cpu = event.cpu >= 0 ? `cpu${event.cpu}` : '    ';
	const who =
		event.tid === 0
			? ''
			: event.tid === event.pid
				? `[${event.pid}] `
				: `[${event.pid}/${event.tid}] `;
	return `${String(event.cycle).padStart(10)} ${cpu} ${who}`;
};

/** One event as one line, without knowledge of others. */
export const eventLine = (event: KernelEvent): string => prefix(event) + eventText(event);

/** The event's own text, without cycle, CPU and thread. Programs call their files what they like: it moves no cursor. */
export const eventText = ({body}: KernelEvent): string => escapeControls(bodyText(body));

const bodyText = (body: EventBody): string => {
	switch (body.kind) {
		case 'call':
			return `${body.name}(${body.args.join(', ')}) ...`;
		case 'return':
			return `${body.wasBlocked ? `<... ${body.name} resumed> ` : `${body.name}(`}${body.args.join(', ')}) = ${resultText(body)}`;
		case 'blocked':
			return `blocked on ${place(body.queue, body.channel)}`;
		case 'woken':
			return `woken on ${place(body.queue, body.channel)} by ${wakerName(body.by)}`;
		case 'switch':
			return `switch from ${body.from === 0 ? 'idle' : `${body.from}: ${body.reason}`}`;
		case 'signal':
			return `--- ${signalName(body.signal)} {si_pid=${body.sender}} ${body.action} ---`;
		case 'bytes':
			return `${body.direction === 'in' ? '→' : '←'} ${body.channel} ${body.count} ${quoteBytes(body.data, 64, body.count)}`;
		case 'created':
			return `${body.what} created by ${body.parent}: ${body.command}`;
		case 'exec':
			return `exec ${body.path}`;
		case 'exited':
			return 'signal' in body.exit
				? `+++ killed by ${signalName(body.exit.signal)} +++`
				: `+++ exited with ${body.exit.status} +++`;
		case 'packet':
			return `packet ${body.text}`;
		case 'input':
			return `input ${body.text}`;
		case 'deadlock':
			return `deadlock: ${body.text}`;
	}
};

/** The queue and its channel, `futex:0x1200` without its kind before it. */
const place = (queue: string, channel: string): string => {
	if (channel === '' || channel.startsWith(`${queue}:`)) return channel || queue;
	return `${queue} ${channel}`;
};

const wakerName = (by: number): string => {
	switch (by) {
		case actors.timer:
			return 'timer';
		case actors.outside:
			return 'input';
		case actors.packet:
			return 'packet';
		default:
			return `[${by}]`;
	}
};

/** An event as a flat object, for NDJSON; bytes are a C string literal's inside. */
export const eventJson = (event: KernelEvent): Readonly<Record<string, unknown>> => {
	const {body, ...rest} = event;
	const base = {
		number: rest.number,
		cycle: rest.cycle,
		pid: rest.pid,
		tid: rest.tid,
		cpu: rest.cpu,
	};
	if (body.kind !== 'bytes') return {...base, ...body};
	const quoted = quoteBytes(body.data, body.data.length);
	return {...base, ...body, data: quoted.slice(1, -1)};
};
