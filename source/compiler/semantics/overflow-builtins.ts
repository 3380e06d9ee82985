/** `__builtin_add_overflow` and its like: calls of the library, which computes in more bits than any type has. */
import type {Expression, Position} from '../ast.js';
import {libraryCall} from './calls.js';
import {castTo, convert, decay, errorExpression} from './conversions.js';
import {
	boolType,
	intType,
	isInteger,
	longLongType,
	longType,
	pointerTo,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	voidType,
	type IntegerType,
} from '../types/c-types.js';
import {integerConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';

/** The type that the name asks for: `sadd`, `umull` … */
const typeOfName: Readonly<Record<string, IntegerType>> = {
	s: intType,
	sl: longType,
	sll: longLongType,
	u: unsignedIntType,
	ul: unsignedLongType,
	ull: unsignedLongLongType,
};

/** Flags of the library's functions: which of the numbers are signed; the result's size in bytes stands above them. */
const signedFlag = {left: 1, right: 2, result: 4} as const;
const sizeFactor = 8;

const flagIf = (value: Expression, flag: number): number =>
	value.type.kind === 'integer' && value.type.isSigned ? flag : 0;

/** Undefined if the name is none of them. */
export const overflowBuiltin = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const match = /^([su]?)(add|sub|mul)(l{0,2})_overflow$/.exec(word);
	if (!match) return undefined;
	const [, sign = '', operation = '', longs = ''] = match;
	const [left, right, result] = args.map(decay);
	const object = result?.type.kind === 'pointer' ? result.type.target : undefined;
	const isRight = left && right && isInteger(left.type) && isInteger(right.type);
	if (!isRight || object?.kind !== 'integer' || object.rank === 0 || args.length !== 3) {
		error(p, position, `'__builtin_${word}' needs two integers and a pointer to an integer`);
		return errorExpression(position);
	}

	const type = typeOfName[sign + longs];
	const numbers = [left, right].map(number => (type ? convert(number, type) : number));
	const flags =
		flagIf(numbers[0]!, signedFlag.left) |
		flagIf(numbers[1]!, signedFlag.right) |
		(object.isSigned ? signedFlag.result : 0);
	const passed = [
		...numbers.map(number => castTo(p, number, unsignedLongType, position)),
		integerConstant(BigInt(flags + object.size * sizeFactor), intType, position),
		convert(result!, pointerTo(voidType), true),
	];
	return convert(libraryCall(p, `__${operation}_overflow`, intType, passed, position), boolType);
};
