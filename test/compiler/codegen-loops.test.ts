// Which loops are judged for busy waiting, and by what (DESIGN section 6).

import {describe, expect, test} from 'vitest';
import {op, opcodeTable} from '../../source/bytecode/opcodes.js';
import type {LoopInfo, Program} from '../../source/bytecode/program.js';
import {compileBare} from '../support/bare-machine.js';
import {verifyProgram} from '../support/verify-program.js';

const compileLoop = (statements: string): Program => {
	const program = compileBare(
		`int g; int ask(void); int ask(void) { return g; }
		void f(volatile int *flag, int n, char *p) { int i = 0, j = 0; long l = 0; char c = 0; double d = 0;
		${statements}
		report(i + j + l + c + d); }
		int main(void) { return 0; }`,
	);
	expect(verifyProgram(program)).toEqual([]);
	return program;
};

const loopsOf = (statements: string): readonly LoopInfo[] => compileLoop(statements).loops;

/** Names of the variables that a loop carries; longs and doubles count with both words. */
const carriedBy = (statements: string): readonly string[] => {
	const program = compileLoop(statements);
	const [loop] = program.loops;
	const {variables} = program.functions.find(fn => fn.name === 'f')!;
	return loop!.registers.map(word => {
		const isAt = (offset: number) =>
			variables.find(({location}) => location.kind === 'register' && location.offset === offset)
				?.name;
		return isAt(word) ?? `${isAt(word - 1)}.high`;
	});
};

const branchOpcodes = new Set(
	opcodeTable.flatMap((row, number) => (row.operands[2] === 't' ? [number] : [])),
);

describe('loops that make progress by themselves have no hook', () => {
	for (const statements of [
		'for (i = 0; i < n; i++) j += i;',
		'while (i < n) i++;',
		'while (n--) j ^= n;',
		'while (*p == 97) p++;',
		'do { j += i; i += 2; } while (i < n);',
		'for (;;) { if (i == n) break; i = i + 1; }',
		'while (i++ < n) if (*flag) break;',
		'for (i = n; i > 0; --i) { if (*flag) continue; j++; }',
		'for (l = 0; l < n && !*flag; l++);',
		'for (;; i++) { switch (i) { case 1: continue; case 5: return; } }',
		'do { i = 1; } while (0);',
	]) {
		test(statements, () => {
			expect(loopsOf(statements)).toEqual([]);
		});
	}
});

describe('loops that only wait carry nothing', () => {
	for (const statements of [
		'while (!*flag);',
		'while (!*flag) i++;',
		'for (;;) if (*flag) break;',
		'for (i = 0; !*flag; i++);',
		'while (!ask()) { i++; l += 3; }',
		'do i--; while (!*flag);',
		'again: if (!*flag) goto again;',
		'again: i++; if (*flag) return; goto again;',
		'while (!*flag) { int seen = ask(); j++; (void)seen; }',
		'while (!*flag) i = ask();',
		'while (!*flag) { for (int k = 0; k < 50; k++); }',
	]) {
		test(statements, () => {
			const loops = loopsOf(statements);
			expect(loops).toHaveLength(1);
			expect(loops[0]?.registers).toEqual([]);
		});
	}
});

describe('what a judged loop carries from turn to turn', () => {
	test('variables whose new value comes from the old one', () => {
		expect(carriedBy('while (!*flag) i = 2 * i + ask();')).toEqual(['i']);
	});

	test('both words of a long and of a double', () => {
		expect(carriedBy('while (!*flag) { l = l * 3; d = d * 0.5; }')).toEqual([
			'l',
			'l.high',
			'd',
			'd.high',
		]);
	});

	test('a counter whose value is read', () => {
		expect(carriedBy('while (!*flag) { if (*flag > 3) continue; i++; j = i; }')).toEqual([
			'i',
			'j',
		]);
	});

	test('a counter that goes up and down', () => {
		expect(carriedBy('while (i < n) { i++; if (*flag) i--; }')).toEqual(['i']);
	});

	test('a counter that is also set', () => {
		expect(carriedBy('while (i < n) { i++; if (*flag) i = 0; }')).toEqual(['i']);
	});

	test('an index of an inner loop that is declared outside', () => {
		expect(carriedBy('while (!*flag) for (j = 0; j < 9; j++);')).toEqual(['j']);
	});

	test('a narrow variable, which comes round', () => {
		expect(carriedBy('for (c = 0; c >= 0 || !*flag; c++);')).toEqual(['c']);
	});

	test('a parameter', () => {
		expect(carriedBy('while (n != *flag) n = n * 3 + 1;')).toEqual(['n']);
	});

	test('what a goto loop assigns, if declared around it', () => {
		expect(
			carriedBy('again: i = ask(); { int k = ask(); j += k; } if (!*flag) goto again;'),
		).toEqual(['i', 'j']);
	});
});

describe('hooks', () => {
	test('every way back goes through LOOPTURN, every way in through LOOPENTER', () => {
		const program = compileBare(
			`void f(volatile int *flag, int n) { if (n) goto again; n = 1; again: if (*flag) return; if (n) goto again; n = 2; goto again; }
			void w(volatile int *flag, int n) { while (!*flag) { if (*flag == n) continue; if (*flag) break; report(1); } }
			int main(void) { return 0; }`,
		);
		expect(verifyProgram(program)).toEqual([]);
		expect(program.loops).toHaveLength(2);
		const {code} = program;
		for (let pc = 0; pc < code.length; pc += 4) {
			const target = code[pc + 3]!;
			const isBackward = target <= pc && target % 4 === 0 && branchOpcodes.has(code[pc]!);
			if (isBackward) expect(code[pc]).toBe(op.LOOPTURN);
		}
	});

	test('a computed goto goes back through LOOPTURN, the same for all that follow', () => {
		const program = compileLoop(
			'static void *place[] = {&&one, &&two}; one: i++; goto *place[n & 1]; two: j++; goto *place[n & 2];',
		);
		const {code, loops, switches} = program;
		expect(loops).toHaveLength(2);
		const [first, second] = switches.map(({targets}) => targets.map(target => code[target]!));
		expect(first).toEqual([op.LOOPTURN, op.LOOPENTER]);
		expect(second).toEqual([op.LOOPTURN, op.LOOPTURN]);
		expect(switches[1]!.targets[0]).toBe(switches[0]!.targets[0]);
	});

	test('a counter that a branch reads has the branch tell so', () => {
		const {code, loops} = compileLoop('while (!*flag) { i++; if (*p) { j = i; i = 0; } }');
		expect(loops).toHaveLength(1);
		expect(loops[0]!.registers).toHaveLength(1); // j
		const opcodes = [...code].filter((_, at) => at % 4 === 0);
		expect(opcodes.filter(opcode => opcode === op.LOOPREAD)).toHaveLength(2);
	});

	test('loops know the judged loop around them', () => {
		const loops = loopsOf(
			'while (!*flag) { for (i = 0; i < n; i++) { while (!ask()); } again: if (ask()) goto again; }',
		);
		expect(loops).toHaveLength(3);
		const outer = loops.findIndex(loop => loop.parent === -1);
		expect(loops.filter(loop => loop.parent === outer)).toHaveLength(2);
	});

	test('a loop whose body always leaves it has no hook', () => {
		expect(loopsOf('while (!*flag) { i = ask(); break; }')).toEqual([]);
	});
});
