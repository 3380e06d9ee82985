// Runs C programs on the bare machine. Each begins with `// expect:` and the numbers that it reports.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {compileBare, reportsOf, runBare} from '../support/bare-machine.js';
import {verifyProgram} from '../support/verify-program.js';

const folder = join(import.meta.dirname, 'programs');

/** The numbers in the comment lines behind `// expect:`. */
const expectations = (text: string): readonly string[] => {
	const lines = text.split('\n');
	const start = lines.indexOf('// expect:') + 1;
	const end = lines.findIndex((line, index) => index >= start && !line.startsWith('//'));
	return lines.slice(start, end).flatMap(line => line.slice(3).split(' '));
};

for (const name of readdirSync(folder).filter(file => file.endsWith('.c'))) {
	test(`${name} computes what gcc's program computes`, () => {
		const text = readFileSync(join(folder, name), 'utf8');
		const program = compileBare(text);
		expect(verifyProgram(program)).toEqual([]);
		const {reports, stop} = runBare(program);
		expect(reports.map(String)).toEqual(expectations(text));
		expect(stop).toBe('returned');
	});
}

describe('order of evaluation, where C leaves it open, is that of gcc on x86-64', () => {
	const prelude = `
		int log; int trace(int n) { log = log * 10 + n; return n; }
		int array[8]; int *at(int n) { trace(n); return array; }
		int two(int a, int b) { return a * 10 + b; }`;
	const logOf = (statement: string): readonly bigint[] =>
		reportsOf(`${prelude} int main(void) { ${statement} report(log); return 0; }`);

	test('arguments with side effects go from right to left', () => {
		expect(logOf('two(trace(1), trace(2));')).toEqual([21n]);
	});

	test('an argument that reads what another call changes comes after it', () => {
		expect(logOf('report(two(log, trace(3)));')).toEqual([33n, 3n]);
	});

	test('operands go from left to right', () => {
		expect(logOf('log = 0; int x = trace(1) - trace(2) * trace(3); (void)x;')).toEqual([123n]);
	});

	test('the place comes before the call whose result it takes', () => {
		expect(logOf('*at(1) = trace(2);')).toEqual([12n]);
	});

	test('a computed value comes before its place', () => {
		expect(logOf('*at(1) = trace(2) + 1;')).toEqual([21n]);
	});

	test('a value with side effects comes before the target of op=', () => {
		expect(logOf('*at(1) += trace(2);')).toEqual([21n]);
	});
});

test('a later side effect does not change an operand that was read before it', () => {
	expect(reportsOf('int main(void) { int i = 5; i = i++ + 1; report(i); return 0; }')).toEqual([
		6n,
	]);
	expect(
		reportsOf('int main(void) { int i = 5, j = i + (i = 7, i); report(j); return 0; }'),
	).toEqual([12n]);
	expect(
		reportsOf(
			'int main(void) { int a[3] = {1, 2, 3}, *p = a; int x = p[0] + *(p += 2); report(x); return 0; }',
		),
	).toEqual([4n]);
});

test('division by zero and a jump to nowhere stop the program', () => {
	expect(runBare(compileBare('int main(void) { volatile int z = 0; return 1 / z; }')).stop).toBe(
		'divide',
	);
	expect(
		runBare(compileBare('int main(void) { void (*f)(void) = (void (*)(void))16; f(); return 0; }'))
			.stop,
	).toBe('fault');
});

test('a function that ends without a value returns, too', () => {
	expect(
		reportsOf('int f(int x) { if (x) return 1; } int main(void) { f(0); report(f(1)); return 0; }'),
	).toEqual([1n]);
});

test('thread-local variables stand below the thread pointer', () => {
	const program = compileBare(
		`__thread int a = 5; __thread long b; extern char __tls_image[], __tls_size[];
		int main(void) { report((long)__tls_size); report(*(int *)__tls_image); report((char *)__builtin_thread_pointer() - (char *)&a);
		report((char *)&b - (char *)&a); return 0; }`,
	);
	expect(verifyProgram(program)).toEqual([]);
	expect(runBare(program).reports).toEqual([16n, 5n, 16n, 8n]);
});

test('constructors and destructors are listed for the start code', () => {
	expect(
		reportsOf(
			`static int n; __attribute__((constructor)) static void init(void) { n = 7; } __attribute__((destructor)) static void bye(void) { n = 9; }
			typedef void (*function)(void); extern function __init_array_start[], __init_array_end[], __fini_array_start[], __fini_array_end[];
			int main(void) { report(__init_array_end - __init_array_start); __init_array_start[0](); report(n); __fini_array_start[0](); report(n); return 0; }`,
		),
	).toEqual([1n, 7n, 9n]);
});
