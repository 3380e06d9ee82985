/**
 * Initialisers (C11 6.7.9): braces, elided braces, strings, designators (designators.ts), all reduced to a flat list of
 * {offset, type, value} by way of a cursor (initializer-cursor.ts).
 */
import type {Expression, InitializerItem} from '../ast.js';
import {convertForAssignment, warnConstantOverflow} from './assignment-conversion.js';
import {arrayOf, isScalar, unqualified, type CType} from '../types/c-types.js';
import {isIdentifier} from '../text/keywords.js';
import {accept, advance, expect, is, isAtEnd, peek} from '../parse/token-cursor.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {designateMember, parseDesignation, repeatRange, type Range} from './designators.js';
import {
	addItem,
	createFrame,
	createState,
	forget,
	isAggregate,
	takeElement,
	topOf,
	type Frame,
	type State,
	type Target,
} from './initializer-cursor.js';
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
	const type = arrayOf(target.type.element, length);
	forget(state, target.offset, type.size);
	addItem(state, {...target, type}, value);
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
		const target = takeElement(state, frame);
		if (!target) return;
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
	let range: Range | undefined;
	if (is(p, '[') || is(p, '.')) {
		range = parseDesignation(p, state, frames);
	} else if (isOldDesignator) {
		frames.length = 1;
		const name = advance(p);
		advance(p);
		designateMember(p, state, frames, name.text, name.position);
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

	const before = new Set(range ? state.items : []);
	const isBraced = is(p, '{');
	if (isBraced) {
		const target = takeElement(state, frame);
		if (target) parseBraced(p, state, target);
	} else {
		place(p, state, frames, p.grammar.assignment(p));
	}

	if (range) repeatRange(p, state, range, before, isBraced && range.frame === frame);
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

	const scratch: State = {...createState(), hasWarnedExcess: true};
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
		forget(state, target.offset, target.type.size);
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
	const state = createState();
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
