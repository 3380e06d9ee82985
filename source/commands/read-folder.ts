// Text files of a folder and its subfolders, by path relative to it.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

/** Reads all files whose name fits, sorted by path. */
export const readFolder = (folder: string, name: RegExp): ReadonlyMap<string, string> => {
	const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'})
		.map(path => path.replaceAll('\\', '/'))
		.filter(path => name.test(path))
		.sort();
	return new Map(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]));
};
