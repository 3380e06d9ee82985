// The C source of a thread: its file, the line it stands on, the lines of the loops in which it burns its cycles.

import type {Program, SourceFile} from '../bytecode/program.js';
import {framesOf, libraryCall, positionOfPc, userPositionOf} from '../machine/source-position.js';
import type {Thread} from '../kernel/process/thread.js';
import type {Context} from '../vm/context.js';
import {highlightC, opensComment} from './c-highlight.js';
import {processName, threadName} from './accounts.js';
import {type Language, say} from './language.js';
import {type Observed, recentUsage} from './observed.js';
import {firstVisible} from './scroll.js';
import {type Line} from './styled-text.js';

export type SourceLine = {
	readonly number: number;
	readonly text: Line;
	readonly isCurrent: boolean;
	/** The loop that begins here is burning CPU cycles on busy waiting. */
	readonly isHot: boolean;
	/** Another thread stands here: its name. */
	readonly others: string;
};

export type SourceView =
	| {
			readonly kind: 'source';
			readonly title: string;
			readonly file: string;
			readonly line: number;
			readonly lineCount: number;
			/** `in write()`, while the thread is inside a library function; that it has ended there. */
			readonly inside: string;
			readonly hasEnded: boolean;
			readonly lines: readonly SourceLine[];
	  }
	| {readonly kind: 'none'; readonly title: string; readonly text: string};

/** Where the thread's own code is, and the library function that it has called, if any. */
const userPosition = (
	context: Context,
): {readonly file: SourceFile; readonly line: number; readonly library: string} | undefined => {
	const place = userPositionOf(context);
	const innermost = framesOf(context)[0]?.function;
	return place && {...place, library: innermost?.isLibrary ? libraryCall(context) : ''};
};

/** Where a thread ended: in its own call of exit(), where a signal killed it, or else at the end of main. */
const endOf = ({context, tid, pid}: Thread): ReturnType<typeof userPosition> => {
	const place = userPositionOf(context);
	if (place) return {...place, library: ''};
	const main = context.program.functions.find(({name, isLibrary}) => name === 'main' && !isLibrary);
	const end = tid === pid && main ? positionOfPc(context.program, main.end - 1) : undefined;
	return end && {...end, library: ''};
};

export type SourceRequest = {
	readonly pid: number | undefined;
	readonly tid: number | undefined;
	readonly height: number;
	/** The user has scrolled to this line; undefined follows the current line. */
	readonly top: number | undefined;
	readonly language: Language;
};

export const sourceView = (observed: Observed, request: SourceRequest): SourceView => {
	const {kernel} = observed;
	const {language} = request;
	const process = request.pid === undefined ? undefined : kernel.processes.get(request.pid);
	const none = (why: string, title = ''): SourceView => ({
		kind: 'none',
		title,
		text: say(language, 'source.none', {why}),
	});
	if (!process) return none(say(language, 'source.noProcess'));
	const title =
		request.tid === undefined ? processName(kernel, process.pid) : threadName(kernel, request.tid);
	const thread = kernel.threads.get(request.tid ?? process.pid);
	if (!thread) return none(say(language, 'source.ended'), title);
	if (thread.isKernelThread) return none(say(language, 'source.kernelThread'), title);
	const hasEnded = thread.state === 'dead';
	const found = hasEnded ? endOf(thread) : userPosition(thread.context);
	const {program} = thread.context;
	const file = found?.file ?? program.files.find(({isLibrary}) => !isLibrary);
	const text = file?.text;
	if (file === undefined || text === undefined) return none(say(language, 'source.tool'), title);
	const current = found?.line ?? 0;
	const all = text.replace(/\n$/, '').split('\n');
	const first =
		request.top === undefined
			? firstVisible(all.length, Math.max(0, current - 1), request.height)
			: request.top;
	return {
		kind: 'source',
		title,
		file: file.name.split('/').at(-1)!,
		line: current,
		lineCount: all.length,
		inside: insideText(found?.library ?? '', hasEnded, language),
		hasEnded,
		lines: visibleLines(all, clampTop(first, all.length, request.height), request.height, {
			current,
			hot: hotLines(observed, thread.context, file),
			others: otherThreads(observed, thread.tid, program, file),
		}),
	};
};

/** Whether anything has C of its own to show, or will tell so yet: tools of the machine have not. */
export const hasSource = ({kernel}: Observed): boolean => {
	let areTools = false;
	for (const {isKernelProcess, program} of kernel.processes.values()) {
		if (isKernelProcess) continue;
		if (program.files.some(({isLibrary, text}) => !isLibrary && text !== undefined)) return true;
		areTools = true;
	}
	return !areTools;
};

const insideText = (library: string, hasEnded: boolean, language: Language): string => {
	if (hasEnded) return say(language, 'source.hasEnded');
	return library === '' ? '' : say(language, 'source.library', {function: library});
};

const clampTop = (top: number, count: number, height: number): number =>
	Math.max(0, Math.min(top, count - height));

type Marks = {
	readonly current: number;
	readonly hot: ReadonlySet<number>;
	readonly others: ReadonlyMap<number, string>;
};

const visibleLines = (
	all: readonly string[],
	first: number,
	height: number,
	marks: Marks,
): readonly SourceLine[] => {
	let isInComment = false;
	for (const text of all.slice(0, first)) isInComment = opensComment(text, isInComment);
	return all.slice(first, first + height).map((text, index) => {
		const number = first + index + 1;
		const line = highlightC(text, isInComment);
		isInComment = opensComment(text, isInComment);
		return {
			number,
			text: line,
			isCurrent: number === marks.current,
			isHot: marks.hot.has(number),
			others: marks.others.get(number) ?? '',
		};
	});
};

/** Lines of the loops the thread is in, where most of its recent CPU time was busy waiting. */
const hotLines = (observed: Observed, context: Context, file: SourceFile): ReadonlySet<number> => {
	const thread = observed.kernel.threads.get(context.tid);
	if (!thread) return new Set();
	const {cpu, busy} = recentUsage(observed, thread);
	const isBurning =
		cpu > 0
			? busy / cpu > 0.5
			: thread.state === 'ready' && context.busyCycles > context.cpuCycles / 2;
	if (!isBurning) return new Set();
	const loops = context.turns.records.flatMap(({loop}) => context.program.loops[loop] ?? []);
	return new Set(
		loops.filter(loop => context.program.files[loop.file] === file).map(loop => loop.line),
	);
};

/** Names that a line of source has room for. */
const shownOthers = 8;

/** Threads that are looked at for this, the first of the machine: among thousands nobody looks for a name. */
const askedOthers = 500;

/** Where the other threads that run the same program stand. */
const otherThreads = (
	{kernel}: Observed,
	tid: number,
	program: Program,
	file: SourceFile,
): ReadonlyMap<number, string> => {
	const found = new Map<number, string[]>();
	let asked = 0;
	for (const other of kernel.threads.values()) {
		if (asked++ >= askedOthers) break;
		if (other.context.program !== program || other.tid === tid) continue;
		if (other.state === 'dead' || other.isKernelThread) continue;
		const position = userPositionOf(other.context);
		if (position?.file !== file) continue;
		const names = found.get(position.line);
		const name = other.tid === other.pid ? String(other.pid) : `${other.pid}/${other.tid}`;
		if (!names) found.set(position.line, [name]);
		else if (names.length < shownOthers) names.push(name);
		else names[shownOthers] = '…';
	}
	return new Map([...found].map(([line, names]) => [line, names.join(',')]));
};
