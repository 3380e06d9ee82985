import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {test} from 'vitest';
import {readTextFile} from '../../source/commands/host.js';
import {findPresetFolder, listPresetNames} from '../../source/commands/resources.js';
import {toolchain} from '../../source/commands/toolchain.js';
import {createSession, runUntil} from '../../source/machine/session.js';
import {loadScenario} from '../../source/scenario/load-scenario.js';

const plainPrototypes: readonly unknown[] = [
	null,
	Object.prototype,
	Array.prototype,
	Map.prototype,
	Set.prototype,
	ArrayBuffer.prototype,
];

const isPlain = (value: object): boolean =>
	ArrayBuffer.isView(value) || plainPrototypes.includes(Object.getPrototypeOf(value));

/** The paths in a value that lead to something a checkpoint could not copy: functions, class instances. */
const findBehaviour = (
	value: unknown,
	path: string,
	seen = new Set<unknown>(),
): readonly string[] => {
	if (typeof value === 'function' || typeof value === 'symbol') return [`${path}: ${typeof value}`];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (!isPlain(value)) return [`${path}: instance of ${value.constructor.name}`];
	if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return [];
	if (value instanceof Map || value instanceof Set) {
		return [...value.entries()].flatMap(([key, item]) => [
			...findBehaviour(key, `${path} key`, seen),
			...findBehaviour(item, `${path}.get(${String(key)})`, seen),
		]);
	}
	return Object.entries(value).flatMap(([key, item]) =>
		findBehaviour(item, `${path}.${key}`, seen),
	);
};

const openPreset = (name: string) => {
	const folder = findPresetFolder(name)!;
	const file = {name: 'scenario.yaml', text: readTextFile(join(folder, 'scenario.yaml'))!};
	const result = loadScenario(name, file, undefined, {
		toolchain: toolchain(),
		readFile: path => readTextFile(join(folder, path)),
		displayName: path => basename(path),
		machine: {},
		args: undefined,
		isTerminal: [true, true, true],
		recordsEvents: true,
	});
	assert.ok(result.ok);
	return result.scenario;
};

test('the checker finds functions and class instances wherever they hide', () => {
	class Clock {
		now = 1;
	}
	const state = {
		a: [1, new Map([[1, {wake: () => 1}]])],
		b: new Set([new Clock()]),
		c: new Int32Array(1),
	};
	assert.deepEqual(findBehaviour(state, 'state'), [
		'state.a.1.get(1).wake: function',
		'state.b key: instance of Clock',
	]);
});

test('the state of a machine is plain data at every point of every preset', () => {
	for (const name of listPresetNames()) {
		assert.ok(readdirSync(findPresetFolder(name)!).length > 0);
		const {setup} = openPreset(name);
		const session = createSession(setup);
		for (const cycle of [0, 20_000, 100_000, 400_000]) {
			runUntil(session, cycle);
			assert.deepEqual(findBehaviour(session, name), [], `${name} at cycle ${cycle}`);
		}
	}
});
