// How the bundle is made to start quickly: what packages do at their start that a terminal program does not need, done
// later or not at all. Each change names the text that it changes and fails the build when that is there no more.

import {readFileSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {dirname, join, relative} from 'node:path';
import type {Plugin} from 'esbuild';

const sources = join(import.meta.dirname, '../source');

/**
 * Cuts Ink's connection to React's developer tools, which the environment variable DEV would open. A `define` does not
 * reach it: Ink imports `process` as a module.
 */
export const withoutDeveloperTools: Plugin = {
	name: 'without-developer-tools',
	setup(context) {
		context.onLoad({filter: /\/ink\/build\/(reconciler|ink)\.js$/}, ({path}) => {
			const text = readFileSync(path, 'utf8');
			const condition = "process.env['DEV'] === 'true'";
			if (!text.includes(condition)) throw new Error(`${path} has no ${condition} any more`);
			return {contents: text.replaceAll(condition, 'false')};
		});
	},
};

/** Rows that need no taking apart are strung together: most of a frame's cost is Ink's output pass. */
export const withStringRows: Plugin = {
	name: 'with-string-rows',
	setup(context) {
		context.onLoad({filter: /\/ink\/build\/output\.js$/}, ({path}) => {
			const text = readFileSync(path, 'utf8');
			const head = 'export default class Output {';
			if (!text.includes(head)) throw new Error(`${path} has no ${head} any more`);
			return {
				contents: `import {stringRows} from ${JSON.stringify(join(sources, 'ui/row-output.ts'))};
${text.replace(head, 'class CellOutput {')}
export default class Output extends CellOutput {
	get() {
		const output = stringRows(this.operations, this.width, this.height);
		return output === undefined ? super.get() : {output, height: this.height};
	}
}`,
				resolveDir: dirname(path),
			};
		});
	},
};

/**
 * Node's own modules by `require`: an `import` of one makes a namespace first, for which all its getters are called;
 * those of `process` and `fs` open streams that nobody asked for, 10 ms and more. What is not used is left out.
 */
export const builtinsByRequire: Plugin = {
	name: 'builtins-by-require',
	setup(context) {
		const names = new Set(builtinModules);
		context.onResolve({filter: /^(node:)?[a-z\d_/]+$/}, ({path, kind}) => {
			const name = path.replace(/^node:/, '');
			if (!names.has(name)) return undefined;
			if (kind !== 'import-statement') return {path: `node:${name}`, external: true};
			return {path: name, namespace: 'builtin', sideEffects: false};
		});
		context.onLoad({filter: /.*/, namespace: 'builtin'}, async ({path}) => {
			const {default: _, ...names} = (await import(`node:${path}`)) as Record<string, unknown>;
			if (path === lateBuiltin) return {contents: byCall(path, names), resolveDir: sources};
			const exported = Object.keys(names).map(
				(name, index) =>
					`const v${index} = /* @__PURE__ */ (() => m.${name})();\nexport {v${index} as ${name}};`,
			);
			const module = `const m = require('node:${path}');\nexport default m;`;
			return {contents: [module, ...exported].join('\n'), resolveDir: sources};
		});
	},
};

/** Loaded when one of its functions is called: Ink only asks it for the size of a terminal that can't tell. */
const lateBuiltin = 'child_process';

const byCall = (path: string, names: Readonly<Record<string, unknown>>): string =>
	Object.keys(names)
		.map(
			(name, index) =>
				`const v${index} = (...given) => require('node:${path}').${name}(...given);\nexport {v${index} as ${name}};`,
		)
		.join('\n');

const yogaBinary = 'dist/yoga.wasm';

/**
 * Yoga, Ink's layout engine, is WebAssembly in base64 which it gets at through `fetch`; the first use of that loads
 * Node's whole HTTP client. The binary is a file of its own instead, handed over as bytes.
 */
export const yogaFromFile = (keep: (path: string, contents: Uint8Array) => void): Plugin => ({
	name: 'yoga-from-file',
	setup(context) {
		context.onLoad({filter: /\/yoga-wasm-base64-esm\.js$/}, ({path}) => {
			const text = readFileSync(path, 'utf8');
			const [dataUrl, base64] = /"data:application\/octet-stream;base64,([^"]+)"/.exec(text) ?? [];
			if (dataUrl === undefined || base64 === undefined)
				throw new Error(`${path} is made otherwise now`);
			keep(yogaBinary, Buffer.from(base64, 'base64'));
			return {contents: text.replace(dataUrl, '"yoga.wasm"')};
		});
		context.onLoad({filter: /\/yoga-layout\/dist\/src\/index\.js$/}, ({path}) => {
			const text = readFileSync(path, 'utf8');
			const call = 'await loadYoga()';
			if (!text.includes(call)) throw new Error(`${path} has no ${call} any more`);
			const read = "readFileSync(new URL('yoga.wasm', import.meta.url))";
			return {
				contents: `import {readFileSync} from 'node:fs';\n${text.replace(call, `await loadYoga({wasmBinary: ${read}})`)}`,
				resolveDir: dirname(path),
			};
		});
	},
});

/**
 * The first Intl.Segmenter of a process takes 15 ms, and several packages make one when they are loaded. It is made when a
 * text needs it.
 */
export const lazySegmenters: Plugin = {
	name: 'lazy-segmenters',
	setup(context) {
		const filter =
			/\/(ink\/build\/line-update|wrap-ansi\/index|slice-ansi\/tokenize-ansi|ansi-tokenize\/build\/tokenize)\.js$/;
		context.onLoad({filter}, ({path}) => ({contents: withLazySegmenter(path)}));
	},
};

const withLazySegmenter = (path: string): string => {
	const text = readFileSync(path, 'utf8');
	const made = /const (\w+) = (new Intl\.Segmenter\([^;]*\));/;
	if (!made.test(text)) throw new Error(`${path} makes no Intl.Segmenter at its start any more`);
	return text.replace(
		made,
		'const $1 = {segment: text => ($1.kept ??= $2).segment(text), kept: undefined};',
	);
};

/**
 * Measuring a text asks Unicode about emoji: regular expressions that take longer to make than a frame to draw. They are
 * made when a text needs them; the lines, blocks and arrows that panes are full of do not.
 */
export const lazyStringWidth: Plugin = {
	name: 'lazy-string-width',
	setup(context) {
		const changes = [
			['const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;', 'let rgiEmojiRegex;'],
			['rgiEmojiRegex.test(', "(rgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test("],
			[
				'let width = 0;\n\tconst east',
				'if (/^[ -~\u2190-\u2193\u2500-\u259F]*$/.test(string)) return string.length;\n\tlet width = 0;\n\tconst east',
			],
		] as const;
		context.onLoad({filter: /\/string-width\/index\.js$/}, ({path}) => {
			let contents = withLazySegmenter(path);
			for (const [before, after] of changes) {
				if (!contents.includes(before)) throw new Error(`${path} has no ${before} any more`);
				contents = contents.replace(before, () => after);
			}
			return {contents};
		});
	},
};

/**
 * What is loaded together. Left alone, each dynamic import makes a chunk of its own and the code they share falls into
 * many more; each takes the loader half a millisecond, and a millisecond on a busy machine.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
	dashboard: ['commands/dashboard', 'commands/replay', 'ui/start', 'ui/plain'],
	headless: [
		'commands/run',
		'commands/stat',
		'commands/trace',
		'commands/top',
		'commands/check',
		'commands/export',
		'commands/compare',
	],
	texts: ['commands/help', 'commands/list', 'commands/show', 'commands/resources'],
};

export const together: Plugin = {
	name: 'together',
	setup(context) {
		context.onResolve({filter: /^\.\.?\//}, ({path, kind, importer}) => {
			if (kind !== 'dynamic-import') return undefined;
			const module = relative(sources, join(dirname(importer), path)).replace(/\.js$/, '');
			const group = Object.keys(groups).find(name => groups[name]!.includes(module));
			return group === undefined ? undefined : {path: group, namespace: 'group'};
		});
		context.onLoad({filter: /.*/, namespace: 'group'}, ({path: group}) => ({
			contents: groups[group]!.map(module => `export * from './${module}.js';`).join('\n'),
			resolveDir: sources,
		}));
	},
};
