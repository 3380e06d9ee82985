// `npm run build`: makes dist/, the published form. One bundle with development
// code left out, because Ink and its 400 files take longer to load than to draw
// a frame; split, so that `ipctop run` loads neither Ink nor React; the C library
// compiled ahead; the licences of what was bundled.

import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import process from 'node:process';
import {build, type Metafile} from 'esbuild';
import {preparePreset} from '../source/commands/prepared-presets.js';
import {encodeCatalog} from '../source/commands/bundled-catalog.js';
import {readPresets} from '../source/commands/preset-catalog.js';
import {readTextFile} from '../source/commands/host.js';
import {
	bundledCatalog,
	bundledHeaders,
	bundledLibrary,
	compiledTools,
	preparedPresetPath,
	readHeaders,
	readLibrary,
} from '../source/commands/resources.js';
import {toolchain} from '../source/commands/toolchain.js';
import {
	builtinsByRequire,
	lazySegmenters,
	lazyStringWidth,
	together,
	withoutDeveloperTools,
	withStringRows,
	yogaFromFile,
} from './bundle-plugins.js';
import {holdsCompiler, withEagerFunctions} from './eager-functions.js';

const root = join(import.meta.dirname, '..');
const inRoot = (path: string): string => join(root, path);

const bundle = (keep: (path: string, contents: Uint8Array) => void) =>
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
		plugins: [
			withoutDeveloperTools,
			withStringRows,
			builtinsByRequire,
			yogaFromFile(keep),
			lazySegmenters,
			lazyStringWidth,
			together,
		],
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
	...compiledTools(),
	[bundledHeaders, JSON.stringify(Object.fromEntries(readHeaders()))],
]);
const presets = readPresets();
files.set(bundledCatalog, encodeCatalog(presets));
for (const {name, folder, document} of presets) {
	const prepared = preparePreset(document, path => readTextFile(join(folder, path)), toolchain());
	if (prepared !== undefined) files.set(preparedPresetPath(name), prepared);
}
const bundled = await bundle((path, contents) => files.set(path, contents)).catch(() => undefined); // esbuild has printed what is wrong.
if (!bundled) process.exit(1);
const {metafile, outputFiles} = bundled;
for (const {path, contents, text} of outputFiles) {
	const name = relative(root, path);
	files.set(name, holdsCompiler(metafile, name) ? withEagerFunctions(text) : contents);
}
const licenses = bundledPackages(metafile).map(licenseOf);
files.set('dist/THIRD-PARTY-LICENSES.txt', licenses.join(`\n${'-'.repeat(72)}\n\n`));

rmSync(inRoot('dist'), {recursive: true, force: true}); // Only now: a build that fails leaves the old one.
for (const [path, contents] of files) {
	mkdirSync(dirname(inRoot(path)), {recursive: true});
	writeFileSync(inRoot(path), contents);
}

const bytes = outputFiles.reduce((sum, {contents}) => sum + contents.length, 0);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stderr.write(`built dist/: ${Math.round(bytes / 1024)} KiB of code in ${seconds} s\n`);
