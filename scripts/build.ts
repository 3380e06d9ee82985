// `npm run build`: makes dist/, the published form. One bundle with development
// code left out, because Ink and its 400 files take longer to load than to draw
// a frame; split, so that `ipctop run` loads neither Ink nor React; the C library
// compiled ahead; the licences of what was bundled.

import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import process from 'node:process';
import {build, type Metafile, type Plugin} from 'esbuild';
import {
	bundledHeaders,
	bundledLibrary,
	readHeaders,
	readLibrary,
} from '../source/commands/resources.js';

const root = join(import.meta.dirname, '..');
const inRoot = (path: string): string => join(root, path);

/**
 * Cuts Ink's connection to React's developer tools, which the environment variable DEV would open. A `define` does not
 * reach it: Ink imports `process` as a module.
 */
const withoutDeveloperTools: Plugin = {
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
const withStringRows: Plugin = {
	name: 'with-string-rows',
	setup(context) {
		context.onLoad({filter: /\/ink\/build\/output\.js$/}, ({path}) => {
			const text = readFileSync(path, 'utf8');
			const head = 'export default class Output {';
			if (!text.includes(head)) throw new Error(`${path} has no ${head} any more`);
			return {
				contents: `import {stringRows} from ${JSON.stringify(inRoot('source/ui/row-output.ts'))};
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

const bundle = () =>
	build({
		absWorkingDir: root,
		entryPoints: ['source/cli.ts'],
		outdir: 'dist',
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node22',
		minify: true,
		metafile: true,
		legalComments: 'none', // The licences are written out as a whole.
		jsx: 'automatic',
		mainFields: ['module', 'main'],
		chunkNames: '[name]-[hash]',
		define: {
			'process.env.NODE_ENV': '"production"',
			isBundle: 'true',
		},
		plugins: [withoutDeveloperTools, withStringRows],
		banner: {
			// CommonJS packages in the bundle ask for Node's own modules.
			js: `import {createRequire as makeRequire0} from "node:module";const require=makeRequire0(import.meta.url);`,
		},
		logLevel: 'warning',
		write: false,
	});

/** The folders of the npm packages whose code went into the bundle. */
const bundledPackages = ({outputs}: Metafile): readonly string[] => {
	const inputs = Object.values(outputs)
		.flatMap(output => Object.entries(output.inputs))
		.flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : []));
	const folders = inputs.map(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
	return [...new Set(folders.filter(folder => folder !== undefined))].sort();
};

const licenseOf = (folder: string): string => {
	const {name, version, license} = JSON.parse(
		readFileSync(inRoot(`${folder}/package.json`), 'utf8'),
	) as {readonly name: string; readonly version: string; readonly license?: string};
	const file = readdirSync(inRoot(folder)).find(entry => /^licen[cs]e/i.test(entry));
	const text = file === undefined ? '' : readFileSync(inRoot(`${folder}/${file}`), 'utf8').trim();
	return `${name} ${version} (${license ?? 'licence below'})\n\n${text}\n`;
};

const started = performance.now();
const files = new Map<string, string | Uint8Array>([
	[bundledLibrary, readLibrary()],
	[bundledHeaders, JSON.stringify(Object.fromEntries(readHeaders()))],
]);
const bundled = await bundle().catch(() => undefined); // esbuild has printed what is wrong.
if (!bundled) process.exit(1);
const {metafile, outputFiles} = bundled;
for (const {path, contents} of outputFiles) files.set(relative(root, path), contents);
const licenses = bundledPackages(metafile).map(licenseOf);
files.set('dist/THIRD-PARTY-LICENSES.txt', licenses.join(`\n${'-'.repeat(72)}\n\n`));

rmSync(inRoot('dist'), {recursive: true, force: true}); // Only now: a build that fails leaves the old one.
mkdirSync(inRoot('dist'));
for (const [path, contents] of files) writeFileSync(inRoot(path), contents);

const bytes = outputFiles.reduce((sum, {contents}) => sum + contents.length, 0);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stderr.write(`built dist/: ${Math.round(bytes / 1024)} KiB of code in ${seconds} s\n`);
