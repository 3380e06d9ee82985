// What the commands need besides their own code: the C library's compiled image,
// the C headers, and the presets. In the bundle they stand ready beside it
// (scripts/build.ts writes them); run from the sources, the library is compiled
// on demand and its image kept in a cache that its ingredients name.

import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type PackedProgram, setImageReader} from '../bytecode/program-image.js';
import {buildLibrary, loadLibrary} from '../compiler/build-library.js';
import {buildTool, toolNames} from '../compiler/build-tools.js';
import {renderDiagnostics} from '../compiler/text/diagnostics.js';
import {readFolder} from './read-folder.js';

/**
 * Replaced by `true` in the bundle; not defined in the sources. Asked for anew in each condition, so that the bundle
 * leaves out what only the sources need.
 */
declare const isBundle: true | undefined;

const root = join(import.meta.dirname, typeof isBundle === 'undefined' ? '../..' : '..');
const libraryFolder = join(root, 'source/libc');

/** Where the build puts the resources, relative to the package. */
export const preparedPresetPath = (name: string): string => `dist/presets/${name}.json`;
export const bundledLibrary = 'dist/library.json';
const bundledTools = 'dist/tools';
const toolImagePath = (name: string): string => `${bundledTools}/${name}.json`;
export const bundledHeaders = 'dist/headers.json';
export const bundledCatalog = 'dist/presets.json';

/** Computes once and keeps it: resources never change while the program runs. */
const once = <T>(compute: () => T): (() => T) => {
	let kept: {readonly value: T} | undefined;
	return () => {
		kept ??= {value: compute()};
		return kept.value;
	};
};

const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The C headers that programs may include: `sys/wait.h` → its text. */
export const readHeaders: () => ReadonlyMap<string, string> = once(() =>
	typeof isBundle === 'undefined'
		? readFolder(join(libraryFolder, 'include'), /\.h$/)
		: new Map(Object.entries(JSON.parse(readText(bundledHeaders)) as Record<string, string>)),
);

/** The compiled C library, in the form that the linker reads. */
export const readLibrary: () => string = once(() =>
	typeof isBundle === 'undefined' ? cachedLibrary() : readText(bundledLibrary),
);

const listToolNames = (): readonly string[] =>
	typeof isBundle === 'undefined'
		? toolNames(readToolFiles().keys())
		: readdirSync(join(root, bundledTools))
				.map(file => file.slice(0, -'.json'.length))
				.sort();

/** The tools by absolute path. Their images are read when they are run. */
export const readTools: () => ReadonlyMap<string, PackedProgram> = once(() => {
	setImageReader(readToolImage);
	return new Map(listToolNames().map(name => [`/bin/${name}`, {packedName: name}]));
});

/** A tool, compiled. */
const readToolImage = (name: string): string =>
	typeof isBundle === 'undefined'
		? cached(`tool-${name}`, ['libc', 'tools'], () => compileTool(name))
		: readText(toolImagePath(name));

/** The compiled tools by the paths that they have in the package. */
export const compiledTools = (): ReadonlyMap<string, string> =>
	new Map(listToolNames().map(name => [toolImagePath(name), readToolImage(name)]));

/** What the build has made of a preset (prepared-presets.ts), or undefined: sources have nothing prepared. */
export const readPreparedPreset = (name: string): string | undefined => {
	if (typeof isBundle === 'undefined') return undefined;
	const path = join(root, preparedPresetPath(name));
	return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

/** The presets as parsed when the package was built (preset-catalog.ts); empty for the sources. */
export const readBundledCatalog: () => unknown = once(() =>
	typeof isBundle === 'undefined' ? {} : (JSON.parse(readText(bundledCatalog)) as unknown),
);

export const readVersion: () => string = once(
	() => (JSON.parse(readText('package.json')) as {readonly version: string}).version,
);

const presetsFolder = join(root, 'presets');

/** The names of the presets, in alphabetical order. */
export const listPresetNames = (): readonly string[] =>
	existsSync(presetsFolder)
		? readdirSync(presetsFolder, {withFileTypes: true})
				.filter(entry => entry.isDirectory())
				.map(entry => entry.name)
				.sort()
		: [];

/** The folder of a preset, or undefined if there is none of this name. */
export const findPresetFolder = (name: string): string | undefined =>
	listPresetNames().includes(name) ? join(presetsFolder, name) : undefined;

const cachedLibrary = (): string => cached('library', ['libc'], compileLibrary);

/** What `compile` makes of the C files in these folders, kept in a cache. */
const cached = (name: string, folders: readonly string[], compile: () => string): string => {
	const folder = join(root, 'node_modules/.cache/ipctop');
	const path = join(folder, `${name}-${hashIngredients(folders)}`);
	if (existsSync(path)) return readFileSync(path, 'utf8');

	const image = compile();
	mkdirSync(folder, {recursive: true});
	writeFileSync(`${path}.${process.pid}`, image); // Renamed when complete: test workers share the cache.
	renameSync(`${path}.${process.pid}`, path);
	return image;
};

const hashes = new Map<string, string>();

/** Changes with the C files and with the compiler's sources. */
const hashIngredients = (folders: readonly string[]): string => {
	const all = [...folders, 'compiler', 'bytecode'];
	const known = hashes.get(all.join());
	if (known !== undefined) return known;
	const hash = createHash('sha256');
	for (const folder of all) {
		for (const [path, text] of readFolder(join(root, 'source', folder), /\.(c|h|ts)$/)) {
			hash.update(`${folder}/${path}\0${text}\0`);
		}
	}
	const result = hash.digest('hex').slice(0, 16);
	hashes.set(all.join(), result);
	return result;
};

const compileLibrary = (): string => {
	const files = readFolder(libraryFolder, /^[^/]+\.c$/);
	const privateHeaders = readFolder(libraryFolder, /^[^/]+\.h$/);
	const result = buildLibrary(files, new Map([...readHeaders(), ...privateHeaders]));
	if (result.kind === 'library') return result.json;
	throw new Error(`the C library does not compile:\n${renderDiagnostics(result.diagnostics)}`);
};

const readToolFiles = once(() => readFolder(join(root, 'source/tools'), /\.[ch]$/));

const libraryImage = once(() => loadLibrary(readLibrary()));

const compileTool = (name: string): string => {
	const result = buildTool(name, readToolFiles(), readHeaders(), libraryImage());
	if (result.kind === 'tool') return result.image;
	throw new Error(`${name} does not compile:\n${renderDiagnostics(result.diagnostics)}`);
};
