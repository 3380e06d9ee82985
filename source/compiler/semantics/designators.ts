/** Designators: `.member`, `[index]` and GNU's `[low ... high]` (C11 6.7.9p6). */
import type {InitializerItem, Position} from '../ast.js';
import {findMember, type ArrayType} from '../types/c-types.js';
import {isIdentifier} from '../text/keywords.js';
import {accept, advance, expect, is} from '../parse/token-cursor.js';
import {error} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';
import {enterElement, forget, topOf, type Frame, type State} from './initializer-cursor.js';
import {hasEffects} from '../tree-walk.js';
import {saved, withStores} from './temporaries.js';
import {typeName} from '../types/type-names.js';
import {parseConstant} from './constant-expression.js';

/** Every index of a range gets items of its own. */
const longestRange = 4_000_000;

/** `[first ... last]` of the array that the frame is for. */
export type Range = {readonly frame: Frame; readonly first: number; readonly last: number};

const designateIndex = (p: Parser, frame: Frame): Range | undefined => {
	const {position} = advance(p);
	const low = Number(parseConstant(p, () => 'nonconstant array index in initializer'));
	const high = accept(p, '...')
		? Number(parseConstant(p, () => 'nonconstant array index in initializer'))
		: low;
	expect(p, ']');
	if (frame.type.kind !== 'array') {
		error(p, position, 'array index in non-array initializer');
		return undefined;
	}

	if (low < 0 || high < low || high >= frame.count) {
		error(
			p,
			position,
			low > high
				? 'empty index range in initializer'
				: 'array index in initializer exceeds array bounds',
		);
		return undefined;
	}

	if (high - low > longestRange) {
		error(p, position, 'index range in initializer is too large');
		return undefined;
	}

	frame.index = low;
	return high > low ? {frame, first: low, last: high} : undefined;
};

export const designateMember = (
	p: Parser,
	state: State,
	frames: Frame[],
	name: string,
	position: Position,
): void => {
	const frame = topOf(frames);
	const path = frame.type.kind === 'record' ? findMember(frame.type.record, name) : undefined;
	if (!path) {
		error(
			p,
			position,
			frame.type.kind === 'record'
				? `'${typeName(frame.type)}' has no member named '${name}'`
				: `field name not in record or union initializer`,
		);
		return;
	}

	for (const [depth, member] of path.entries()) {
		const current = topOf(frames);
		current.index = current.members.indexOf(member);
		if (depth < path.length - 1) enterElement(state, frames);
	}
};

/** designation: ( `[` constant `]` | `.` identifier )+ `=` */
export const parseDesignation = (p: Parser, state: State, frames: Frame[]): Range | undefined => {
	frames.length = 1;
	let range: Range | undefined;
	let isFirst = true;
	while ((is(p, '[') || is(p, '.')) && !p.isPanicking) {
		if (!isFirst) enterElement(state, frames);
		isFirst = false;
		if (is(p, '[')) {
			range = designateIndex(p, topOf(frames)) ?? range;
		} else {
			advance(p);
			const name = p.token;
			if (isIdentifier(name)) advance(p);
			else expect(p, 'identifier');
			designateMember(p, state, frames, name.text, name.position);
		}
	}

	if (!accept(p, '=') && !is(p, '{')) expect(p, '=');
	return range;
};

/** What a range repeats is evaluated once: the item itself, and the one for the places after the first. */
const evaluatedOnce = (
	p: Parser,
	item: InitializerItem,
): readonly [first: InitializerItem, other: InitializerItem] => {
	const {value} = item;
	if (!p.function || !hasEffects(value)) return [item, item];
	const {store, read} = saved(p, value, value.position);
	return [
		{...item, value: withStores([store], read, value.position)},
		{...item, value: read},
	];
};

/** Repeats for the other indices what was stored for the first one: all that is newer than the items `before`. */
export const repeatRange = (
	p: Parser,
	state: State,
	{frame, first, last}: Range,
	before: ReadonlySet<InitializerItem>,
	isWholeElement: boolean,
): void => {
	const {element} = frame.type as ArrayType;
	const stored: InitializerItem[] = [];
	for (const [at, item] of state.items.entries()) {
		if (before.has(item)) continue;
		const [once, again] = evaluatedOnce(p, item);
		state.items[at] = once;
		stored.push(again);
	}

	for (let index = first + 1; index <= last; index++) {
		if (isWholeElement) forget(state, frame.offset + index * element.size, element.size);
		const shift = (index - first) * element.size;
		for (const item of stored) state.items.push({...item, offset: item.offset + shift});
		state.extent = Math.max(state.extent, frame.offset + (index + 1) * element.size);
	}

	frame.index = last + 1;
};
