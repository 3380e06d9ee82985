// What debuggers learn: lines, variables and types.

import {expect, test} from 'vitest';
import type {DebugVariable} from '../../source/bytecode/debug-info.js';
import type {Program} from '../../source/bytecode/program.js';
import {compileBare} from '../support/bare-machine.js';

/** Lines where statements begin in a function, in order of the code. */
const statementLines = (program: Program, name: string): readonly number[] => {
	const fn = program.functions.find(candidate => candidate.name === name)!;
	const {pcs, lines, isStatement} = program.lines;
	return [...pcs.keys()]
		.filter(index => pcs[index]! >= fn.entry && pcs[index]! < fn.end && isStatement[index] === 1)
		.map(index => lines[index]!);
};

const variablesOf = (program: Program, name: string): readonly DebugVariable[] =>
	program.functions.find(fn => fn.name === name)!.variables;

test('statements, conditions, steps and initialisers begin on their lines', () => {
	const program = compileBare(`
int f(int n)
{
	int sum = 0;
	int unset;
	for (int i = 0;
			i < n;
			i++) {
		if (i == 3)
			sum += i;
		else
			sum--;
	}
	while (n > 5)
		n--;
	unset = sum;
	return unset;
}
int main(void) { return f(9); }`);
	// In order of the code: the tests of the loops stand behind their bodies.
	expect(statementLines(program, 'f')).toEqual([4, 6, 9, 10, 12, 8, 7, 15, 14, 16, 17]);
});

test('every instruction of a function belongs to a line of it', () => {
	const program = compileBare('int f(int n) { return n + 1; }\nint main(void) { return f(9); }');
	for (const fn of program.functions) {
		const index = program.lines.pcs.indexOf(fn.entry);
		expect(index).toBeGreaterThanOrEqual(0);
		expect(program.lines.fileOf[index]).toBe(fn.file);
	}
	expect(program.files[program.functions.find(fn => fn.name === 'f')!.file]?.name).toBe('a.c');
});

test('variables have a place, a type and a scope', () => {
	const program =
		compileBare(`struct point { int x; unsigned flag : 3; char name[4]; struct point *next; };
int total = 1;
int f(int n, struct point p) { static long calls; int *q = &n; { double inner = 2; total += inner; } calls++; return *q + p.x; }
int main(void) { return 0; }`);
	const f = program.functions.find(fn => fn.name === 'f')!;
	const variables = variablesOf(program, 'f');
	const find = (name: string): DebugVariable => variables.find(variable => variable.name === name)!;
	expect(variables.map(({name}) => name).sort()).toEqual(['calls', 'inner', 'n', 'p', 'q']);
	expect(find('n').location.kind).toBe('frame');
	expect(find('p').location).toEqual({kind: 'frame', base: 2, offset: 0});
	expect(find('q').location.kind).toBe('register');
	expect(find('calls').location.kind).toBe('address');
	expect(find('n').scope).toEqual([f.entry, f.end]);
	const [from, to] = find('inner').scope!;
	expect(from).toBeGreaterThan(f.entry);
	expect(to).toBeLessThan(f.end);
	expect(find('q').line).toBe(3);

	const typeOf = (variable: DebugVariable) => program.types[variable.type]!;
	expect(typeOf(find('inner'))).toEqual({kind: 'float', name: 'double', size: 8});
	const point = typeOf(find('p'));
	if (point.kind !== 'struct') throw new Error('p is a struct');
	expect(point.name).toBe('struct point');
	expect(point.members.map(({name, offset, bits}) => [name, offset, bits])).toEqual([
		['x', 0, undefined],
		['flag', 4, [0, 3]],
		['name', 5, undefined],
		['next', 16, undefined],
	]);
	const next = program.types[point.members[3]!.type]!;
	expect(next).toEqual({kind: 'pointer', target: program.types.indexOf(point)});
});

test('globals are listed with their addresses, statics too, types of several units apart', () => {
	const program = compileBare(
		'int shared = 5; extern int other; static char own[3]; int main(void) { return own[0] + other + shared; }',
		'struct s { int a; } mine = {7}; int other = 2;',
	);
	expect(program.globals.map(({name}) => name).sort()).toEqual(['mine', 'other', 'own', 'shared']);
	for (const variable of program.globals) expect(variable.location.kind).toBe('address');
	const mine = program.globals.find(({name}) => name === 'mine')!;
	expect(program.types[mine.type]).toMatchObject({kind: 'struct', name: 'struct s'});
	expect(program.files[mine.file]?.name).toBe('b.c');
});
