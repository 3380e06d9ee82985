/**
 * The tools of /bin ahead of time. A tool is a file `cat.c` or a folder `sh/`; of `shared/` it gets the files whose headers
 * it includes.
 */
import type {LibraryImage} from '../bytecode/object.js';
import {packProgram} from '../bytecode/program-image.js';
import {compileProgram} from './compile.js';
import type {Diagnostic} from './text/diagnostics.js';
import type {IncludeResolver} from './preprocess/preprocessor-state.js';

export type ToolResult =
	| {readonly kind: 'tool'; readonly image: string}
	| {readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]};

/** `sh/../shared/tool.h` → `shared/tool.h`. */
const normalize = (path: string): string => path.replace(/[^/]+\/\.\.\//g, '');

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The tool that a file belongs to; undefined for headers and what tools share. */
const toolOf = (path: string): string | undefined => {
	if (!path.endsWith('.c') || path.startsWith('shared/')) return undefined;
	return path.includes('/') ? path.slice(0, path.indexOf('/')) : path.slice(0, -2);
};

/** The names of the tools that these files make. */
export const toolNames = (paths: Iterable<string>): readonly string[] => {
	const names = new Set<string>();
	for (const path of paths) {
		const name = toolOf(path);
		if (name !== undefined) names.add(name);
	}
	return [...names].sort();
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
 * Compiles a tool: `files` from path to text, `headers` as `#include <…>` names them.
 */
export const buildTool = (
	name: string,
	files: ReadonlyMap<string, string>,
	headers: ReadonlyMap<string, string>,
	library: LibraryImage,
): ToolResult => {
	const includes: IncludeResolver = (header, from) => {
		const path = normalize(folderOf(from) + header);
		const own = files.get(path);
		if (own !== undefined) return {fileName: path, text: own, isSystem: false};
		const text = headers.get(header);
		return text === undefined ? undefined : {fileName: header, text, isSystem: true};
	};
	const own = [...files.keys()].filter(path => toolOf(path) === name);
	const sources = withShared(files, own).map(path => ({fileName: path, text: files.get(path)!}));
	const result = compileProgram({name, sources, includes, library});
	if (result.kind === 'failed') return result;
	return {kind: 'tool', image: packProgram(result.program)};
};
