import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodePreset, preparePreset} from '../../source/commands/prepared-presets.js';
import {toolchain} from '../../source/commands/toolchain.js';

const document = {processes: [{program: 'hello.c'}]};

const files: Readonly<Record<string, string>> = {
	'scenario.yaml': 'processes: [{program: hello.c}]',
	'hello.c': '#include <stdio.h>\n#include "word.h"\nint main(void) { puts(WORD); return 0; }\n',
	'word.h': '#define WORD "hello"\n',
};

const prepare = (texts: Readonly<Record<string, string>>): string | undefined =>
	preparePreset(document, path => texts[path], toolchain());

test('a preset that stands ready has its document and its programs', () => {
	const preset = decodePreset(prepare(files)!, path => files[path]);
	assert.deepEqual(preset?.document, document);
	assert.deepEqual([...(preset?.programs.keys() ?? [])], ['hello']);
	assert.equal(preset?.programs.get('hello')?.files[0]?.text, files['hello.c']);
});

test('it is not used when a file of it has been changed, removed, or put in front of a bundled header', () => {
	const image = prepare(files)!;
	for (const path of Object.keys(files)) {
		assert.equal(
			decodePreset(image, asked => (asked === path ? `${files[path]} ` : files[asked])),
			undefined,
			`${path} changed`,
		);
		assert.equal(
			decodePreset(image, asked => (asked === path ? undefined : files[asked])),
			undefined,
			`${path} removed`,
		);
	}
	const quoted = {
		...files,
		'hello.c': '#include "stdio.h"\nint main(void) { puts(""); return 0; }\n',
	};
	const shadowed: typeof files = {...quoted, 'stdio.h': 'int puts(const char *);'};
	assert.ok(decodePreset(prepare(quoted)!, path => quoted[path as keyof typeof quoted]));
	assert.equal(
		decodePreset(prepare(quoted)!, path => shadowed[path]),
		undefined,
	);
});

test('a preset whose programs give a warning is left to be compiled when it is opened', () => {
	assert.equal(prepare({...files, 'word.h': '#define WORD "hello"\n#warning look\n'}), undefined);
});
