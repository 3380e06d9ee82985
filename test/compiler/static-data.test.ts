import {expect, test} from 'vitest';
import type {VariableSymbol} from '../../source/compiler/ast.js';
import {check, shortLine} from './front-end.js';

const globalsOf = (text: string): ReadonlyMap<string, VariableSymbol> => {
	const {unit, diagnostics} = check(text);
	expect(
		diagnostics
			.filter(({severity}) => severity === 'error')
			.map(diagnostic => shortLine(diagnostic)),
	).toEqual([]);
	return new Map(unit.variables.map(symbol => [symbol.name, symbol]));
};

const hex = (bytes: Uint8Array): string =>
	[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');

// The bytes are those that gcc 12 put into the object file for the same line.
test.each([
	[
		'int x[] = {1, 2, 3, [5] = 6, 7, [1] = 9};',
		'01000000090000000300000000000000000000000600000007000000',
	],
	['char x[] = "abc";', '61626300'],
	['char x[2] = "ab";', '6162'],
	['char x[6] = {"xyz"};', '78797a000000'],
	['struct {int a, b; char c;} x = {.c = 4, .a = 5};', '050000000000000004000000'],
	[
		'struct {int a; struct {short p, q;} in[2]; int z;} x = {1, 2, 3, 4, 5, 6};',
		'01000000020003000400050006000000',
	],
	[
		'struct {int a; struct {short p, q;} in[2]; int z;} x = {.in[1].q = 8, 9};',
		'00000000000000000000080009000000',
	],
	[
		'struct {struct {char name[4]; int v;} t[3];} x = {{{"ab", 1}, "cde", 2, {"x"}}};',
		'616200000100000063646500020000007800000000000000',
	],
	[
		'int x[][3] = {1, 2, 3, {4}, 5, 6};',
		'010000000200000003000000040000000000000000000000050000000600000000000000',
	],
	[
		'int x[2][2][2] = {{{1}, 2, 3}, {{4, 5}}};',
		'0100000000000000020000000300000004000000050000000000000000000000',
	],
	[
		'struct {int a : 3; unsigned b : 5; int c : 24; long d : 40;} x = {-1, 17, -12345, -2};',
		'8fc7cfff00000000feffffffff000000',
	],
	[
		'struct {unsigned char a : 4, b : 4; unsigned short c : 9; _Bool d : 1;} x = {5, 10, 300, 1};',
		'a5002c03',
	],
	[
		'struct {char a; union {int i; double d; char s[3];}; char z;} x = {1, {.s = "hi"}, 2};',
		'010000000000000068690000000000000200000000000000',
	],
	['union {int i; double d;} x = {.d = 1.5};', '000000000000f83f'],
	['struct {int n; char data[];} x = {3, {1, 2, 3, 4, 5}};', '030000000102030405'],
	[
		'int x[] = {[0 ... 3] = 7, [6 ... 7] = 8};',
		'0700000007000000070000000700000000000000000000000800000008000000',
	],
	['float x[] = {1, 2.5f, -0.1, 1e40f};', '0000803f00002040cdccccbd0000807f'],
	[
		'double x[] = {1, 1e300, 0x1.8p3, .5e-3, 1.0 / 3, -0.0};',
		'000000000000f03f9c7500883ce4377e0000000000002840fca9f1d24d62403f555555555555d53f0000000000000080',
	],
	[
		"long x[] = {-1, 1L << 40, 0x7fffffffffffffff, (int)0xffffffff, 0xffffffff, 'a', sizeof(long[3])};",
		'ffffffffffffffff0000000000010000ffffffffffffff7fffffffffffffffffffffffff0000000061000000000000001800000000000000',
	],
	["unsigned char x[] = {255, 'a', '\\x80', 2};", 'ff618002'],
	['_Bool x[] = {0, 5, 0.5, 256};', '00010101'],
	['short x = -2;', 'feff'],
	['int x[] = L"a\\u00e9";', '61000000e900000000000000'],
	['char x[] = "h\\u00e9 \\101\\x42\\n\\0z" "tail";', '68c3a92041420a007a7461696c00'],
	[
		'unsigned x[] = {-1, ~0u >> 4, 1u << 31, -7 / 2, (unsigned char)300, 07 | 0b10};',
		'ffffffffffffff0f00000080fdffffff2c00000007000000',
	],
	[
		'struct {int a[3]; int b;} x[2] = {[1] = {.a = {[1] = 5}, 6}, [0].b = 3};',
		'0000000000000000000000000300000000000000050000000000000006000000',
	],
	['enum {A, B = 5, C} x[] = {A, B, C};', '000000000500000006000000'],
	['struct {char c; long l __attribute__((packed)); } x = {1, 2};', '010200000000000000'],
	['struct __attribute__((packed)) {char c; int i; short s;} x = {1, 2, 3};', '01020000000300'],
	[
		'struct {int x, y;} x[] = {{1, 2}, {.y = 3}, {}, 4};',
		'0100000002000000000000000300000000000000000000000400000000000000',
	],
	['int x = (int)3.99 + (char)257 + (5 > 3) * 10 + (1 ? 100 : 1 / 0);', '72000000'],
])('%s', (declaration, expected) => {
	const symbol = globalsOf(declaration).get('x');
	expect(symbol?.initializer && hex(symbol.initializer.bytes)).toBe(expected);
	expect(symbol?.initializer?.relocations).toEqual([]);
});

test('an object whose bytes are all zero has no image', () => {
	expect(
		globalsOf('int x[4] = {0}, y; static struct {char *p;} z = {0}; void *q = &z;').get('x')
			?.initializer,
	).toBeUndefined();
});

test('addresses become relocations: objects, elements, members, functions, strings, compound literals', () => {
	const globals = globalsOf(`
struct s { int a, b[3]; } v; int a[5]; void f(void);
struct { char pad; int *e; void (*fn[2])(void); char *text; int *member; int *past; int *literal; long number; } x =
	{1, &a[2], {f, &f}, "hello" + 1, &v.b[1], a + 5, (int[]){7, 8}, (long)&a[1]};`);
	const relocations = globals
		.get('x')
		?.initializer?.relocations.map(({offset, target, addend}) => [
			offset,
			target.kind === 'string-literal' ? 'string' : target.name,
			addend,
		]);
	expect(relocations).toEqual([
		[8, 'a', 8],
		[16, 'f', 0],
		[24, 'f', 0],
		[32, 'string', 1],
		[40, 'v', 8],
		[48, 'a', 20],
		[56, '.literal', 0],
		[64, 'a', 4],
	]);
	expect([...(globals.get('.literal')?.initializer?.bytes ?? [])]).toEqual([
		7, 0, 0, 0, 8, 0, 0, 0,
	]);
});

test('equal string literals are one object, an element given twice keeps the later value only', () => {
	const {unit} = check('char *x[] = {"one", "two", "one", [1] = "three"};');
	const x = unit.variables[0]?.initializer?.relocations ?? [];
	expect(x.map(({offset}) => offset)).toEqual([0, 8, 16]);
	expect(x[0]?.target).toBe(x[2]?.target);
	expect(
		x[1]?.target.kind === 'string-literal' ? String.fromCharCode(...x[1].target.bytes) : '',
	).toBe('three\0');
});

test('static locals are static objects with names of their own and no statement', () => {
	const {unit} = check(
		'int f(void) { static int n = 5; return n++; } int g(void) { static int n; return n; }',
	);
	const statics = unit.variables.filter(({storage}) => storage === 'static');
	expect(statics.map(({name}) => name)).toEqual(['n', 'n']);
	expect(new Set(statics.map(({linkName}) => linkName)).size).toBe(2);
	expect(unit.functions.map(({body}) => body.statements.map(({kind}) => kind))).toEqual([
		['return'],
		['return'],
	]);
});

test('a tentative definition, an extern and a later length are one object', () => {
	const {unit} = check(
		'extern int a[]; int a[4]; int a[4]; extern int e; int t; int t = 3; static int s;',
	);
	expect(
		unit.variables.map(({name, isDefined, type, storage}) => [name, isDefined, type.size, storage]),
	).toEqual([
		['a', true, 16, 'global'],
		['e', false, 4, 'global'],
		['t', true, 4, 'global'],
		['s', true, 4, 'static'],
	]);
});
