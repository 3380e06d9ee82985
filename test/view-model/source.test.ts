import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runFor} from '../../source/machine/session.js';
import {observe} from '../../source/view-model/observed.js';
import {sourceView} from '../../source/view-model/source.js';
import {sessionOf} from '../support/machine-setup.js';

/** The line on which the source of a process that has ended stands, and what is said of it. */
const endOf = (text: string): readonly [number, string] => {
	const session = sessionOf({program: text});
	runFor(session, 100_000);
	const observed = observe(session.machine.kernel);
	assert.equal(observed.kernel.threads.get(3)!.state, 'dead');
	const view = sourceView(observed, {
		pid: 3,
		tid: 3,
		height: 3,
		top: undefined,
		language: 'en',
	});
	assert.ok(view.kind === 'source');
	assert.equal(view.lines.find(({isCurrent}) => isCurrent)?.number, view.line);
	return [view.line, view.inside];
};

const padding = 'int unused;\n'.repeat(10);

test('the source of a process that has ended stands where it ended', () => {
	assert.deepEqual(endOf(`${padding}int main(void) {\n\tunused = 1;\n\treturn 0;\n}\n`), [
		13,
		'has ended',
	]);
	assert.deepEqual(
		endOf(
			`#include <stdlib.h>\n${padding}void leave(void) {\n\texit(3);\n}\nint main(void) {\n\tleave();\n}\n`,
		),
		[13, 'has ended'],
	);
	assert.deepEqual(
		endOf(`${padding}int main(void) {\n\tint *nowhere = 0;\n\t*nowhere = 4;\n\treturn 0;\n}\n`),
		[13, 'has ended'],
	);
});
