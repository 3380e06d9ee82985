/**
 * Initialisers (C11 6.7.9): braces, elided braces, designators, strings, all reduced to a flat list of {offset, type, value}. The
 * cursor is a stack of frames, one per aggregate we are inside of without braces of its own.
 */
import type {Expression, InitializerItem, Position} from '../ast.js';
import {parseConstant} from './constant-expression.js';
import {convertForAssignment, warnConstantOverflow} from './assignment-conversion.js';
import {
	arrayOf,
	findMember,
	isScalar,
	unqualified,
	type ArrayType,
	type BitField,
	type CType,
	type Member,
} from '../types/c-types.js';
import {isIdentifier} from '../text/keywords.js';
import {
	accept,
	advance,
	error,
	expect,
	is,
	isAtEnd,
	isErrorType,
	peek,
	warn,
	type Parser,
} from '../parse/parser-state.js';
import {typeName} from '../types/type-names.js';
import {tokenKind} from '../text/lexer.js';

export type ParsedInitializer = {
	/** The type, its array length filled in. */
	readonly type: CType;
	readonly items: readonly InitializerItem[];
	readonly isZeroFilled: boolean;
	/** Bytes reached, more than the type's size with a flexible array member. */
	readonly extent: number;
};

type Target = {
	readonly type: CType;
	readonly offset: number;
	readonly bitField: BitField | undefined;
};

type Frame = {
	readonly type: CType;
	readonly offset: number;
	/** Of records: members that take an initialiser. */
	readonly members: readonly Member[];
	/** Number of elements; Infinity for an array without length. */
	readonly count: number;
	/** Element to be initialised next. */
	index: number;
};

type State = {
	readonly items: InitializerItem[];
	extent: number;
	/** Highest index in the outermost array, plus one. */
	length: number;
	hasWarnedExcess: boolean;
};

const isAggregate = (type: CType): boolean => type.kind === 'array' || type.kind === 'record';

const createFrame = (type: CType, offset: number): Frame => {
	if (type.kind === 'array')
		return {type, offset, members: [], count: type.length ?? Infinity, index: 0};
	const members =
		type.kind === 'record'
			? (type.record.members ?? []).filter(
					member => member.name !== undefined || member.type.kind === 'record',
				)
			: [];
	const isUnion = type.kind === 'record' && type.record.isUnion;
	return {
		type,
		offset,
		members,
		count: isUnion ? Math.min(1, members.length) : members.length,
		index: 0,
	};
};

const targetAt = (frame: Frame, index: number): Target | undefined => {
	if (frame.type.kind === 'array') {
		const {element} = frame.type;
		return {type: element, offset: frame.offset + index * element.size, bitField: undefined};
	}

	const member = frame.members[index];
	return (
		member && {type: member.type, offset: frame.offset + member.offset, bitField: member.bitField}
	);
};

const topOf = (frames: readonly Frame[]): Frame => frames[frames.length - 1] as Frame;

/** Moves past the current element. Of a union only one member is initialised. */
const step = (frame: Frame): void => {
	frame.index =
		frame.type.kind === 'record' && frame.type.record.isUnion
			? frame.members.length
			: frame.index + 1;
};

const addItem = (state: State, target: Target, value: Expression): void => {
	const type = unqualified(target.type);
	state.items.push({offset: target.offset, type, bitField: target.bitField, value});
	state.extent = Math.max(state.extent, target.offset + type.size);
};

const isStringFor = (type: CType, value: Expression): boolean =>
	value.kind === 'string' &&
	type.kind === 'array' &&
	type.element.kind === 'integer' &&
	type.element.size === value.literal.alignment;

/** Puts a string literal into a character array, of its own length if that isn't given. */
const addString = (p: Parser, state: State, target: Target, value: Expression): void => {
	if (value.kind !== 'string' || target.type.kind !== 'array') return;
	const units = value.literal.bytes.length / value.literal.alignment;
	const length = target.type.length ?? units;
	if (units - 1 > length)
		warn(
			p,
			value.position,
			'',
			`initializer-string for array of '${typeName(target.type.element)}' is too long`,
		);
	addItem(state, {...target, type: arrayOf(target.type.element, length)}, value);
};

const addScalar = (p: Parser, state: State, target: Target, value: Expression): void => {
	const converted = convertForAssignment(p, value, unqualified(target.type), {
		kind: 'initialization',
	});
	if (target.bitField && converted.kind === 'integer' && value.kind === 'integer') {
		const {width} = target.bitField;
		if (
			BigInt.asUintN(width, value.value) !== value.value &&
			BigInt.asIntN(width, value.value) !== value.value
		)
			warnConstantOverflow(p, value, target.type, value.position);
	}

	addItem(state, target, converted);
};

/** Stores an expression at the cursor, going down into aggregates whose braces are left out. */
const place = (p: Parser, state: State, frames: Frame[], value: Expression): void => {
	for (;;) {
		const frame = topOf(frames);
		const target = targetAt(frame, frame.index);
		if (!target) return;
		step(frame);
		if (isErrorType(value.type)) {
			addItem(state, target, value);
			return;
		}

		if (isStringFor(target.type, value)) {
			addString(p, state, target, value);
			return;
		}

		if (
			target.type.kind === 'record' &&
			value.type.kind === 'record' &&
			target.type.record === value.type.record
		) {
			addItem(state, target, value);
			return;
		}

		if (!isAggregate(target.type)) {
			addScalar(p, state, target, value);
			return;
		}

		const inner = createFrame(target.type, target.offset);
		if (inner.count === 0) {
			error(p, value.position, `initializer for an empty '${typeName(target.type)}' needs braces`);
			return;
		}

		frames.push(inner);
	}
};

/* ---------- Designators ---------- */

/** Every index of a range gets items of its own. */
const longestRange = 4_000_000;

type Range = {readonly frame: Frame; readonly last: number} | undefined;

const designateIndex = (p: Parser, frame: Frame): Range => {
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
	return high > low ? {frame, last: high} : undefined;
};

const designateMember = (p: Parser, frames: Frame[], name: string, position: Position): void => {
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
		if (depth < path.length - 1) pushCurrent(frames);
	}
};

/** Goes down into the current element; the frame above continues behind it. */
const pushCurrent = (frames: Frame[]): void => {
	const frame = topOf(frames);
	const target = targetAt(frame, frame.index);
	step(frame);
	if (target) frames.push(createFrame(target.type, target.offset));
};

/** designation: ( `[` constant `]` | `.` identifier )+ `=` */
const parseDesignation = (p: Parser, frames: Frame[]): Range => {
	frames.length = 1;
	let range: Range;
	let isFirst = true;
	while ((is(p, '[') || is(p, '.')) && !p.isPanicking) {
		if (!isFirst) pushCurrent(frames);
		isFirst = false;
		if (is(p, '[')) {
			range = designateIndex(p, topOf(frames)) ?? range;
		} else {
			advance(p);
			const name = p.token;
			if (isIdentifier(name)) advance(p);
			else expect(p, 'identifier');
			designateMember(p, frames, name.text, name.position);
		}
	}

	if (!accept(p, '=') && !is(p, '{')) expect(p, '=');
	return range;
};

/* ---------- Lists ---------- */

/** Repeats what was stored for the first index of `[low ... high]`. */
const repeatRange = (
	state: State,
	range: NonNullable<Range>,
	firstItem: number,
	firstIndex: number,
): void => {
	const {element} = range.frame.type as ArrayType;
	const stored = state.items.slice(firstItem);
	for (let index = firstIndex + 1; index <= range.last; index++) {
		const shift = (index - firstIndex) * element.size;
		for (const item of stored) state.items.push({...item, offset: item.offset + shift});
		state.extent = Math.max(state.extent, range.frame.offset + (index + 1) * element.size);
	}

	range.frame.index = range.last + 1;
};

/** `{` ( designation? initializer `,` )* `}` for an aggregate at `offset`. */
const parseList = (p: Parser, state: State, type: CType, offset: number, isRoot: boolean): void => {
	advance(p);
	const frames = [createFrame(type, offset)];
	const root = topOf(frames);
	if (
		type.kind === 'array' &&
		p.token.kind === tokenKind.string &&
		['}', ','].includes(afterStrings(p)) &&
		type.element.kind === 'integer'
	) {
		const value = p.grammar.assignment(p);
		if (isStringFor(type, value)) addString(p, state, {type, offset, bitField: undefined}, value);
		else place(p, state, frames, value);
		if (isRoot && value.kind === 'string')
			state.length = value.literal.bytes.length / value.literal.alignment;
		accept(p, ',');
		expect(p, '}');
		return;
	}

	while (!is(p, '}') && !isAtEnd(p) && !p.isPanicking) {
		parseElement(p, state, frames);
		if (isRoot) state.length = Math.max(state.length, root.index);
		if (!accept(p, ',')) break;
	}

	expect(p, '}');
};

const afterStrings = (p: Parser): string => {
	let distance = 0;
	while (peek(p, distance).kind === tokenKind.string) distance++;
	return peek(p, distance).text;
};

const parseElement = (p: Parser, state: State, frames: Frame[]): void => {
	const isOldDesignator =
		isIdentifier(p.token) && peek(p).text === ':' && topOf(frames).type.kind === 'record';
	let range: Range;
	if (is(p, '[') || is(p, '.')) {
		range = parseDesignation(p, frames);
	} else if (isOldDesignator) {
		frames.length = 1;
		const name = advance(p);
		advance(p);
		designateMember(p, frames, name.text, name.position);
	} else {
		while (frames.length > 1 && topOf(frames).index >= topOf(frames).count) frames.pop();
	}

	const frame = topOf(frames);
	const isDesignatedUnion =
		frame.type.kind === 'record' && frame.type.record.isUnion && frame.index < frame.members.length;
	if (frame.index >= frame.count && !isDesignatedUnion) {
		skipExcess(p, state, frame);
		return;
	}

	const firstItem = state.items.length;
	const firstIndex = range?.frame.index ?? 0;
	if (is(p, '{')) {
		const target = targetAt(frame, frame.index);
		step(frame);
		if (target) parseBraced(p, state, target);
	} else {
		place(p, state, frames, p.grammar.assignment(p));
	}

	if (range) repeatRange(state, range, firstItem, firstIndex);
};

const skipExcess = (p: Parser, state: State, frame: Frame): void => {
	const {position} = p.token;
	if (!state.hasWarnedExcess) {
		state.hasWarnedExcess = true;
		const kind =
			frame.type.kind === 'array'
				? 'array'
				: frame.type.kind === 'record'
					? frame.type.record.isUnion
						? 'union'
						: 'struct'
					: 'scalar';
		warn(p, position, '', `excess elements in ${kind} initializer`);
	}

	const scratch: State = {items: [], extent: 0, length: 0, hasWarnedExcess: true};
	if (is(p, '{'))
		parseBraced(p, scratch, {
			type: arrayOf(frame.type.kind === 'array' ? frame.type.element : frame.type, undefined),
			offset: 0,
			bitField: undefined,
		});
	else p.grammar.assignment(p);
};

/** A braced initialiser for any target: an aggregate's list, or braces around a scalar. */
const parseBraced = (p: Parser, state: State, target: Target): void => {
	if (isAggregate(target.type)) {
		parseList(p, state, target.type, target.offset, false);
		return;
	}

	const open = advance(p);
	if (is(p, '}')) {
		advance(p);
		return;
	}

	if (is(p, '{')) {
		warn(p, open.position, '', 'braces around scalar initializer');
		parseBraced(p, state, target);
	} else {
		addScalar(p, state, target, p.grammar.assignment(p));
	}

	if (accept(p, ',') && !is(p, '}')) {
		warn(p, p.token.position, '', 'excess elements in scalar initializer');
		while (!is(p, '}') && !isAtEnd(p) && !p.isPanicking) {
			p.grammar.assignment(p);
			if (!accept(p, ',')) break;
		}
	}

	expect(p, '}');
};

const completed = (type: CType, length: number): CType =>
	type.kind === 'array' && type.length === undefined
		? {...arrayOf(type.element, length), qualifiers: type.qualifiers}
		: type;

/** What gcc says of a string whose characters are not those of the array. */
const wrongString = (elementSize: number, characterSize: number): string => {
	if (elementSize === 1) return 'char-array initialized from wide string';
	return characterSize === 1
		? 'wide character array initialized from non-wide string'
		: 'wide character array initialized from incompatible wide string';
};

/** initializer: assignment-expression | `{` initializer-list `,`? `}`, for an object of type `type`. */
export const parseInitializer = (p: Parser, type: CType): ParsedInitializer => {
	const state: State = {items: [], extent: 0, length: 0, hasWarnedExcess: false};
	const target: Target = {type, offset: 0, bitField: undefined};
	const {position} = p.token;
	if (is(p, '{')) {
		if (isAggregate(type)) parseList(p, state, type, 0, true);
		else parseBraced(p, state, target);
		const final = completed(type, state.length);
		return {
			type: final,
			items: state.items,
			isZeroFilled: isAggregate(type),
			extent: Math.max(final.size, state.extent),
		};
	}

	const value = p.grammar.assignment(p);
	if (isStringFor(type, value) && value.kind === 'string') {
		addString(p, state, target, value);
		const final = completed(type, value.literal.bytes.length / value.literal.alignment);
		return {
			type: final,
			items: state.items,
			isZeroFilled: final.size > value.literal.bytes.length,
			extent: final.size,
		};
	}

	if (type.kind === 'array') {
		if (!isErrorType(value.type))
			error(
				p,
				position,
				value.kind === 'string' && type.element.kind === 'integer'
					? wrongString(type.element.size, value.literal.alignment)
					: 'invalid initializer',
			);
		return {type: completed(type, 1), items: [], isZeroFilled: false, extent: type.size};
	}

	if (isScalar(type) || type.kind === 'record') {
		addScalar(p, state, target, value);
		const isEmpty = isErrorType(type);
		return {type, items: isEmpty ? [] : state.items, isZeroFilled: false, extent: type.size};
	}

	error(p, position, 'invalid initializer');
	return {type, items: [], isZeroFilled: false, extent: type.size};
};
