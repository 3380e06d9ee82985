// Compiles the programs of a scenario. A program of several processes is compiled once.

import {type CompileInput, compileProgram, type CompileResult} from '../compiler/compile.js';
import {type Diagnostic, hasErrors} from '../compiler/text/diagnostics.js';
import type {MachineSetup} from '../machine/setup.js';
import {isToolPath, programFiles, programNameOf, type ReadFile} from './program-names.js';
import type {ProgramDocument} from './scenario-document.js';

type CompiledProgram = Extract<CompileResult, {kind: 'program'}>['program'];

/** The compiled C library, the headers by the name in `#include <…>`, and what needs no compiling. */
export type Toolchain = Pick<CompileInput, 'library'> & {
	readonly headers: ReadonlyMap<string, string>;
	/** Programs that need no compiling, by name. */
	readonly compiled?: ReadonlyMap<string, CompiledProgram>;
	/** The tools that every machine has, by absolute path (`/bin/cat`). */
	readonly tools: MachineSetup['programs'];
};

export type CompiledPrograms = {
	/** By absolute path: `/parent`. */
	readonly programs: ReadonlyMap<string, CompiledProgram>;
	readonly diagnostics: readonly Diagnostic[];
	readonly ok: boolean;
};

/**
 * @param displayName How diagnostics and the Source pane name a file of the scenario's folder.
 */
export const compilePrograms = (
	documents: readonly ProgramDocument[],
	readFile: ReadFile,
	displayName: (path: string) => string,
	toolchain: Toolchain,
): CompiledPrograms => {
	const programs = new Map<string, CompiledProgram>();
	const diagnostics: Diagnostic[] = [];
	for (const document of documents) {
		if (isToolPath(document)) continue;
		const name = programNameOf(document);
		if (programs.has(`/${name}`)) continue;
		const compiled = toolchain.compiled?.get(name);
		if (compiled) {
			programs.set(`/${name}`, compiled);
			continue;
		}
		const result = compileProgram({
			name,
			sources: programFiles(document).map(path => ({
				fileName: displayName(path),
				text: readFile(path) ?? '',
			})),
			includes: includeResolver(readFile, displayName, toolchain.headers),
			library: toolchain.library,
		});
		diagnostics.push(...(result.kind === 'program' ? result.warnings : result.diagnostics));
		if (result.kind === 'program') programs.set(`/${name}`, result.program);
	}
	return {programs, diagnostics, ok: !hasErrors(diagnostics)};
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * `#include "x.h"` looks beside the file that asks, then in the scenario's folder, then among the bundled headers;
 * `#include <x.h>` looks at the bundled headers first.
 */
const includeResolver = (
	readFile: ReadFile,
	displayName: (path: string) => string,
	headers: ReadonlyMap<string, string>,
): CompileInput['includes'] => {
	const paths = new Map<string, string>(); // From the displayed name of a header back to its path.
	const own = (name: string, from: string) => {
		for (const path of new Set([folderOf(paths.get(from) ?? '') + name, name])) {
			const text = readFile(path);
			if (text === undefined) continue;
			paths.set(displayName(path), path);
			return {fileName: displayName(path), text, isSystem: false};
		}
		return undefined;
	};
	const bundled = (name: string) => {
		const text = headers.get(name);
		return text === undefined ? undefined : {fileName: name, text, isSystem: true};
	};
	return (name, from, isSystem) =>
		isSystem ? (bundled(name) ?? own(name, from)) : (own(name, from) ?? bundled(name));
};
