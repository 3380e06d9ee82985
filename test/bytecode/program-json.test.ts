import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
	decodeProgram,
	encodeProgram,
	type ProgramJson,
} from '../../source/bytecode/program-json.js';
import {compileText} from '../support/machine-setup.js';

const source = `#include <stdio.h>
struct point { int x, y; unsigned bits : 3; };
static struct point points[3] = {{1, -2, 5}, {3, 4, 0}};
static double ratio = -0.1;
static long big = -0x7fffffffffffffffL - 1;
char *names[] = {"one", "two"};
static int pick(int n)
{
	switch (n) {
	case 0: return 7;
	case 1: return -8;
	case 2: return points[1].y;
	case 3: return 1 << 30;
	default: return 0;
	}
}
int main(int argc, char **argv)
{
	int sum = 0;
	while (sum < 3) {
		volatile int copy = sum;
		sum = copy + 1;
	}
	printf("%s %d %f %ld\\n", names[argc], pick(sum), ratio, big);
	return 0;
}
`;

test('a program survives the way through JSON in every part', () => {
	const program = compileText('image', source);
	assert.ok(program.loops.length > 0 && program.switches.length > 0, 'the sample has all tables');
	const image = JSON.parse(JSON.stringify(encodeProgram(program))) as ProgramJson;
	const texts = new Map(program.files.map(({name, text}) => [name, text]));
	assert.deepStrictEqual(
		decodeProgram(image, name => texts.get(name)),
		program,
	);
});

test('an image holds no source text', () => {
	const image = encodeProgram(compileText('image', `${source}/* a remark that is nowhere else */`));
	assert.equal(JSON.stringify(image).includes('a remark'), false);
});
