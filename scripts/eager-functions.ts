// Has functions compiled with their file. V8 compiles a function when it is called first, and Node's compile cache keeps
// only what was compiled before the file ran: all that the C compiler is made of would be parsed anew in each process,
// a third of what a long program takes. V8 takes a function in parentheses for one that is called at once and compiles it
// right away, so that the cache has it. (The minifier takes such parentheses out; hence this comes after it.)

import type {Metafile} from 'esbuild';
import {parseAst} from 'rolldown/parseAst';

type Mark = {readonly at: number; readonly text: '(' | ')'};

/** Parentheses around every arrow function below a node of the syntax tree. */
const marksAround = (node: unknown): readonly Mark[] => {
	if (typeof node !== 'object' || node === null) return [];
	const inner = Object.values(node).flatMap(marksAround);
	if (!('type' in node) || node.type !== 'ArrowFunctionExpression') return inner;
	const {start, end} = node as unknown as {readonly start: number; readonly end: number};
	return [{at: start, text: '('}, ...inner, {at: end, text: ')'}];
};

/** The module with its functions in parentheses. */
export const withEagerFunctions = (code: string): string => {
	const pieces: string[] = [];
	let done = 0;
	const marks = [...marksAround(parseAst(code).body)].sort((a, b) => a.at - b.at);
	for (const {at, text} of marks) {
		pieces.push(code.slice(done, at), text);
		done = at;
	}
	return [...pieces, code.slice(done)].join('');
};

/** Whether an output of the build holds the C compiler. */
export const holdsCompiler = ({outputs}: Metafile, path: string): boolean =>
	'source/compiler/compile.ts' in (outputs[path]?.inputs ?? {});
