// The layers of the program as a table, and the check that the sources keep to
// it: who may import whom, no cycles, and nothing below the user interface that
// reads the host's clock, randomness, environment or files, so that the same
// scenario, seed and inputs give the same trace on every machine.

import {builtinModules} from 'node:module';
import {posix} from 'node:path';
import {type ModuleSyntax, readModule} from './module-syntax.js';

export type Violation = {readonly path: string; readonly line: number; readonly problem: string};

type Layer = {
	/** Layers it may import besides itself. */
	readonly imports: readonly string[];
	/** npm packages it may import; undefined: any. */
	readonly packages?: readonly string[];
	/** May use the host: its clock, files, environment, asynchronous code. */
	readonly isHostSide?: boolean;
	/** Its state is copied by checkpoints: no classes. */
	readonly isPlainData?: boolean;
};

const simulation = ['bytecode', 'vm', 'kernel', 'machine'];

/** DESIGN's layer table. */
export const layers: Readonly<Record<string, Layer>> = {
	bytecode: {imports: [], packages: [], isPlainData: true},
	compiler: {imports: ['bytecode'], packages: []},
	vm: {imports: ['bytecode'], packages: [], isPlainData: true},
	kernel: {imports: ['vm', 'bytecode'], packages: [], isPlainData: true},
	machine: {imports: ['kernel', 'vm', 'bytecode'], packages: [], isPlainData: true},
	scenario: {imports: ['compiler', 'machine'], packages: ['ajv', 'yaml']},
	'view-model': {imports: simulation, packages: ['string-width']},
	export: {imports: ['view-model', 'machine'], packages: []},
	ui: {imports: ['view-model', 'machine'], isHostSide: true},
	commands: {
		imports: ['compiler', ...simulation, 'scenario', 'view-model', 'export', 'ui'],
		isHostSide: true,
	},
	'cli.ts': {imports: ['commands'], isHostSide: true},
};

/** Globals that let the host in. A name covers all its members. */
const hostGlobals = new Set([
	'Date',
	'Math.random',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'clearTimeout',
	'clearInterval',
	'queueMicrotask',
	'requestAnimationFrame',
	'performance',
	'crypto',
	'process',
	'Buffer',
	'console',
	'Promise',
	'fetch',
	'globalThis',
	'require',
	'eval',
	'Function',
]);

/**
 * Holds the layer rules over a set of sources.
 *
 * @param sources Path relative to `source/` with forward slashes → text, TypeScript only.
 */
export const findViolations = (sources: ReadonlyMap<string, string>): readonly Violation[] => {
	const modules = new Map([...sources].map(([path, text]) => [path, readModule(path, text)]));
	const found = [...modules].flatMap(([path, module]) => checkModule(modules, path, module));
	return [...found, ...checkMachineUsers(modules), ...checkCycles(modules)];
};

const layerOf = (path: string): string => path.split('/')[0]!;

type Modules = ReadonlyMap<string, ModuleSyntax>;

const checkModule = (
	modules: Modules,
	path: string,
	module: ModuleSyntax,
): readonly Violation[] => {
	const name = layerOf(path);
	const layer = layers[name];
	if (!layer) return [{path, line: 1, problem: `${name} is no layer of the table`}];
	return [
		...checkImports(modules, path, module, layer),
		...(layer.isHostSide ? [] : checkHostUses(path, module)),
		...checkExit(path, module),
		...(layer.isPlainData
			? module.classes.map(use => ({
					path,
					line: use.line,
					problem: `class ${use.name}: state of ${name} is plain data`,
				}))
			: []),
	];
};

const checkImports = (
	modules: Modules,
	path: string,
	module: ModuleSyntax,
	layer: Layer,
): readonly Violation[] =>
	module.imports.flatMap(({specifier, line}) => {
		const problem = specifier.startsWith('.')
			? problemOfRelative(modules, path, specifier, layer)
			: problemOfPackage(path, specifier, layer);
		return problem === undefined ? [] : [{path, line, problem}];
	});

const problemOfRelative = (
	modules: Modules,
	path: string,
	specifier: string,
	layer: Layer,
): string | undefined => {
	const target = resolveImport(modules, path, specifier);
	if (target === undefined) return `imports ${specifier}, which is no source file`;
	const [from, to] = [layerOf(path), layerOf(target)];
	return from === to || layer.imports.includes(to) ? undefined : `${from} may not import ${to}`;
};

const problemOfPackage = (path: string, specifier: string, layer: Layer): string | undefined => {
	const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier);
	if (isBuiltin)
		return layer.isHostSide ? undefined : `${layerOf(path)} may not import ${specifier}`;
	const name = specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
	if (layer.packages === undefined || layer.packages.includes(name)) return undefined;
	return `${layerOf(path)} may not import the package ${name}`;
};

const checkHostUses = (path: string, module: ModuleSyntax): readonly Violation[] => [
	...module.globals
		.filter(({name}) => hostGlobals.has(name) || hostGlobals.has(name.split('.')[0]!))
		.map(({name, line}) => ({path, line, problem: `${layerOf(path)} may not use ${name}`})),
	...module.asyncCode.map(({line}) => ({
		path,
		line,
		problem: `${layerOf(path)} may not hold asynchronous code`,
	})),
];

const checkExit = (path: string, module: ModuleSyntax): readonly Violation[] =>
	module.globals
		.filter(({name}) => name === 'process.exit' && path !== 'cli.ts')
		.map(({line}) => ({path, line, problem: 'only cli.ts may call process.exit'}));

/** The user interface knows the machine through one hook. */
const checkMachineUsers = (modules: Modules): readonly Violation[] => {
	const users = [...modules].flatMap(([path, module]) => {
		if (layerOf(path) !== 'ui') return [];
		const edge = module.imports.find(({specifier}) => {
			const target = specifier.startsWith('.') && resolveImport(modules, path, specifier);
			return target && layerOf(target) === 'machine';
		});
		return edge ? [{path, line: edge.line}] : [];
	});
	const outside = users.filter(({path}) => !path.startsWith('ui/hooks/'));
	const hooks = users.filter(({path}) => path.startsWith('ui/hooks/'));
	return [
		...outside.map(use => ({...use, problem: 'in ui only a hook may import machine'})),
		...hooks
			.slice(1)
			.map(use => ({...use, problem: `one hook imports machine already: ${hooks[0]!.path}`})),
	];
};

const resolveImport = (modules: Modules, path: string, specifier: string): string | undefined => {
	const target = posix.normalize(posix.join(posix.dirname(path), specifier));
	return [target.replace(/\.js$/, '.ts'), target.replace(/\.jsx?$/, '.tsx')].find(name =>
		modules.has(name),
	);
};

/**
 * Imports that load each other. Types are left out: an object of the kernel names
 * the kernel's type, and the kernel's type lists its objects.
 */
const checkCycles = (modules: Modules): readonly Violation[] => {
	const found: Violation[] = [];
	const state = new Map<string, 'open' | 'done'>();
	const visit = (path: string, trail: readonly string[]): void => {
		state.set(path, 'open');
		for (const {specifier, isTypeOnly, line} of modules.get(path)!.imports) {
			const target =
				isTypeOnly || !specifier.startsWith('.')
					? undefined
					: resolveImport(modules, path, specifier);
			if (target === undefined) continue;
			if (state.get(target) === 'open') {
				const cycle = [...trail.slice(trail.indexOf(target)), target].join(' → ');
				found.push({path, line, problem: `imports form a cycle: ${cycle}`});
			} else if (!state.has(target)) {
				visit(target, [...trail, target]);
			}
		}
		state.set(path, 'done');
	};
	for (const path of modules.keys()) if (!state.has(path)) visit(path, [path]);
	return found;
};
