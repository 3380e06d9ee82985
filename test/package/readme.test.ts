import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readmeSections, sectionIn, withSection} from '../../scripts/readme-sections.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(Object.keys(readmeSections))(
	'the %s of README.md are those of the program (node --import tsx scripts/readme.ts writes them)',
	{timeout: 120_000},
	async name => {
		expect(sectionIn(readme, name)).toBe(await readmeSections[name]!());
	},
);

test('a section is replaced as a whole, whatever stands in it', () => {
	const text = 'a\n<!-- keys -->\n\nold $1\n\n<!-- /keys -->\nb\n';
	expect(withSection(text, 'keys', 'new $&')).toBe(
		'a\n<!-- keys -->\n\nnew $&\n\n<!-- /keys -->\nb\n',
	);
	expect(() => withSection('', 'keys', '')).toThrow(/no marks/);
});

test.each(['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'])(
	'%s links to files that exist',
	name => {
		const text = readFileSync(join(root, name), 'utf8');
		for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g))
			expect(existsSync(join(root, target!)), target).toBe(true);
	},
);
