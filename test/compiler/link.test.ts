import {describe, expect, test} from 'vitest';
import {dataBase, type Program, textBase} from '../../source/bytecode/program.js';
import {buildLibrary, loadLibrary} from '../../source/compiler/build-library.js';
import {type CompileResult, compileProgram} from '../../source/compiler/compile.js';
import {compileBare, reportsOf, runBare} from '../support/bare-machine.js';
import {verifyProgram} from '../support/verify-program.js';

/** Links texts (`a.c`, `b.c` …) with a library made of the given files. */
const link = (
	texts: readonly string[],
	library: Readonly<Record<string, string>>,
): CompileResult => {
	const built = buildLibrary(new Map(Object.entries(library)), new Map());
	if (built.kind === 'failed') throw new Error(JSON.stringify(built.diagnostics));
	return compileProgram({
		name: 'test',
		sources: texts.map((text, index) => ({fileName: `${String.fromCharCode(97 + index)}.c`, text})),
		includes: () => undefined,
		library: loadLibrary(built.json),
	});
};

const start = 'int main(void); long _start(void) { return main(); }';

const linked = (texts: readonly string[], library: Readonly<Record<string, string>>): Program => {
	const result = link(texts, {'start.c': start, ...library});
	if (result.kind === 'failed') throw new Error(JSON.stringify(result.diagnostics));
	expect(verifyProgram(result.program)).toEqual([]);
	return result.program;
};

const errorsOf = (...texts: readonly string[]): readonly string[] => {
	const result = link(texts, {'start.c': start});
	if (result.kind === 'program') return [];
	return result.diagnostics.map(
		({file, line, column, message}) => `${file}:${line}:${column}: ${message}`,
	);
};

describe('names between units', () => {
	test('functions and variables of other units are found', () => {
		expect(
			reportsOf(
				'extern int shared; int twice(int); int main(void) { report(twice(shared)); shared = 4; report(twice(0)); return 0; }',
				'int shared = 21; int twice(int n) { return n ? 2 * n : shared; }',
			),
		).toEqual([42n, 4n]);
	});

	test('static names of two units are apart', () => {
		expect(
			reportsOf(
				'static int n = 1; static int get(void) { return n; } int other(void); int main(void) { report(get() * 10 + other()); return 0; }',
				'static int n = 2; static int get(void) { return n; } int other(void) { return get(); }',
			),
		).toEqual([12n]);
	});

	test('tentative definitions are one object, and an initialised one decides', () => {
		expect(
			reportsOf(
				'int a; int b; int *where(void); int main(void) { report(a); report(&b == where()); return 0; }',
				'int a = 5; int b; int *where(void) { return &b; }',
			),
		).toEqual([5n, 1n]);
	});

	test('a weak definition gives way, a weak reference may be missing', () => {
		expect(
			reportsOf(
				`__attribute__((weak)) int f(void) { return 1; } __attribute__((weak)) int g(void);
				int main(void) { report(f()); report(g == 0); return 0; }`,
				'int f(void) { return 2; }',
			),
		).toEqual([2n, 1n]);
	});

	test('addresses in initialisers lead to other units', () => {
		expect(
			reportsOf(
				`extern int array[]; int f(int); int *p = &array[2]; int (*function)(int) = f; char *s[] = {"x", "yz"};
				int main(void) { report(*p); report(function(3)); report(s[1][1]); return 0; }`,
				'int array[] = {1, 2, 3}; int f(int x) { return x + 1; }',
			),
		).toEqual([3n, 4n, 122n]);
	});
});

describe('errors', () => {
	test('an undefined function is named at its first use', () => {
		expect(
			errorsOf('int nowhere(int);\nint main(void) { return\n  nowhere(1) + nowhere(2); }'),
		).toEqual(['a.c:3:3: undefined reference to `nowhere`']);
	});

	test('an undefined variable, too', () => {
		expect(errorsOf('extern int lost;\nint main(void) { return lost; }')).toEqual([
			'a.c:2:25: undefined reference to `lost`',
		]);
	});

	test('what is declared and never used need not exist', () => {
		expect(
			errorsOf('int nowhere(int); extern int lost; int main(void) { return sizeof lost; }'),
		).toEqual([]);
	});

	test('a program needs a main', () => {
		expect(errorsOf('int f(void) { return 1; }').join()).toContain('undefined reference to `main`');
	});

	test('two definitions of a function or of an initialised variable are too many', () => {
		expect(
			errorsOf(
				'int f(void) { return 1; } int v = 1; int main(void) { return 0; }',
				'int f(void) { return 2; }\nint v = 2;',
			),
		).toEqual(['b.c:1:5: multiple definition of `f`', 'b.c:2:5: multiple definition of `v`']);
	});
});

describe('the library', () => {
	const library = {
		'math.c':
			'int square(int x) { return x * x; } int cube(int x) { return x * square(x); } int unused(void) { return 1; }',
		'big.c':
			'char huge[100000]; int use(void) { return huge[5]; } static int hidden = 3; int three(void) { return hidden; }',
	};
	const names = (program: Program): readonly string[] =>
		program.functions.map(fn => fn.name).sort();

	test('only what is reachable is linked, function by function', () => {
		const program = linked(['int cube(int); int main(void) { return cube(3); }'], library);
		expect(names(program)).toEqual(['_start', 'cube', 'main', 'square']);
		expect(program.dataSize).toBe(0);
		expect(runBare(program).status).toBe(27);
	});

	test('data comes with the functions that use it', () => {
		expect(
			linked(['int use(void); int main(void) { return use(); }'], library).dataSize,
		).toBeGreaterThan(99_999);
		expect(
			runBare(linked(['int three(void); int main(void) { return three(); }'], library)).status,
		).toBe(3);
	});

	test('its functions are marked, and its text is not shown', () => {
		const program = linked(['int cube(int); int main(void) { return cube(3); }'], library);
		const cube = program.functions.find(fn => fn.name === 'cube')!;
		expect(cube.isLibrary).toBe(true);
		expect(program.files[cube.file]).toEqual({name: 'math.c', text: undefined, isLibrary: true});
		expect(program.functions.find(fn => fn.name === 'main')?.isLibrary).toBe(false);
	});

	test("the program's definition wins for the program; the library keeps to its own", () => {
		const text =
			'int cube(int); int square(int x) { return 100; } int main(void) { return cube(2) + square(1); }';
		expect(runBare(linked([text], library)).status).toBe(108);
	});

	test('malloc is replaced for the library, too', () => {
		const files = {
			'malloc.c': 'int malloc(int n) { return n; } int dup(void) { return malloc(5); }',
		};
		const text =
			'int dup(void); int malloc(int n) { return n + 70; } int main(void) { return dup(); }';
		expect(runBare(linked([text], files)).status).toBe(75);
	});

	test('a static library file with calls, loops, switches and data runs after the way through JSON', () => {
		const files = {
			'work.c': `static const char *const names[] = {"a", "bc"}; static int seen;
			int wait_for(volatile int *p) { int n = 0; while (!*p) n++; return n; }
			int work(int x) { switch (x) { case 0: return 5; case 1: return 6; case 2: return 7; case 3: seen++; return names[1][1] + seen; } return -1; }`,
		};
		const program = linked(
			[
				'int work(int), wait_for(volatile int *); int main(void) { int one = 1; return work(3) + work(1) + wait_for(&one); }',
			],
			files,
		);
		expect(runBare(program).status).toBe(99 + 1 + 6);
		expect(program.loops).toHaveLength(1);
	});
});

describe('the data image', () => {
	test('equal string literals are one, read-only, and so are constants', () => {
		const program = compileBare(
			`const int fixed = 5; int variable = 6; int zero; const char *p = "same", *q = "same", *r = "other";
			int main(void) { report(p == q); report(p == r); report((long)&fixed); report((long)p); report((long)&variable); report((long)&zero); return 0; }`,
		);
		const [same, other, fixed, string, variable, zero] = runBare(program).reports.map(Number);
		expect([same, other]).toEqual([1, 0]);
		const end = dataBase + program.readOnlySize;
		expect(program.readOnlySize).toBe(4096);
		expect(fixed).toBeLessThan(end);
		expect(string).toBeLessThan(end);
		expect(variable).toBeGreaterThanOrEqual(end);
		expect(zero).toBeGreaterThanOrEqual(dataBase + program.data.length);
		expect(zero).toBeLessThan(dataBase + program.dataSize);
	});

	test('objects are aligned', () => {
		expect(
			reportsOf(
				'char a = 1; long b = 2; char c; double d; _Alignas(64) char e; int main(void) { report((long)&b % 8 + (long)&d % 8 + (long)&e % 64); return 0; }',
			),
		).toEqual([0n]);
	});

	test('function pointers are numbers in the text region', () => {
		const program = compileBare('int main(void) { report((long)main); return 0; }');
		const number = program.functions.findIndex(fn => fn.name === 'main');
		expect(runBare(program).reports).toEqual([BigInt(textBase + 16 * number)]);
	});
});
