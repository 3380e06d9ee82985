// What Enter opens in the Shared pane: a variable, shared memory, a file, a semaphore, a message queue, with its bytes.

import {bytesAt, lookUp} from '../machine/variables.js';
import {readObject} from '../vm/memory-object.js';
import {field, heading, none} from './detail-lines.js';
import {hexDump} from './escape.js';
import {type Language, say} from './language.js';
import type {Observed} from './observed.js';
import {fileContents} from './shared-files.js';
import {type SharedView, sharedValue, sharedViews} from './shared.js';
import {type Line, line} from './styled-text.js';

/** Bytes that are shown. */
const dumpedBytes = 4096;

/** The lines about one of the pane's items; undefined when it is gone. */
export const sharedDetails = (
	observed: Observed,
	watch: readonly string[],
	key: string,
	language: Language,
): readonly Line[] | undefined => {
	const item = sharedViews(observed, watch).find(view => view.key === key);
	if (!item) return undefined;
	const bytes = bytesOf(observed, item);
	return [
		...factLines(item, language),
		...(bytes === undefined
			? []
			: [
					[],
					heading(say(language, 'details.bytes')),
					...(bytes.length > 0
						? hexDump(bytes).map(text => line(`  ${text}`))
						: [line(`  ${say(language, 'pipes.empty')}`, 'dim')]),
				]),
	];
};

const factLines = (item: SharedView, language: Language): readonly Line[] => {
	const names = (list: readonly string[]): string =>
		list.length > 0 ? list.join(', ') : say(language, 'details.none');
	const waiters = (blocked: readonly string[]): readonly Line[] => [
		[],
		heading(say(language, 'details.waiters')),
		...(blocked.length > 0
			? blocked.map((name, index) => line(`  ${index + 1}. ${name}`))
			: [none(language)]),
	];
	switch (item.kind) {
		case 'variable':
			return [
				field(say(language, 'details.value'), item.value),
				field(say(language, 'details.address'), item.address),
				field(say(language, 'details.seenBy'), names(item.seenBy)),
				field(
					say(language, 'details.writer'),
					item.writer === '' ? say(language, 'shared.never') : item.writer,
				),
			];
		case 'memory':
			return [
				field(say(language, 'details.size'), sharedValue(item)),
				field(say(language, 'details.seenBy'), names(item.mappers)),
			];
		case 'semaphore':
			return [
				field(say(language, 'details.value'), item.value),
				field(say(language, 'details.seenBy'), names(item.users)),
				...waiters(item.blocked),
			];
		case 'file':
			return [
				field(say(language, 'details.size'), sharedValue(item)),
				...item.users.map(user => field(say(language, 'details.descriptor'), user)),
				...(item.text === '' ? [] : [field(say(language, 'details.locks'), item.text)]),
				...(item.blocked.length > 0 ? waiters(item.blocked) : []),
			];
		case 'queue':
			return [
				field(say(language, 'details.size'), sharedValue(item)),
				...item.users.map(user => field(say(language, 'details.descriptor'), user)),
				...waiters(item.blocked),
				[],
				heading(say(language, 'details.messages')),
				...(item.count > 0
					? item.text.split(' | ').map(text => line(`  ${text}`, 'string'))
					: [none(language)]),
			];
	}
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
