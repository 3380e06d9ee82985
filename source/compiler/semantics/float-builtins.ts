/** gcc's builtins on floating-point numbers: special values, classes of numbers, comparisons that NaN does not disturb. */
import type {CompareOperator, Expression, Position} from '../ast.js';
import {compare, logical} from './binary-operators.js';
import {libraryCall} from './calls.js';
import {convert, decay} from './conversions.js';
import {
	doubleType,
	floatType,
	intType,
	isArithmetic,
	longDoubleType,
	type FloatType,
} from '../types/c-types.js';
import {builtinNode} from './builtin-node.js';
import {floatConstant} from './fold.js';
import type {Parser} from '../parse/parser-state.js';
import {saved, withStores} from './temporaries.js';
import {unary} from './unary-operators.js';

const typeOfSuffix: Readonly<Record<string, FloatType>> = {
	'': doubleType,
	f: floatType,
	l: longDoubleType,
};

/** The smallest normal double. */
const smallestNormal = 2 ** -1022;

const magnitude = (value: Expression, position: Position): Expression =>
	builtinNode('math1:fabs', [value], doubleType, position);

/** Of one number; `isnormal` and the like are true for both signs. */
const classes: Readonly<
	Record<string, (p: Parser, value: Expression, position: Position) => Expression>
> = {
	isnan: (p, value, position) => {
		const {store, read} = saved(p, value, position);
		return withStores([store], compare(p, '!=', read, read, position), position);
	},
	isinf: (p, value, position) =>
		compare(p, '==', magnitude(value, position), infinity(position), position),
	isfinite: (p, value, position) =>
		compare(p, '<', magnitude(value, position), infinity(position), position),
	isnormal: (p, value, position) => {
		const {store, read} = saved(p, magnitude(value, position), position);
		const smallest = floatConstant(smallestNormal, doubleType, position);
		const isNormal = logical(
			p,
			'&&',
			compare(p, '>=', read, smallest, position),
			compare(p, '<', read, infinity(position), position),
			position,
		);
		return withStores([store], isNormal, position);
	},
	signbit: (p, value, position) => libraryCall(p, '__signbit', intType, [value], position),
};

const infinity = (position: Position): Expression => floatConstant(Infinity, doubleType, position);

const comparisons: Readonly<Record<string, CompareOperator>> = {
	isgreater: '>',
	isgreaterequal: '>=',
	isless: '<',
	islessequal: '<=',
};

/** Whether the numbers differ, or can't be compared at all. */
const ordering = (
	p: Parser,
	[left, right]: readonly [Expression, Expression],
	isUnorderedWanted: boolean,
	position: Position,
): Expression => {
	const a = saved(p, convert(left, doubleType), position);
	const b = saved(p, convert(right, doubleType), position);
	const isAbove = compare(p, '>', a.read, b.read, position);
	const second = compare(p, isUnorderedWanted ? '<=' : '<', a.read, b.read, position);
	const either = logical(p, '||', isAbove, second, position);
	const result = isUnorderedWanted ? unary(p, '!', either, position) : either;
	return withStores([a.store, b.store], result, position);
};

/** A call of such a builtin by name; undefined if there is none of that name, or the arguments are no numbers. */
export const floatBuiltin = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const special = /^(huge_val|inf|nan)([fl]?)$/.exec(word);
	if (special) {
		const value = special[1] === 'nan' ? Number.NaN : Infinity;
		return floatConstant(value, typeOfSuffix[special[2] ?? ''] ?? doubleType, position);
	}

	const [left, right] = args.map(decay);
	if (!left || !isArithmetic(left.type) || (right && !isArithmetic(right.type))) return undefined;
	const classify = classes[/^(is(?:nan|inf|finite|normal)|signbit)[fl]?$/.exec(word)?.[1] ?? ''];
	if (classify && args.length === 1) return classify(p, convert(left, doubleType), position);
	if (!right || args.length !== 2) return undefined;
	const operator = Object.hasOwn(comparisons, word) ? comparisons[word] : undefined;
	if (operator) return compare(p, operator, left, right, position);
	return word === 'isunordered' || word === 'islessgreater'
		? ordering(p, [left, right], word === 'isunordered', position)
		: undefined;
};
