import {expect, test} from 'vitest';
import {createDiagnosticSink} from '../../source/compiler/text/diagnostics.js';
import type {IncludedFile} from '../../source/compiler/preprocess/preprocessor-state.js';
import {preprocess} from '../../source/compiler/preprocess/preprocessor.js';
import {addSourceFile, createSourceMap, locate} from '../../source/compiler/text/source-text.js';
import {shortLine} from './front-end.js';

const run = (text: string, files: Readonly<Record<string, string>> = {}) => {
	const map = createSourceMap();
	const sink = createDiagnosticSink(map, 'main.c');
	const file = addSourceFile(map, 'main.c', text, false);
	const includes = (name: string): IncludedFile | undefined => {
		const found = files[name];
		return found === undefined ? undefined : {fileName: name, text: found};
	};

	const {tokens} = preprocess({map, sink, file, includes, defines: new Map([['__x86_64__', '1']])});
	return {
		map,
		tokens: tokens.slice(0, -1),
		text: tokens
			.slice(0, -1)
			.map(token => token.text)
			.join(' '),
		errors: sink.list.map(entry => shortLine(entry)),
	};
};

// The examples of C11 6.10.3.5 among them; expected text is gcc -E's, with one space between tokens.
test.each([
	['an object-like macro', '#define N 3\nN n N', '3 n 3'],
	[
		'a function-like macro needs its parenthesis',
		'#define f(x) [x]\nf f(1) f (2)\n(3)',
		'f [ 1 ] [ 2 ] ( 3 )',
	],
	[
		'arguments are expanded before they are put in',
		'#define x 3\n#define f(a) f(x * (a))\n#undef x\n#define x 2\n#define g f\n#define z z[0]\n#define h g(~\n#define m(a) a(w)\n#define w 0,1\n#define t(a) a\nf(y+1) + f(f(z)) % t(t(g)(0) + t)(1);\ng(x+(3,4)-w) | h 5) & m\n(f)^m(m);',
		'f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ; f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) ) ^ m ( 0 , 1 ) ;',
	],
	[
		'# and ## of the standard',
		'#define str(s) # s\n#define xstr(s) str(s)\n#define debug(s, t) printf("x" # s "= %d, x" # t "= %s", x ## s, x ## t)\n#define INCFILE(n) vers ## n\n#define glue(a, b) a ## b\n#define xglue(a, b) glue(a, b)\n#define HIGHLOW "hello"\n#define LOW LOW ", world"\ndebug(1, 2);\nfputs(str(strncmp("abc\\0d", "abc", \'\\4\') == 0) str(: @\\n), s);\nxstr(INCFILE(2).h)\nglue(HIGH, LOW);\nxglue(HIGH, LOW)',
		'printf ( "x" "1" "= %d, x" "2" "= %s" , x1 , x2 ) ; fputs ( "strncmp(\\"abc\\\\0d\\", \\"abc\\", \'\\\\4\') == 0" ": @\\n" , s ) ; "vers2.h" "hello" ; "hello" ", world"',
	],
	[
		'## with empty arguments',
		'#define t(x,y,z) x ## y ## z\nint j[] = { t(1,2,3), t(,4,5), t(6,,7), t(8,9,), t(10,,), t(,11,), t(,,12), t(,,) };',
		'int j [ ] = { 123 , 45 , 67 , 89 , 10 , 11 , 12 , } ;',
	],
	[
		'variable arguments',
		'#define debug(...) fprintf(stderr, __VA_ARGS__)\n#define showlist(...) puts(#__VA_ARGS__)\ndebug("Flag"); debug("X = %d\\n", x); showlist(The first, second, and third items.);',
		'fprintf ( stderr , "Flag" ) ; fprintf ( stderr , "X = %d\\n" , x ) ; puts ( "The first, second, and third items." ) ;',
	],
	[
		'GNU: the comma before nothing goes',
		'#define log(f, ...) p(f, ##__VA_ARGS__)\n#define old(f, a...) p(f, ##a)\nlog("a") log("b", 1) old("c") old("d", 2, 3)',
		'p ( "a" ) p ( "b" , 1 ) p ( "c" ) p ( "d" , 2 , 3 )',
	],
	[
		'a macro is not expanded inside itself',
		'#define foo (4 + foo)\n#define a b\n#define b a\nfoo a b',
		'( 4 + foo ) a b',
	],
	[
		'a name met while disabled stays so',
		'#define NIL(xxx) xxx\n#define G_0(arg) NIL(G_1)(arg)\n#define G_1(arg) NIL(arg)\nG_0(42)',
		'42',
	],
	[
		'directives inside arguments',
		'#define f(x) <x>\nf(1\n#ifdef NOPE\n2\n#else\n3\n#endif\n)',
		'< 1 3 >',
	],
	[
		'conditions',
		'#if 1 + 2 * 3 == 7 && (1 ? 0 : 1/0) == 0 && defined __x86_64__ && !defined(NO) && 0x10u > -1 == 0\nyes\n#elif 1\nno\n#endif',
		'yes',
	],
	[
		'skipped groups may hold anything',
		'#if 0\n don\'t "\n#if 1\n#else\n#bogus\n#endif\n#elif defined X\nx\n#else\nok\n#endif',
		'ok',
	],
	['continued lines', '#define ADD(a, b) \\\n  a + \\\n  b\nADD(1,\n2) lo\\\nng', '1 + 2 long'],
	['comments', 'a/* x\n y */b // c \\\n d\ne', 'a b e'],
	[
		'__LINE__, __FILE__, __COUNTER__',
		'__LINE__\n#define L __LINE__\nL __FILE__ __COUNTER__ __COUNTER__',
		'1 3 "main.c" 0 1',
	],
	['unknown pragmas and _Pragma vanish', '#pragma GCC optimize\n_Pragma("once") x', 'x'],
	['defined from nothing is 0', '#if UNKNOWN || UNKNOWN(1) == 0\n#endif\nx', 'x'],
])('%s', (_name, source, expected) => {
	const {text, errors} = run(source);
	if (!source.includes('UNKNOWN(1)')) expect(errors).toEqual([]);
	expect(text).toBe(expected);
});

test('a header is included once if it says so', () => {
	const files = {
		'a.h': '#pragma once\nint a;',
		'b.h': '#ifndef B\n#define B\nint b;\n#include "a.h"\n#endif',
	};
	expect(
		run('#include "a.h"\n#include "b.h"\n#define H <b.h>\n#include H\n#include "a.h"', files).text,
	).toBe('int a ; int b ;');
});

test('lines are joined wherever a backslash ends them: within names, operators, literals, comments', () => {
	const {text, tokens, map} = run(
		'ma\\\nin +\\\r\n= 1\\\n\\\n2 "a\\\nb" \'\\\nc\' /\\\n* x *\\\n/ -\\\n> // y \\\n z\n#def\\\nine N 3\nN',
	);
	expect(text).toBe('main += 12 "ab" \'c\' -> 3');
	const places = tokens.map(({position}) => locate(map, position));
	expect(places.map(place => [place?.line, place?.column])).toEqual([
		[1, 1],
		[2, 4],
		[3, 3],
		[5, 3],
		[6, 4],
		[9, 3],
		[14, 1],
	]);
});

test('a token of a macro has the position where the macro is used, an argument its own', () => {
	const {map, tokens} = run('#define twice(x) (x + x)\n\nint a = twice(\n  7);');
	const places = tokens.map(({text, position}) => `${text}@${locate(map, position)?.line ?? 0}`);
	expect(places.join(' ')).toBe('int@3 a@3 =@3 (@3 7@4 +@3 7@4 )@3 ;@4');
});

test.each([
	['#include <nosuch.h>', '1:10: error: nosuch.h: No such file or directory'],
	['#error "stop" here', '1:2: error: #error "stop" here'],
	['#warning careful', '1:2: warning: #warning careful [-Wcpp]'],
	['#if 1\nx', '1:2: error: unterminated conditional directive (#if without #endif)'],
	['#endif', '1:2: error: #endif without #if'],
	['#else', '1:2: error: #else without #if'],
	['#foo', '1:1: error: invalid preprocessing directive #foo'],
	['#define f(x) x\nf(1, 2)', '2:1: error: macro "f" passed 2 arguments, but takes just 1'],
	['#define f(x, y) x\nf(1)', '2:1: error: macro "f" requires 2 arguments, but only 1 given'],
	['#define f(x) x\nf(1', '2:1: error: unterminated argument list invoking macro "f"'],
	['#define A 1\n#define A 2', '2:9: warning: "A" redefined [-Wmacro-redefined]'],
	['#if 1 +\n#endif', '1:2: error: #if with no expression'],
	['#if 1/0\n#endif', '1:2: error: division by zero in #if'],
	['#define 3 4', '1:9: error: macro names must be identifiers'],
	[
		'#define c(a,b) a##b\nc(+,*)',
		'2:3: error: pasting "+" and "*" does not give a valid preprocessing token',
	],
	['#include_next <stdio.h>', '1:1: error: #include_next is not supported'],
])('%s', (source, expected) => {
	expect(run(source).errors[0]).toBe(expected);
});

test('an endless chain of inclusion ends in a diagnostic', () => {
	expect(run('#include "a.h"', {'a.h': '#include "a.h"'}).errors[0]).toMatch(
		/#include nested depth/,
	);
});
