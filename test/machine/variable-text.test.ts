// Values of C variables as text, from the bytes that the compiler laid out.

import {expect, test} from 'vitest';
import {dataBase} from '../../source/bytecode/program.js';
import {formatValue} from '../../source/machine/variable-text.js';
import {compileBare} from '../support/bare-machine.js';

/** The global `v` of a program, as its initialiser left it. */
const textOfV = (declarations: string): string => {
	const program = compileBare(`${declarations} int main(void) { return 0; }`);
	const {location, type} = program.globals.find(({name}) => name === 'v')!;
	const at = location.kind === 'address' ? location.address - dataBase : -1;
	return formatValue(program, program.types[type]!, program.data.slice(at));
};

const fields =
	'{ unsigned a : 7; int b : 30; _Bool c : 1; enum color { red, green } d : 3; long e : 40; unsigned char f : 3; }';
const values = '{100, -12345, 1, green, -99999999, 5}';
const shown = '{a = 100, b = -12345, c = true, d = green, e = -99999999, f = 5}';

test('bit-fields show their own bits only, whatever their type', () => {
	expect(textOfV(`struct s ${fields} v = ${values};`)).toBe(shown);
});

test('packed bit-fields that reach over the bytes of their type show all their bits', () => {
	expect(textOfV(`struct __attribute__((packed)) s ${fields} v = ${values};`)).toBe(shown);
});
