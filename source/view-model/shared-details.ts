// What Enter opens in the Shared pane: a variable, shared memory, a file, a semaphore, a message queue, with its bytes.

import {isRecordedFromStart} from '../machine/last-writer.js';
import type {Kernel} from '../kernel/kernel.js';
import {bytesAt, lookUp} from '../machine/variables.js';
import {readObject} from '../vm/memory-object.js';
import {type DetailsView, field, heading, none, waiterLines} from './detail-lines.js';
import {hexDump} from './escape.js';
import {type Language, say} from './language.js';
import type {LazyNames} from './lazy-names.js';
import type {Observed} from './observed.js';
import {groupText} from './object-view.js';
import {fileContents} from './shared-files.js';
import {
	type SharedView,
	sharedValue,
	sharedViews,
	type VariableView,
	writersText,
} from './shared.js';
import {type Line, line} from './styled-text.js';
import {simplify} from './text-width.js';

/** Bytes that are shown. */
const dumpedBytes = 4096;

/** Everything about one of the pane's items; undefined when it is gone. */
export const sharedDetails = (
	observed: Observed,
	watch: readonly string[],
	key: string,
	language: Language,
): DetailsView | undefined => {
	const item = sharedViews(observed, watch).find(view => view.key === key);
	if (!item) return undefined;
	const bytes = bytesOf(observed, item);
	const byteLines =
		bytes === undefined
			? []
			: [
					[],
					heading(say(language, 'details.bytes')),
					...(bytes.length > 0
						? hexDump(bytes).map(text => line(`  ${text}`))
						: [line(`  ${say(language, 'pipes.empty')}`, 'dim')]),
				];
	return {
		// Rows have memory by the name that it has in memory maps.
		title: simplify(item.kind === 'memory' ? item.name : key),
		lines: [...factLines(observed, item, language), ...byteLines],
	};
};

/** What may be said where no writer is known. */
const unwritten = (
	{kernel}: Observed,
	{pid, lvalue}: VariableView,
): 'shared.never' | 'shared.unknown' => {
	const process = kernel.processes.get(pid);
	const variable = process && lookUp(kernel, process, lvalue);
	if (!variable || 'error' in variable || variable.place.kind !== 'memory') return 'shared.unknown';
	return isRecordedFromStart(kernel, process, variable.place.address)
		? 'shared.never'
		: 'shared.unknown';
};

const factLines = (observed: Observed, item: SharedView, language: Language): readonly Line[] => {
	const names = (list: LazyNames): string =>
		list.length > 0 ? [...list].join(', ') : say(language, 'details.none');
	const waiters = (blocked: LazyNames): readonly Line[] => {
		const tids = waitersAt(observed.kernel, item.key);
		return tids.length > 0 || blocked.length === 0
			? [[], ...waiterLines(observed.kernel, tids, language)]
			: [
					[],
					heading(say(language, 'details.waiters')),
					...[...blocked].map((name, index) => line(`  ${index + 1}. ${name}`)),
				];
	};
	switch (item.kind) {
		case 'variable':
			return [
				field(say(language, 'details.value'), item.value),
				field(say(language, 'details.address'), item.address),
				field(say(language, 'details.seenBy'), names(item.seenBy)),
				field(
					say(language, 'details.writer'),
					writersText(item, language) || say(language, unwritten(observed, item)),
				),
			];
		case 'memory':
			return [
				field(say(language, 'details.size'), sharedValue(item, language)),
				field(say(language, 'details.seenBy'), names(item.mappers)),
			];
		case 'semaphore':
			return [
				field(say(language, 'details.value'), item.value),
				field(
					say(language, 'details.seenBy'),
					names(item.users.flatMap(group => [...group.names])),
				),
				...waiters(item.blocked),
			];
		case 'file':
			return [
				field(say(language, 'details.size'), sharedValue(item, language)),
				...item.users.map(group => field(say(language, 'details.descriptor'), groupText(group))),
				...(item.text === '' ? [] : [field(say(language, 'details.locks'), item.text)]),
				...(item.blocked.length > 0 ? waiters(item.blocked) : []),
			];
		case 'queue':
			return [
				field(say(language, 'details.size'), sharedValue(item, language)),
				...item.users.map(group => field(say(language, 'details.descriptor'), groupText(group))),
				...waiters(item.blocked),
				[],
				heading(say(language, 'details.messages')),
				...(item.count > 0
					? item.text.split(' | ').map(text => line(`  ${text}`, 'string'))
					: [none(language)]),
			];
	}
};

/** Who sleeps at something shared, by its channel, each queue in wake order. */
const waitersAt = ({threads}: Kernel, channel: string): readonly number[] => {
	const queues = new Set<readonly number[]>();
	for (const {waits} of threads.values())
		for (const queue of waits) if (queue.channel === channel) queues.add(queue.waiters);
	return [...queues].flat();
};

/** The bytes behind an item, at most so many; undefined where it has none of its own. */
const bytesOf = (observed: Observed, item: SharedView): Uint8Array | undefined => {
	const {kernel} = observed;
	switch (item.kind) {
		case 'variable': {
			const process = kernel.processes.get(item.pid);
			const variable = process && lookUp(kernel, process, item.lvalue);
			if (!variable || 'error' in variable) return undefined;
			return bytesAt(kernel, process, variable)?.subarray(0, dumpedBytes);
		}

		case 'memory': {
			const id = Number(item.key.slice(item.key.indexOf(':') + 1));
			for (const process of kernel.processes.values()) {
				for (const {object} of process.space.regions)
					if (object?.id === id) return readObject(object, 0, Math.min(item.size, dumpedBytes));
			}

			return undefined;
		}

		case 'file': {
			const contents = fileContents(observed, item.key);
			return contents && readObject(contents, 0, Math.min(item.size, dumpedBytes));
		}

		case 'semaphore':
		case 'queue':
			return undefined;
	}
};
