/**
 * Where the next initialiser goes: a stack of frames, one per aggregate that we are inside of without braces of its own; and what
 * was stored so far, as a flat list. Of what is initialised twice the later one stays (C11 6.7.9p19).
 */
import type {Expression, InitializerItem} from '../ast.js';
import {
	unqualified,
	type BitField,
	type CType,
	type Member,
	type RecordDefinition,
} from '../types/c-types.js';

export type Target = {
	readonly type: CType;
	readonly offset: number;
	readonly bitField: BitField | undefined;
};

export type Frame = {
	readonly type: CType;
	readonly offset: number;
	/** Of records: members that take an initialiser. */
	readonly members: readonly Member[];
	/** Number of elements; Infinity for an array without length. */
	readonly count: number;
	/** Element to be initialised next. */
	index: number;
};

export type State = {
	items: InitializerItem[];
	/** Bytes reached. */
	extent: number;
	/** Highest index in the outermost array, plus one. */
	length: number;
	/** The members that unions were initialised by, by the offset of the union. */
	readonly chosen: Map<RecordDefinition, Map<number, Member>>;
	hasWarnedExcess: boolean;
};

export const createState = (): State => ({
	items: [],
	extent: 0,
	length: 0,
	chosen: new Map(),
	hasWarnedExcess: false,
});

export const isAggregate = (type: CType): boolean =>
	type.kind === 'array' || type.kind === 'record';

export const createFrame = (type: CType, offset: number): Frame => {
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

export const topOf = (frames: readonly Frame[]): Frame => frames[frames.length - 1] as Frame;

/** Where an item begins, in bytes. */
const startOf = ({offset, bitField}: InitializerItem): number =>
	offset + (bitField ? bitField.shift >> 3 : 0);

/** Takes away what was stored in `size` bytes at `offset`, for what is about to replace it all. */
export const forget = (state: State, offset: number, size: number): void => {
	if (offset >= state.extent) return;
	const end = offset + size;
	state.items = state.items.filter(item => {
		const start = startOf(item);
		const isWithin = start >= offset && start < end;
		return !isWithin || (!item.bitField && start + item.type.size > end);
	});
};

/** A union holds one member: whatever it was given for another is gone. */
const chooseMember = (state: State, {type, offset, members, index}: Frame): void => {
	const member = members[index];
	if (type.kind !== 'record' || !member) return;
	const choices = state.chosen.get(type.record) ?? new Map<number, Member>();
	state.chosen.set(type.record, choices);
	if (choices.get(offset) !== member) forget(state, offset, type.size);
	choices.set(offset, member);
};

/** The current element, to be initialised now; the frame moves past it. Of a union only one member is initialised. */
export const takeElement = (state: State, frame: Frame): Target | undefined => {
	const target = targetAt(frame, frame.index);
	if (frame.type.kind === 'record' && frame.type.record.isUnion) {
		chooseMember(state, frame);
		frame.index = frame.members.length;
	} else {
		frame.index++;
	}

	return target;
};

/** Goes down into the current element; the frame above continues behind it. */
export const enterElement = (state: State, frames: Frame[]): void => {
	const target = takeElement(state, topOf(frames));
	if (target) frames.push(createFrame(target.type, target.offset));
};

export const addItem = (state: State, target: Target, value: Expression): void => {
	const type = unqualified(target.type);
	state.items.push({offset: target.offset, type, bitField: target.bitField, value});
	state.extent = Math.max(state.extent, target.offset + type.size);
};
