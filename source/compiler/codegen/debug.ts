/**
 * Debug information: C types and variables in the form that travels with the program.
 */
import type {DebugLocation, DebugType, DebugVariable} from '../../bytecode/debug-info.js';
import type {VariableSymbol} from '../ast.js';
import {fileNumber, type UnitState} from './codegen-state.js';
import type {CType, Member, RecordDefinition} from '../types/c-types.js';
import {locate} from '../text/source-text.js';

/** What makes two types the same for a debugger. Records are the same if their definition is. */
const keyOf = (unit: UnitState, type: CType): unknown => {
	switch (type.kind) {
		case 'void': {
			return 'void';
		}

		case 'integer': {
			return type.enumeration ?? type.name;
		}

		case 'float': {
			return type.name;
		}

		case 'pointer': {
			return `*${debugType(unit, type.target)}`;
		}

		case 'array': {
			return `[${type.length ?? 0}:${type.size}]${debugType(unit, type.element)}`;
		}

		case 'record': {
			return type.record;
		}

		case 'function': {
			return 'function';
		}
	}
};

const recordName = (record: RecordDefinition): string => {
	if (record.tag !== undefined) return `${record.isUnion ? 'union' : 'struct'} ${record.tag}`;
	return record.alias ?? (record.isUnion ? 'union' : 'struct');
};

/** A bit-field's place is told from the byte in which it begins. */
const placeOf = ({
	offset,
	bitField,
}: Member): {readonly offset: number; readonly bits?: readonly [offset: number, width: number]} =>
	bitField
		? {offset: offset + (bitField.shift >> 3), bits: [bitField.shift & 7, bitField.width]}
		: {offset};

const describe = (unit: UnitState, type: CType): DebugType => {
	switch (type.kind) {
		case 'void': {
			return {kind: 'void'};
		}

		case 'integer': {
			if (type.enumeration && type.size === 4) {
				const {tag, constants = []} = type.enumeration;
				return {
					kind: 'enum',
					name: tag === undefined ? 'enum' : `enum ${tag}`,
					constants: constants.map(({name, value}) => [name, value] as const),
				};
			}

			if (type.rank === 0) return {kind: 'bool'};
			const {name, isSigned} = type;
			return {kind: 'integer', name, size: type.size as 1 | 2 | 4 | 8, isSigned};
		}

		case 'float': {
			return {kind: 'float', name: type.name, size: type.size === 4 ? 4 : 8};
		}

		case 'pointer': {
			return {kind: 'pointer', target: debugType(unit, type.target)};
		}

		case 'array': {
			return {
				kind: 'array',
				element: debugType(unit, type.element),
				length: type.length ?? 0,
				size: type.size,
			};
		}

		case 'record': {
			return {
				kind: type.record.isUnion ? 'union' : 'struct',
				name: recordName(type.record),
				size: type.record.size,
				members: (type.record.members ?? []).map(member => ({
					name: member.name ?? '',
					type: debugType(unit, member.type),
					...placeOf(member),
				})),
			};
		}

		case 'function': {
			return {kind: 'function', name: 'function'};
		}
	}
};

/** The index of a type among the unit's debug types. */
export const debugType = (unit: UnitState, type: CType): number => {
	const key = keyOf(unit, type);
	const known = unit.typeIndex.get(key);
	if (known !== undefined) return known;
	// The place is taken first: a record's members may lead back to it.
	const index = unit.types.push({kind: 'void'}) - 1;
	unit.typeIndex.set(key, index);
	unit.types[index] = describe(unit, type);
	return index;
};

export const debugVariable = (
	unit: UnitState,
	symbol: VariableSymbol,
	location: DebugLocation,
): DebugVariable => {
	const place = locate(unit.unit.sourceMap, symbol.position);
	return {
		name: symbol.name,
		type: debugType(unit, symbol.type),
		location,
		file: place ? fileNumber(unit, place.file.name) : 0,
		line: place?.line ?? 0,
	};
};
