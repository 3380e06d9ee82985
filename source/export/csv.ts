// The accounting as comma-separated values, RFC 4180: one row per thread, in order of creation, one column per wait queue
// that anybody slept in.

import {accountingReport, type ThreadReport} from '../view-model/stat.js';
import type {Exporter} from './exporter.js';

const columns: ReadonlyArray<readonly [heading: string, of: (thread: ThreadReport) => unknown]> = [
	['pid', thread => thread.pid],
	['tid', thread => thread.tid],
	['ppid', thread => thread.ppid],
	['name', thread => thread.name],
	['host', thread => thread.host],
	['cpu', thread => thread.cpu],
	['busy', thread => thread.busy],
	['ready', thread => thread.ready],
	['blocked', thread => thread.blocked],
	['voluntary_switches', thread => thread.contextSwitches.voluntary],
	['involuntary_switches', thread => thread.contextSwitches.involuntary],
	['syscalls', thread => thread.syscalls],
	['exit_status', ({exit}) => (exit && 'status' in exit ? exit.status : '')],
	['exit_signal', ({exit}) => (exit && 'signal' in exit ? exit.signal : '')],
];

/** A field; a text that a spreadsheet would take for a formula stays a text. */
const field = (value: unknown): string => {
	const text = String(value);
	const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const createCsvExport = (): Exporter => ({
	interval: 10_000,
	note() {},
	finish(kernel) {
		const {threads} = accountingReport(kernel);
		const queues = [...new Set(threads.flatMap(({blockedOn}) => Object.keys(blockedOn)))].sort();
		const rows = [
			[...columns.map(([heading]) => heading), ...queues.map(queue => `blocked:${queue}`)],
			...threads.map(thread => [
				...columns.map(([, of]) => of(thread)),
				...queues.map(queue => thread.blockedOn[queue] ?? 0),
			]),
		];
		return rows.map(row => `${row.map(field).join(',')}\r\n`).join('');
	},
});
