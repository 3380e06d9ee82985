// Sources that no person writes: they must end in a diagnostic, soon, whatever they do.

import {expect, test} from 'vitest';
import {checkTranslationUnit} from '../../source/compiler/check.js';
import {compileProgram} from '../../source/compiler/compile.js';
import {type Diagnostic, renderDiagnostics} from '../../source/compiler/text/diagnostics.js';

/** Without a library: all of these fail before linking. */
const problemsOf = (text: string): readonly Diagnostic[] => {
	const result = compileProgram({
		name: 'hostile',
		sources: [{fileName: 'hostile.c', text}],
		includes: () => undefined,
		library: {objects: [], definitions: new Map()},
	});
	return result.kind === 'failed' ? result.diagnostics : [];
};

const main = (body: string): string => `int main(void) { ${body} return 0; }`;

test.each([
	['blocks', main('{'.repeat(100_000) + '}'.repeat(100_000))],
	['statements', main('if (1)'.repeat(50_000) + ';')],
	['pointers', `int ${'*'.repeat(200_000)}p;\n${main('')}`],
	['arrays', main(`int a${'[1]'.repeat(20_000)};`)],
	['parentheses', main(`return ${'('.repeat(100_000)}1${')'.repeat(100_000)};`)],
	['conditionals', main(`return ${'1 ? '.repeat(50_000)}1${' : 0'.repeat(50_000)};`)],
	['conditions of #if', `#if ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n#endif\n${main('')}`],
])('%s nested without measure are a diagnostic', (_, text) => {
	expect(renderDiagnostics(problemsOf(text))).toMatch(/too deeply/);
});

test('macros that double each other are stopped', () => {
	const macros = Array.from({length: 40}, (_, n) => `#define X${n + 1} X${n} X${n}`).join('\n');
	expect(
		renderDiagnostics(problemsOf(`${macros}\n#define X0 1 +\n${main('return X40 1;')}`)),
	).toMatch(/hostile\.c:42:\d+: error: macro 'X\d+' expands without reasonable end/);
});

test('an initialised object larger than any program is refused', () => {
	expect(renderDiagnostics(problemsOf(`int a[] = {[500000000] = 1};\n${main('')}`))).toMatch(
		/1:5: error: initialized data of 2000000004 bytes is too large/,
	);
	expect(renderDiagnostics(problemsOf(`int a[] = {[0 ... 100000000] = 1};\n${main('')}`))).toMatch(
		/index range in initializer is too large/,
	);
});

test('the compiler stops at its twentieth error', () => {
	const text = Array.from({length: 20_000}, (_, n) => `int x${n} = y${n};`).join('\n');
	expect(problemsOf(text).filter(({severity}) => severity === 'error')).toHaveLength(20);
});

test('a very long line is shown around the place of its error only, with the caret below it', () => {
	const rendered = renderDiagnostics(
		problemsOf(main(`int x = 0;${'x += 1;'.repeat(100_000)} yyy;`)),
	);
	const [, excerpt = '', caret = ''] = rendered.split('\n');
	expect(excerpt.length).toBeLessThan(250);
	expect(excerpt.slice(caret.indexOf('^')).startsWith('yyy')).toBe(true);
});

test('control characters of a file that is no text do not reach the terminal', () => {
	const rendered = renderDiagnostics(problemsOf('int \u001B[31mx\u0000\u0007;\n'));
	expect(rendered).toContain('error');
	expect(rendered).not.toMatch(/[\u0000-\u0008\u000B-\u001F]/);
});

/** How many declarations, cases and functions a unit can have must not count more than once. */
test.each([
	['locals', main(Array.from({length: 10_000}, (_, n) => `int v${n} = ${n};`).join('\n'))],
	[
		'cases',
		`int f(int c) { switch (c) {\n${Array.from({length: 10_000}, (_, n) => `case ${n * 7}: c++;`).join('\n')}\n} return c; }`,
	],
	[
		'functions',
		Array.from({length: 10_000}, (_, n) => `static int f${n}(void) { return ${n}; }`).join('\n'),
	],
])('very many %s are compiled', (_, text) => {
	const {diagnostics} = checkTranslationUnit({
		fileName: 'long.c',
		text,
		includes: () => undefined,
	});
	expect(diagnostics.filter(({severity}) => severity === 'error')).toEqual([]);
});
