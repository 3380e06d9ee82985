import {expect, test} from 'vitest';
import {renderDiagnostics} from '../../source/compiler/text/diagnostics.js';
import {check, complaints} from './front-end.js';

/** Body of a function with the usual variables at hand; line 1 is the prelude, the body stands on line 2. */
const inFunction = (body: string): string =>
	`struct s { int m; const int k; unsigned b : 3; } v; int i, a[3]; char *cp; int *ip; double d; const int ci = 1; void vf(void); int f(int *p, ...);\nint g(int n) { ${body} return n; }`;

const cases: readonly (readonly [body: string, message: string])[] = [
	// Names
	['x = 1;', "error: 'x' undeclared (first use in this function)"],
	['ap = 0;', "error: 'ap' undeclared (first use in this function); did you mean 'a'?"],
	['return NULL;', "error: 'NULL' undeclared (first use in this function)"],
	['foo t;', "error: unknown type name 'foo'"],
	['pthread_t t;', "error: unknown type name 'pthread_t'"],
	[
		'nothing(1);',
		"warning: implicit declaration of function 'nothing' [-Wimplicit-function-declaration]",
	],
	[
		'printf("x");',
		"warning: implicit declaration of function 'printf' [-Wimplicit-function-declaration]",
	],
	[
		'int n2; { int n2; n2 = 1; } n2 = 3; n = n2; int n2;',
		"error: redeclaration of 'n2' with no linkage",
	],
	// Lvalues and const
	['3 = n;', 'error: lvalue required as left operand of assignment'],
	['n + 1 = 2;', 'error: lvalue required as left operand of assignment'],
	['+n = 2;', 'error: lvalue required as left operand of assignment'],
	['&3;', "error: lvalue required as unary '&' operand"],
	['(n + 1)++;', 'error: lvalue required as increment operand'],
	['a = 0;', 'error: assignment to expression with array type'],
	['ci = 2;', "error: assignment of read-only variable 'ci'"],
	['v.k = 2;', "error: assignment of read-only member 'k'"],
	['*"abc" = 1; *(const int *)ip = 2;', 'error: assignment of read-only location'],
	['ip = &v.b;', "error: cannot take address of bit-field 'b'"],
	// Types
	['v + 1;', "error: invalid operands to binary + (have 'struct s' and 'int')"],
	['ip * 2;', "error: invalid operands to binary * (have 'int *' and 'int')"],
	['d % 2;', "error: invalid operands to binary % (have 'double' and 'int')"],
	['d <<= 1;', "error: invalid operands to binary << (have 'double' and 'int')"],
	['~d;', 'error: wrong type argument to bit-complement'],
	['*n;', "error: invalid type argument of unary '*' (have 'int')"],
	['v.zip = 1;', "error: 'struct s' has no member named 'zip'"],
	['n.m = 1;', "error: request for member 'm' in something not a structure or union"],
	['struct s *sp = &v; sp.m = 1;', "error: 'sp' is a pointer; did you mean to use '->'?"],
	['d = 1.2.3;', 'error: too many decimal points in number'],
	['a++;', 'error: lvalue required as increment operand'],
	['v->m = 1;', "error: invalid type argument of '->' (have 'struct s'); did you mean to use '.'?"],
	['struct t *tp = 0; tp->x = 1;', "error: invalid use of undefined type 'struct t'"],
	['struct t u;', "error: storage size of 'u' isn't known"],
	['n = vf();', 'error: void value not ignored as it ought to be'],
	['n(1);', "error: called object 'n' is not a function or function pointer"],
	['f();', "error: too few arguments to function 'f'"],
	['g(1, 2);', "error: too many arguments to function 'g'"],
	['g(v);', "error: incompatible type for argument 1 of 'g'"],
	['if (v) n = 1;', 'error: used struct type value where scalar is required'],
	['switch (d) { }', 'error: switch quantity not an integer'],
	['(struct s)n;', 'error: conversion to non-scalar type requested'],
	['ip[d];', 'error: array subscript is not an integer'],
	['n[n];', 'error: subscripted value is neither array nor pointer nor vector'],
	// Pointers
	[
		'ip = n;',
		"warning: assignment to 'int *' from 'int' makes pointer from integer without a cast [-Wint-conversion]",
	],
	[
		'n = ip;',
		"warning: assignment to 'int' from 'int *' makes integer from pointer without a cast [-Wint-conversion]",
	],
	[
		'ip = cp;',
		"warning: assignment to 'int *' from incompatible pointer type 'char *' [-Wincompatible-pointer-types]",
	],
	[
		'f(cp);',
		"warning: passing argument 1 of 'f' from incompatible pointer type [-Wincompatible-pointer-types]",
	],
	[
		'f(n);',
		"warning: passing argument 1 of 'f' makes pointer from integer without a cast [-Wint-conversion]",
	],
	[
		'cp = (const char *)cp;',
		"warning: assignment discards 'const' qualifier from pointer target type [-Wdiscarded-qualifiers]",
	],
	[
		'f((int *)&ci, 1); f(&ci);',
		"warning: passing argument 1 of 'f' discards 'const' qualifier from pointer target type [-Wdiscarded-qualifiers]",
	],
	[
		'unsigned *up = ip; n = *up;',
		"warning: pointer targets in initialization of 'unsigned int *' from 'int *' differ in signedness [-Wpointer-sign]",
	],
	[
		'return ip;',
		"warning: returning 'int *' from a function with return type 'int' makes integer from pointer without a cast [-Wint-conversion]",
	],
	[
		'n = ip == cp;',
		'warning: comparison of distinct pointer types lacks a cast [-Wcompare-distinct-pointer-types]',
	],
	['n = ip == 3;', 'warning: comparison between pointer and integer'],
	[
		'cp = (char *)n;',
		'warning: cast to pointer from integer of different size [-Wint-to-pointer-cast]',
	],
	[
		'n = (int)ip;',
		'warning: cast from pointer to integer of different size [-Wpointer-to-int-cast]',
	],
	[
		'if (cp == "x") n = 1;',
		'warning: comparison with string literal results in unspecified behavior [-Waddress]',
	],
	// What -Wall adds
	[
		'if (n = 1) n = 2;',
		'warning: suggest parentheses around assignment used as truth value [-Wparentheses]',
	],
	[
		'while (n = i) n = 2;',
		'warning: suggest parentheses around assignment used as truth value [-Wparentheses]',
	],
	[
		'if (n & 1 == 0) n = 2;',
		"warning: suggest parentheses around comparison in operand of '&' [-Wparentheses]",
	],
	['n = n && i || d;', "warning: suggest parentheses around '&&' within '||' [-Wparentheses]"],
	[
		'n = 1 < n < 3;',
		"warning: comparisons like 'X<=Y<=Z' do not have their mathematical meaning [-Wparentheses]",
	],
	[
		'n = !n == i;',
		'warning: logical not is only applied to the left hand side of comparison [-Wlogical-not-parentheses]',
	],
	[
		'if (n) if (i) n = 1; else n = 2;',
		"warning: suggest explicit braces to avoid ambiguous 'else' [-Wdangling-else]",
	],
	['int unused;', "warning: unused variable 'unused' [-Wunused-variable]"],
	['int set; set = 1;', "warning: variable 'set' set but not used [-Wunused-but-set-variable]"],
	['int u; n = u;', "warning: 'u' is used uninitialized [-Wuninitialized]"],
	[
		'int u; for (i = 0; i < n; i++) u += i; n = u;',
		"warning: 'u' is used uninitialized [-Wuninitialized]",
	],
	['n == 1;', 'warning: statement with no effect [-Wunused-value]'],
	['*ip++;', 'warning: value computed is not used [-Wunused-value]'],
	['n, i++;', 'warning: left-hand operand of comma expression has no effect [-Wunused-value]'],
	['n = n / 0;', 'warning: division by zero [-Wdiv-by-zero]'],
	[
		'n = 2147483647 + 1;',
		"warning: integer overflow in expression of type 'int' results in '-2147483648' [-Woverflow]",
	],
	[
		'char c = 300; n = c;',
		"warning: overflow in conversion from 'int' to 'char' changes value from '300' to '44' [-Woverflow]",
	],
	['n <<= 40;', 'warning: left shift count >= width of type [-Wshift-count-overflow]'],
	[
		'enum { P, Q } e = P; switch (e) { case P: break; }',
		"warning: enumeration value 'Q' not handled in switch [-Wswitch]",
	],
	['out: n = 1;', "warning: label 'out' defined but not used [-Wunused-label]"],
	["n = 'ab';", 'warning: multi-character character constant [-Wmultichar]'],
	['int z[2] = {1, 2, 3}; n = z[0];', 'warning: excess elements in array initializer'],
	// Statements
	['break;', 'error: break statement not within loop or switch'],
	['continue;', 'error: continue statement not within a loop'],
	['case 1: n = 1;', 'error: case label not within a switch statement'],
	['switch (n) { case 1: case 1: break; }', 'error: duplicate case value'],
	['switch (n) { default: default: break; }', 'error: multiple default labels in one switch'],
	['switch (n) { case i: break; }', 'error: case label does not reduce to an integer constant'],
	[
		'if (n) goto in; int va[n]; va[0] = 1; in: n = va[0];',
		'error: jump into scope of identifier with variably modified type',
	],
	[
		'switch (n) { case 0:; int va[n]; n = va[0]; break; default: n = 2; }',
		'error: switch jumps into scope of identifier with variably modified type',
	],
	['goto nowhere;', "error: label 'nowhere' used but not defined"],
	['else n = 1;', "error: 'else' without a previous 'if'"],
	['n = 1', "error: expected ';' before 'return'"],
	['n = ;', "error: expected expression before ';' token"],
	['n = (1;', "error: expected ')' before ';' token"],
	['if n) n = 1;', "error: expected '(' before 'n'"],
	['int = 3;', "error: expected identifier or '(' before '=' token"],
	['n = 08;', 'error: invalid digit "8" in octal constant'],
	['n = 12ab;', 'error: invalid suffix "ab" on integer constant'],
	["n = '';", 'error: empty character constant'],
	['n = 1@;', "error: stray '@' in program"],
	['cp = "abc;\nn = 1;', 'error: missing terminating " character'],
	['retrun;', "error: 'retrun' undeclared (first use in this function); did you mean 'return'?"],
	['Int z = 1;', "error: unknown type name 'Int'; did you mean 'int'?"],
	['flaot z = 1;', "error: unknown type name 'flaot'; did you mean 'float'?"],
	['thing *z;', "error: unknown type name 'thing'"],
	['enum nowhere z = 0;', "error: storage size of 'z' isn't known"],
	['return;', "warning: 'return' with no value, in function returning non-void [-Wreturn-type]"],
	['int z[n] = {1};', 'error: variable-sized object may not be initialized'],
	['int z[];', "error: array size missing in 'z'"],
	['struct s z = {.q = 1};', "error: 'struct s' has no member named 'q'"],
	['static int z = n;', 'error: initializer element is not constant'],
	['_Static_assert(1 > 2, "no");', 'error: static assertion failed: "no"'],
	// What the compiler doesn't do is named
	[
		'int inner(int q) { return q; }',
		'error: not supported: nested functions (a function defined inside another one)',
	],
	['goto *n;', 'error: computed goto must be pointer type'],
	['cp = &&nowhere;', "error: label 'nowhere' used but not defined"],
	[
		'asm("movl $1, %eax");',
		'error: not supported: inline assembly (asm); use the __atomic builtins or <stdatomic.h> for atomic operations',
	],
	['_Complex double z;', 'error: not supported: complex numbers (_Complex)'],
	['__int128 z;', 'error: not supported: 128-bit integers (__int128)'],
	['n = *__builtin_frame_address(0);', "error: '__builtin_frame_address' is not supported"],
];

test.each(cases)('%s', (body, message) => {
	const found = complaints(inFunction(body)).map(line => line.replace(/^\d+:\d+: /, ''));
	expect(found).toContain(message);
});

test('an error is not followed by others of its making', () => {
	for (const [body, message] of cases.filter(entry => entry[1].startsWith('error'))) {
		const errors = complaints(inFunction(body)).filter(line => line.includes(' error: '));
		expect(
			errors.map(line => line.replace(/^\d+:\d+: /, '')),
			body,
		).toEqual([message]);
	}
});

const fileScope: readonly (readonly [text: string, line: string])[] = [
	[
		'int f(int a) { if (a) return 1; }',
		'1:33: warning: control reaches end of non-void function [-Wreturn-type]',
	],
	[
		'static int f(void) { return 1; }',
		"1:12: warning: 'f' defined but not used [-Wunused-function]",
	],
	['main() { return 0; }', "1:1: warning: return type defaults to 'int' [-Wimplicit-int]"],
	['static x;', "1:8: warning: type defaults to 'int' in declaration of 'x' [-Wimplicit-int]"],
	[
		'int f(a, b) int a; { return a + b; }',
		"1:10: warning: type of 'b' defaults to 'int' [-Wimplicit-int]",
	],
	[
		'int f(a) int b; { return a; }',
		"1:14: error: declaration for parameter 'b' but no such parameter",
	],
	[
		'int f(int); int f(a, b) int a, b; { return a + b; }',
		"1:17: error: number of arguments doesn't match prototype",
	],
	['int add(int a, b) { return a + b; }', "1:16: error: unknown type name 'b'"],
	[
		'struct s { int a; }; int f(void) { s x; return 0; }',
		"1:36: error: unknown type name 's'; use 'struct' keyword to refer to the type",
	],
	[
		'int main(int argc, char argv[]) { return argc; }',
		"1:5: warning: second argument of 'main' should be 'char **' [-Wmain]",
	],
	[
		'int g(void) { return f(1); }\nvoid f(int a) { }',
		"2:6: warning: conflicting types for 'f'; have 'void(int)'",
	],
	['/* one /* two */', '1:8: warning: "/*" within comment [-Wcomment]'],
	['#difine X 1', '1:1: error: invalid preprocessing directive #difine; did you mean #define?'],
	['#pragma omp parallel', "1:2: warning: ignoring '#pragma omp parallel' [-Wunknown-pragmas]"],
	['#pragma pack(3)\nint x;', "1:2: warning: malformed '#pragma pack' - ignored [-Wpragmas]"],
	['char s[] = L"a";', '1:12: error: char-array initialized from wide string'],
	[
		'int f(int a[4]) { return sizeof(a); }',
		"1:32: warning: 'sizeof' on array function parameter 'a' will return size of 'int *' [-Wsizeof-array-argument]",
	],
	[
		'#pragma pack(1)\nstruct s { int a : 7; long b : 60; };',
		"2:8: error: not supported: packed bit-field 'b' that spreads over more than 8 bytes",
	],
	['int x = 1; int x = 2;', "1:16: error: redefinition of 'x'"],
	['int f(void); char *f(void);', "1:20: error: conflicting types for 'f'; have 'char *(void)'"],
	['int f(void) { return 1; } int f(void) { return 2; }', "1:31: error: redefinition of 'f'"],
	[
		'extern int v; static int v;',
		"1:26: error: static declaration of 'v' follows non-static declaration",
	],
	['struct s { int a; int a; };', "1:8: error: duplicate member 'a'"],
	['struct s { struct s inner; };', "1:8: error: field 'inner' has incomplete type"],
	[
		'struct s { int n; char data[]; int m; };',
		"1:8: error: flexible array member 'data' not at end of struct",
	],
	['int a[-1];', "1:6: error: size of array 'a' is negative"],
	['void f(int) { }', '1:11: error: parameter name omitted'],
	['int n; int a[n];', "1:13: error: variably modified 'a' at file scope"],
	['int x = y;', "1:9: error: 'y' undeclared here (not in a function)"],
	['int f(void) { return 1;', '1:23: error: expected declaration or statement at end of input'],
	['int f(void) { return 1; } }', "1:27: error: expected identifier or '(' before '}' token"],
	['typedef int t; typedef char t;', "1:29: error: conflicting types for 't'; have 'char'"],
	[
		'void f(void) __attribute__((noreturn)); void f(void) { }',
		"1:56: warning: 'noreturn' function does return",
	],
	[
		'int x __attribute__((vector_size(16)));',
		'1:22: error: __attribute__((vector_size)) is not supported',
	],
];

test.each(fileScope)('%s', (text, line) => {
	expect(complaints(text)).toContain(line);
});

test('a void operand is pointed at, not the operator', () => {
	expect(complaints('void f(void);\nint g(int a) { return a + f(); }')).toEqual([
		'2:27: error: void value not ignored as it ought to be',
	]);
});

test('where a function or an object was declared is said', () => {
	const {diagnostics: noted} = check('void f(void) { return 1; }\nint g(int a) { return a(2); }');
	expect(noted.map(({notes}) => notes.map(({message}) => message))).toEqual([
		['declared here'],
		['declared here'],
	]);
});

test('a function that no header declares any more is none to include one for', () => {
	expect(complaints('#include <stdio.h>\nvoid f(char *s) { gets(s); }')).toEqual([
		"2:19: warning: implicit declaration of function 'gets'; did you mean 'getc'? [-Wimplicit-function-declaration]",
	]);
});

test('the struct of a header left out is the one of another header', () => {
	const text =
		'#include <sys/time.h>\nvoid f(void) { struct timespec t = {0, 1}; nanosleep(&t, NULL); }';
	expect(complaints(text)).toEqual([
		"2:44: warning: implicit declaration of function 'nanosleep' [-Wimplicit-function-declaration]",
	]);
});

test('an undeclared name is reported once per function', () => {
	expect(complaints('int f(void) { return zap + zap; }\nint g(void) { return zap; }')).toEqual([
		"1:22: error: 'zap' undeclared (first use in this function)",
		"2:22: error: 'zap' undeclared (first use in this function)",
	]);
});

test('a statement indented as if the clause above governed it is pointed out, one that is not is left alone', () => {
	const text = `int f(int n) {
	if (n)
		n++;
		n++;
	while (n < 9) n++; n--;
	for (int i = 0; i < n; i++);
		n--;
	if (n) n = 1;
	else
		n = 2;
		n = 3;
	if (n)
		n++;
	n++;
	if (n) { n++; }
		n++;
	return n;
}`;
	expect(complaints(text)).toEqual([
		"2:2: warning: this 'if' clause does not guard... [-Wmisleading-indentation]",
		"5:2: warning: this 'while' clause does not guard... [-Wmisleading-indentation]",
		"6:2: warning: this 'for' clause does not guard... [-Wmisleading-indentation]",
		"9:2: warning: this 'else' clause does not guard... [-Wmisleading-indentation]",
	]);
});

test('an assignment in parentheses is meant, also where others follow', () => {
	const text = `int next(void);
int f(int n, int m) {
	while ((n = next()) && (m || n != 1))
		m--;
	return (n = m) || (n && m);
}`;
	expect(complaints(text)).toEqual([]);
});

test('clauses inside macros of headers are not taken for misleading', () => {
	const text =
		'#include <sys/queue.h>\nstruct item { TAILQ_ENTRY(item) link; };\nTAILQ_HEAD(items, item);\nvoid f(struct items *items, struct item *list);\nvoid f(struct items *items, struct item *list) {\n\tTAILQ_INSERT_HEAD(items, &list[2], link);\n}';
	expect(complaints(text)).toEqual([]);
});

test('a character that only looks like one of C is named once, with what to type instead', () => {
	const stray = (statement: string): readonly unknown[] =>
		check(`int puts(const char *);\nint main(void) { ${statement} return 0; }`).diagnostics.map(
			({message, notes}) => [message, notes[0]?.message],
		);
	expect(stray('puts(“hello”);')).toEqual([
		["stray '“' in program", `this character only looks like '"'; type '"' instead`],
	]);
	expect(stray('int x = 5 – 3; (void)x;')).toEqual([
		["stray '–' in program", "this character only looks like '-'; type '-' instead"],
	]);
	expect(stray('int\u00a0x = 5; (void)x;')).toEqual([
		[
			"stray '\\u00a0' in program",
			'this character only looks like an ordinary space; type an ordinary space instead',
		],
	]);
	expect(stray('int größe = 5; (void)größe;')).toEqual([]);
});

test('at most twenty errors are reported', () => {
	const text = Array.from(
		{length: 50},
		(_, index) => `int f${index}(void) { return zap${index}; }`,
	).join('\n');
	expect(complaints(text)).toHaveLength(20);
});

test('nothing is said about correct code that looks like a mistake', () => {
	expect(
		complaints(`#include <stdio.h>
#include <stdlib.h>
int sign(int n) { if (n > 0) return 1; else if (n < 0) return -1; else abort(); }
int forever(void) { for (;;) { if (getchar() == 3) return 1; } }
int chosen(int n) { switch (n) { case 1: return 1; default: exit(2); } }
int late(int n) { int x; if (n) x = 1; else return 0; return x; }
int loop(int n) { int x; do { x = n--; } while (n); return x; }
int byAddress(void) { int x; scanf("%d", &x); return x; }
int flagged(int n) { int ok = 0, x; if (n) { x = 1; ok = 1; } if (ok) return x; return 0; }
int nested(int n) { int x; for (int i = 0; i < n; i++) { if (i == 0) x = 5; else return x; } return 0; }
int jump(int n) { int x; if (n) goto set; return 0; set: x = 1; return x; }
int assigned(char *p) { int c; while ((c = *p++)) if ((c = c + 1) == 3) return c; return 0; }
void unused(int a) { (void)a; (void)sizeof(int); int volatile v = 1; v; }
int self(void) { int x = x; return x; }
int cast(void *p) { return (int)(long)p; }
long size(void) { unsigned char b[] = {0xff, 255, -1}; return sizeof b + -1 + 0xffffffff; }
int main(void) { }
`),
	).toEqual([]);
});

test('a function called without its header gets the type that the header declares, so variadic calls work', () => {
	const {unit, diagnostics} = check('int main(void) { printf("%d\\n", 1); return 0; }');
	expect(diagnostics.map(({severity, notes}) => [severity, notes[0]?.message])).toEqual([
		['warning', "include '<stdio.h>' or provide a declaration of 'printf'"],
	]);
	const statement = unit.functions[0]?.body.statements[0];
	expect(
		statement?.kind === 'expression' && statement.expression.kind === 'call'
			? statement.expression.variadicFrom
			: undefined,
	).toBe(1);
});

test('a format mismatch is found in each of the printf family, worded as gcc does', () => {
	const text = `#include <stdio.h>
void f(long l, size_t z, char *s, double d, unsigned u, void *p, short h) {
	printf("%d %s", l, 1);
	fprintf(stderr, "%ld %lu %zu", l, z, z);
	printf("%d", z);
	printf("%f %d", 1, d);
	printf("%s");
	printf("%d\\n", u, 3);
	printf("%*d %.*s", l, 1, 2, s);
	printf("%x %c %p %hd %5.2f %-10s|%%\\n", u, 'a', p, h, d, s);
	printf("%y\\n");
	scanf("%d %s %lf %f", &l, &s, d, &d);
	snprintf(s, 3, "%lld", l);
}`;
	expect(complaints(text)).toEqual([
		"3:11: warning: format '%d' expects argument of type 'int', but argument 2 has type 'long int' [-Wformat=]",
		"3:14: warning: format '%s' expects argument of type 'char *', but argument 3 has type 'int' [-Wformat=]",
		"5:11: warning: format '%d' expects argument of type 'int', but argument 2 has type 'size_t' {aka 'long unsigned int'} [-Wformat=]",
		"6:11: warning: format '%f' expects argument of type 'double', but argument 2 has type 'int' [-Wformat=]",
		"6:14: warning: format '%d' expects argument of type 'int', but argument 3 has type 'double' [-Wformat=]",
		"7:11: warning: format '%s' expects a matching 'char *' argument [-Wformat=]",
		'8:9: warning: too many arguments for format [-Wformat-extra-args]',
		"9:11: warning: field width specifier '*' expects argument of type 'int', but argument 2 has type 'long int' [-Wformat=]",
		"11:11: warning: unknown conversion type character 'y' in format [-Wformat=]",
		"12:10: warning: format '%d' expects argument of type 'int *', but argument 2 has type 'long int *' [-Wformat=]",
		"12:13: warning: format '%s' expects argument of type 'char *', but argument 3 has type 'char **' [-Wformat=]",
		"12:17: warning: format '%lf' expects argument of type 'double *', but argument 4 has type 'double' [-Wformat=]",
		"12:20: warning: format '%f' expects argument of type 'float *', but argument 5 has type 'double *' [-Wformat=]",
		"13:21: warning: format '%lld' expects argument of type 'long long int', but argument 4 has type 'long int' [-Wformat=]",
	]);
});

test('a format mismatch is placed in the format, also behind escapes and in the second of two literals', () => {
	const text = `#include <stdio.h>
#define TEXT "%s"
void f(int n) {
	printf("\\t\\x41\\"é%s", n);
	printf("one "
		"two %s", n);
	printf(TEXT, n);
}`;
	expect(complaints(text).map(line => line.replace(/ warning.*/, ''))).toEqual([
		'4:20:',
		'6:9:',
		'7:9:',
	]);
});

test('the address of a local object is not to be returned', () => {
	const text = `struct s { int m[3]; };
int *a(void) { int x = 3; return &x; }
char *b(int n) { char buffer[10]; buffer[0] = n; return buffer; }
int *c(int n) { return &n; }
int *d(int n) { struct s v = {{n}}; return n ? &v.m[1] : v.m + 2; }
int *fine(int *p, struct s *s, int n) { static int kept; return n ? p + 1 : n > 1 ? s->m : &kept; }`;
	const message = 'warning: function returns address of local variable [-Wreturn-local-addr]';
	expect(complaints(text)).toEqual([
		`2:34: ${message}`,
		`3:57: ${message}`,
		`4:24: ${message}`,
		`5:46: ${message}`,
	]);
});

test('the list of arguments of execl() ends with a null pointer', () => {
	const text = `#include <unistd.h>
void f(char **environment) {
	execlp("ls", "ls");
	execl("/bin/ls", "ls", "-l", 0);
	execle("/bin/ls", "ls", NULL);
	execl("/bin/ls", "ls", (char *)0);
	execle("/bin/ls", "ls", NULL, environment);
}`;
	expect(complaints(text)).toEqual([
		'3:2: warning: not enough variable arguments to fit a sentinel [-Wformat=]',
		'4:2: warning: missing sentinel in function call [-Wformat=]',
		'5:2: warning: not enough variable arguments to fit a sentinel [-Wformat=]',
	]);
});

test('what a macro of the program brought comes with the place of its definition', () => {
	const text = `#define N 10 wrong
#define TWICE(x) ((x) * wrong)
int a[N];
int f(int b) { return TWICE(b); }`;
	const notes = check(text).diagnostics.map(({line, notes}) => [
		line,
		notes.map(note => `${note.line}:${note.column}: ${note.message}`),
	]);
	expect(notes).toEqual([
		[3, ["1:9: in expansion of macro 'N'"]],
		[4, ["2:9: in expansion of macro 'TWICE'"]],
	]);
});

test('a struct without its semicolon is blamed once, at what follows', () => {
	expect(
		complaints('struct p { int x; }\nint main(void) { struct p a = {1}; return a.x - 1; }'),
	).toEqual(["2:1: error: expected ';', identifier or '(' before 'int'"]);
	expect(complaints('enum e { A }\nstruct q { int x; } v;\nstatic int f(void);')).toContain(
		"2:1: error: expected ';', identifier or '(' before 'struct'",
	);
});

test('a const object with a constant is a constant for static initialisers, as in gcc', () => {
	const text = `static const char *const name = "x";
static const int n = 3;
const double half = 0.5;
long m = n, more = n + 4;
double h = half;
int list[] = {n, 7};
int main(void) {
	const int k = 5;
	static const char *t = name, *u = name + 1;
	static int x = k;
	return t == u || x + m + more + list[0] != 18 || h != 0.5;
}`;
	expect(complaints(text)).toEqual([]);
	expect(complaints('int n = 3;\nvolatile const int v = 3;\nint m = n;\nint w = v;')).toEqual([
		'3:9: error: initializer element is not constant',
		'4:9: error: initializer element is not constant',
	]);
});

test('a diagnostic is rendered with its line, a caret below wide characters and tabs, and the chain of inclusion', () => {
	const {diagnostics} = check(
		'#include "a.h"\nint main(void) {\n\tchar *s = "한글"; return s + zap; }\n',
		{'a.h': '\nint x = y;\n'},
	);
	expect(renderDiagnostics(diagnostics)).toBe(
		`In file included from test.c:1:
a.h:2:9: error: 'y' undeclared here (not in a function)
    2 | int x = y;
      |         ^
test.c:3:38: error: 'zap' undeclared (first use in this function)
    3 | \tchar *s = "한글"; return s + zap; }
      | \t                             ^~~
`,
	);
	expect(renderDiagnostics(diagnostics, true)).toContain('\u001B[1;31merror:\u001B[0m');
});
