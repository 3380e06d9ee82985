import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createDiagnosticSink} from '../../source/compiler/text/diagnostics.js';
import {withDeclarations} from '../../source/compiler/preprocess/header-declarations.js';
import {predefinedMacros} from '../../source/compiler/preprocess/predefined-macros.js';
import {preprocess} from '../../source/compiler/preprocess/preprocessor.js';
import {addSourceFile, createSourceMap} from '../../source/compiler/text/source-text.js';
import {check} from './front-end.js';

const folder = join(import.meta.dirname, '../../source/libc/include');
const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name =>
	name.endsWith('.h'),
);
const headers = new Map(names.map(name => [name, readFileSync(join(folder, name), 'utf8')]));

/** The tokens of a file that includes the header, all declarations read. */
const tokensOf = (name: string, areDeferred: boolean): readonly string[] => {
	const map = createSourceMap();
	const file = addSourceFile(map, 'main.c', `#include <${name}>\n`, false);
	const includes = (header: string) => {
		const text = headers.get(header);
		return text === undefined ? undefined : {fileName: header, text, isSystem: areDeferred};
	};
	const sink = createDiagnosticSink(map, 'main.c');
	const read = preprocess({map, sink, file, includes, defines: predefinedMacros});
	return withDeclarations(read, map.words, true).map(({text, position}) => `${position} ${text}`);
};

test('declarations that are put off give the tokens that they would have given', () => {
	for (const name of names) expect(tokensOf(name, true), name).toEqual(tokensOf(name, false));
});

test('a macro of the program replaces a name in the declarations of a header', () => {
	const {unit, diagnostics} = check(
		'#define atoi number\n#include <stdlib.h>\nint main(void) { return number("7"); }\n',
	);
	expect(diagnostics).toEqual([]);
	expect(unit.functionSymbols.map(({name}) => name)).toContain('number');
	expect(unit.functionSymbols.map(({name}) => name)).not.toContain('atoi');
});

test('only what the program may mean is declared', () => {
	const {unit} = check('#include <stdio.h>\nint main(void) { return puts("x"); }\n');
	const declared = unit.functionSymbols.map(({name}) => name);
	expect(declared).toContain('puts');
	expect(declared).not.toContain('vsnprintf');
});
