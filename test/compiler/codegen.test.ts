// What the code generator makes of small functions, read as disassembly.

import {describe, expect, test} from 'vitest';
import {disassembleFunction} from '../../source/bytecode/disassemble.js';
import type {Program} from '../../source/bytecode/program.js';
import {compileBare, reportsOf, runBare} from '../support/bare-machine.js';
import {verifyProgram} from '../support/verify-program.js';

const compileFunctions = (text: string): Program => {
	const program = compileBare(`${text}\nint main(void) { return 0; }`);
	expect(verifyProgram(program)).toEqual([]);
	return program;
};

/** The instructions of function `f`, with branch targets counted from its start in instructions. */
const codeOf = (text: string): readonly string[] => {
	const program = compileFunctions(text);
	const {entry} = program.functions.find(fn => fn.name === 'f')!;
	return disassembleFunction(program, 'f')!
		.split('\n')
		.map(line =>
			line.slice(8).replace(/@(\d+)/, (_, pc: string) => `@${(Number(pc) - entry) / 4}`),
		);
};

describe('registers', () => {
	test('a loop over ints takes three instructions per turn', () => {
		expect(
			codeOf('int f(int n) { int i, sum = 0; for (i = 0; i < n; i++) sum += i; return sum; }'),
		).toEqual([
			'LI r2, 0',
			'LI r1, 0',
			'JMP @5',
			'ADD r2, r2, r1',
			'ADDI r1, r1, 1',
			'BLT r1, r0, @3',
			'RET r2',
		]);
	});

	test('the result of a call is the operand where it comes back', () => {
		expect(codeOf('int f(int n) { if (n < 2) return n; return f(n - 1) + f(n - 2); }')).toEqual([
			'BGEI r0, 2, @2',
			'RET r0',
			'ADDI r1, r0, -1',
			'CALL f, 2',
			'ADDI r2, r0, -2',
			'CALL f, 4',
			'ADD r1, r1, r2',
			'RET r1',
		]);
	});

	test('nested calls build their frames on each other', () => {
		expect(
			codeOf('int g(int); int g(int x) { return x; } int f(int x) { return g(g(g(x))); }'),
		).toEqual(['MOVW r1, r0', 'CALL g, 2', 'CALL g, 2', 'CALL g, 2', 'RET r1']);
	});

	test('an initialiser that is a call leaves its value in place', () => {
		expect(
			codeOf('long g(void); long g(void) { return 1; } long f(void) { long x = g(); return x; }'),
		).toEqual(['CALL g, 0', 'RET r0']);
	});

	test('a variable whose address is taken lives in memory, the others do not', () => {
		expect(
			codeOf('void g(int *p) { *p = 1; } int f(int a) { int b; g(&b); return a + b; }'),
		).toEqual([
			'ENTER r1, 16',
			'MOV r2, r1',
			'CALL g, 4',
			'LD32 r2, r1, 0',
			'ADD r2, r0, r2',
			'RET r2',
		]);
	});

	test('volatile locals stay in registers: nothing else can see them', () => {
		expect(codeOf('int f(void) { volatile int x = 1; x++; return x; }')).toEqual([
			'LI r0, 1',
			'ADDI r0, r0, 1',
			'RET r0',
		]);
	});
});

describe('instructions', () => {
	test('constants become immediates, powers of two shifts', () => {
		expect(codeOf('int f(int x) { return ((x * 8 - 3) & 255) << 2 ^ 5; }')).toEqual([
			'SHLI r1, r0, 3',
			'ADDI r1, r1, -3',
			'ANDI r1, r1, 255',
			'SHLI r1, r1, 2',
			'XORI r1, r1, 5',
			'RET r1',
		]);
		expect(codeOf('unsigned f(unsigned x) { return x / 16 + x % 8; }')).toEqual([
			'SHRI r1, r0, 4',
			'ANDI r2, r0, 7',
			'ADD r1, r1, r2',
			'RET r1',
		]);
	});

	test('comparisons of unsigned values are unsigned, tests for zero are not', () => {
		expect(codeOf('int f(unsigned a, unsigned b) { return a < b; }')).toEqual([
			'LTU r2, r0, r1',
			'RET r2',
		]);
		expect(codeOf('int f(unsigned a) { return a > 0; }')).toEqual(['NEI r1, r0, 0', 'RET r1']);
		expect(codeOf('int f(char *a, char *b) { return a >= b; }')).toEqual([
			'LEUL r2, r1, r0',
			'RET r2',
		]);
	});

	test('array elements take one instruction where the size allows', () => {
		expect(codeOf('int f(int *a, int i) { return a[i]; }')).toEqual(['LDX32 r2, r0, r1', 'RET r2']);
		expect(codeOf('long f(long *a, unsigned long i) { return a[i]; }')).toEqual([
			'LDX64 r2, r0, r1',
			'RET r2',
		]);
		expect(codeOf('void f(char *a, long i) { a[i] = 7; }')).toEqual([
			'LI r2, 7',
			'STX8 r2, r0, r1',
			'RETV',
		]);
		expect(codeOf('int f(int *a) { return a[3]; }')).toEqual(['LD32 r1, r0, 12', 'RET r1']);
	});

	test('members are reached by offset', () => {
		expect(
			codeOf(
				'struct s { int a; struct { long b, c; } in; }; long f(struct s *p) { return p->in.c; }',
			),
		).toEqual(['LD64 r1, r0, 16', 'RET r1']);
	});

	test('globals are loaded and stored at their address', () => {
		expect(codeOf('int g = 1; void f(int x) { g = x; }')[0]).toMatch(/^STG32 r0, \d+$/);
	});

	test('arithmetic in long whose result is cut to int is done in int', () => {
		expect(codeOf('int f(int a, long b) { a += b; return a; }')).toEqual([
			'ADD r0, r0, r1',
			'RET r0',
		]);
	});

	test('a narrow store needs no conversion before it', () => {
		expect(codeOf('void f(char *p, int x) { *p = x; }')).toEqual(['ST8 r1, r0, 0', 'RETV']);
	});
});

describe('conditions', () => {
	test('become branches with short circuit', () => {
		expect(
			codeOf('int f(int a, int b, int c) { if (a < b && (c || !a)) return 1; return 2; }'),
		).toEqual([
			'BLE r1, r0, @5',
			'BNEI r2, 0, @3',
			'BNEI r0, 0, @5',
			'LI r3, 1',
			'RET r3',
			'LI r3, 2',
			'RET r3',
		]);
	});

	test('break and continue behind an if are the branch itself', () => {
		expect(
			codeOf('int f(int n) { int i; for (i = 0; i < n; i++) if (i * i > n) break; return i; }'),
		).toEqual([
			'LI r1, 0',
			'JMP @5',
			'MUL r2, r1, r1',
			'BLT r0, r2, @6',
			'ADDI r1, r1, 1',
			'BLT r1, r0, @2',
			'RET r1',
		]);
	});

	test('the negation of a float comparison keeps NaN apart', () => {
		expect(codeOf('int f(double a) { if (a < 1) return 1; return 0; }').slice(1, 3)).toEqual([
			'FLT r1, r0, r1',
			'BEQI r1, 0, @5',
		]);
	});

	test('code that cannot be reached is dropped', () => {
		expect(codeOf('int f(int x) { if (0) x = 5; while (0) x++; return x; x = 9; }')).toEqual([
			'RET r0',
		]);
	});
});

describe('switch', () => {
	test('dense cases use a table', () => {
		const program = compileFunctions(
			'int f(int x) { switch (x) { case 3: return 1; case 4: return 2; case 6: return 3; case 7: return 4; } return 0; }',
		);
		expect(program.switches).toHaveLength(1);
		const [table] = program.switches;
		expect(table?.low).toBe(3);
		expect(table?.targets).toHaveLength(5);
		expect(table?.targets[2]).toBe(table?.otherwise);
	});

	test('sparse cases are searched by halves', () => {
		const cases = Array.from(
			{length: 16},
			(_, index) => `case ${index * 1000}: return ${index};`,
		).join(' ');
		const program = compileBare(
			`int f(int x) { switch (x) { ${cases} } return -1; } int main(void) { return f(15000); }`,
		);
		expect(program.switches).toHaveLength(0);
		const run = runBare(program);
		expect(run.status).toBe(15);
		expect(run.cycles).toBeLessThan(16);
	});
});

describe('increments in memory whose value is unused', () => {
	const isCounted = (statement: string): boolean =>
		codeOf(
			`struct s { int n; long l; short h; }; int g; void f(struct s *p, int *a, int i) { ${statement} }`,
		).some(line => line.startsWith('STC'));

	test('are counters for numbers of every size', () => {
		for (const statement of [
			'g++;',
			'p->l--;',
			'p->h++;',
			'a[i] += 3;',
			'*a = *a + 1;',
			'g = 2 + g;',
			'for (;i < 3; i++, g++);',
		]) {
			expect(isCounted(statement), statement).toBe(true);
		}
	});

	test('are plain accesses if the value is used or something else is added', () => {
		for (const statement of ['i = g++;', 'g += i;', 'g = *a + 1;', 'if (g++) i = 1;', 'g *= 3;']) {
			expect(isCounted(statement), statement).toBe(false);
		}
	});

	test('the width of a conversion inside is not taken for the variable', () => {
		expect(
			reportsOf('int g = 511; int main(void) { g = (unsigned char)g + 1; report(g); return 0; }'),
		).toEqual([256n]);
	});
});

test('a loop of ten million turns runs on three cycles per turn', () => {
	const text =
		'int main(void) { int sum = 0; for (int i = 0; i < 10000; i++) sum += i; report(sum); return 0; }';
	const run = runBare(compileBare(text));
	expect(run.reports).toEqual([49_995_000n]);
	expect(run.cycles).toBeLessThan(30_000 + 20);
});
