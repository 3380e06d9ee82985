/**
 * The tools of /bin ahead of time. A tool is a file `cat.c` or a folder `sh/`; of `shared/` it gets the files whose headers
 * it includes.
 */
import type {LibraryImage} from '../bytecode/object.js';
import {type PackedProgram, packProgram} from '../bytecode/program-image.js';
import {compileProgram} from './compile.js';
import type {Diagnostic} from './diagnostics.js';
import type {IncludeResolver} from './preprocessor.js';

export type ToolsResult =
	| {readonly kind: 'tools'; readonly tools: readonly PackedProgram[]}
	| {readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]};

/** `sh/../shared/tool.h` → `shared/tool.h`. */
const normalize = (path: string): string => path.replace(/[^/]+\/\.\.\//g, '');

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The tools' names, each with its own C files. */
const ownFiles = (files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> => {
	const tools = new Map<string, string[]>();
	for (const path of [...files.keys()].sort()) {
		if (!path.endsWith('.c') || path.startsWith('shared/')) continue;
		const name = path.includes('/') ? path.slice(0, path.indexOf('/')) : path.slice(0, -2);
		tools.set(name, [...(tools.get(name) ?? []), path]);
	}
	return tools;
};

/** A tool's C files, and those behind the headers of `shared/` that they include. */
const withShared = (
	files: ReadonlyMap<string, string>,
	own: readonly string[],
): readonly string[] => {
	const found = new Set(own);
	for (const path of found) {
		for (const [, name] of files.get(path)!.matchAll(/^#include "(.*)\.h"/gm)) {
			const code = normalize(`${folderOf(path)}${name}.c`);
			if (code.startsWith('shared/') && files.has(code)) found.add(code);
		}
	}
	return [...found];
};

/**
 * Compiles all tools: `files` from path to text, `headers` as `#include <…>` names them.
 */
export const buildTools = (
	files: ReadonlyMap<string, string>,
	headers: ReadonlyMap<string, string>,
	library: LibraryImage,
): ToolsResult => {
	const includes: IncludeResolver = (name, from) => {
		const path = normalize(folderOf(from) + name);
		const own = files.get(path);
		if (own !== undefined) return {fileName: path, text: own, isSystem: false};
		const text = headers.get(name);
		return text === undefined ? undefined : {fileName: name, text, isSystem: true};
	};
	const tools: PackedProgram[] = [];
	for (const [name, own] of ownFiles(files)) {
		const paths = withShared(files, own);
		const sources = paths.map(path => ({fileName: path, text: files.get(path)!}));
		const result = compileProgram({name, sources, includes, library});
		if (result.kind === 'failed') return {kind: 'failed', diagnostics: result.diagnostics};
		tools.push(packProgram(result.program));
	}
	return {kind: 'tools', tools};
};
