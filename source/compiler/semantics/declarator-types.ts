/** From the parts of a declarator to its type: arrays, variable length arrays and functions of a base type (C11 6.7.6). */
import type {Expression, Position, VariableSymbol} from '../ast.js';
import {
	arrayOf,
	functionType,
	isComplete,
	isInteger,
	isVariableLength,
	sizeType,
	unqualified,
	type ArrayType,
	type CType,
	type FunctionParameter,
} from '../types/c-types.js';
import {integerValue} from './constant-expression.js';
import {convert} from './conversions.js';
import type {Token} from '../text/lexer.js';
import {sizeOf} from './pointer-arithmetic.js';
import {createTemporary, isFileScope} from '../parse/names.js';
import {error} from '../parse/complaints.js';
import {errorType, isErrorType, type Parser, type Scope} from '../parse/parser-state.js';

export type ParameterScope = {
	readonly scope: Scope;
	readonly symbols: readonly VariableSymbol[];
	/** Of a definition of old C: the parameters' names; their types come after the declarator. */
	readonly names: readonly Token[];
};

export type Part =
	| {readonly kind: 'pointer'; readonly qualifiers: number}
	| {
			readonly kind: 'array';
			readonly length: Expression | undefined;
			readonly position: Position;
			readonly qualifiers: number;
	  }
	| {
			readonly kind: 'function';
			readonly parameters: readonly FunctionParameter[];
			readonly isVariadic: boolean;
			readonly hasPrototype: boolean;
			readonly scope: ParameterScope;
			readonly position: Position;
	  };

const isTooLarge = (element: CType, length: bigint): boolean =>
	BigInt(Math.max(1, element.size)) * length > 0x7f_ff_ff_ffn;

export const buildArray = (
	p: Parser,
	element: CType,
	part: Part & {kind: 'array'},
	name: string | undefined,
): CType => {
	const what = name === undefined ? 'type name' : `'${name}'`;
	if (isErrorType(element)) return element;
	if (element.kind === 'function' || element.kind === 'void') {
		error(
			p,
			part.position,
			`declaration of ${what} as array of ${element.kind === 'void' ? 'voids' : 'functions'}`,
		);
		return errorType;
	}

	if (!isComplete(element)) {
		error(
			p,
			part.position,
			element.kind === 'array'
				? `array type has incomplete element type`
				: `array type has incomplete element type '${element.kind === 'record' ? `${element.record.isUnion ? 'union' : 'struct'} ${element.record.tag ?? ''}` : ''}'`,
		);
		return errorType;
	}

	if (!part.length) return arrayOf(element, undefined);
	if (isErrorType(part.length.type)) return arrayOf(element, 1);
	if (!isInteger(part.length.type)) {
		error(p, part.position, `size of array ${what} has non-integer type`);
		return arrayOf(element, 1);
	}

	const value = integerValue(part.length);
	if (value === undefined || isVariableLength(element))
		return buildVariableArray(p, element, part.length, part.position, what);
	if (value < 0n || isTooLarge(element, value)) {
		error(
			p,
			part.position,
			value < 0n ? `size of array ${what} is negative` : `size of array ${what} is too large`,
		);
		return arrayOf(element, 1);
	}

	return arrayOf(element, Number(value));
};

/** The size in bytes goes to a hidden local, computed before the declaration. */
const buildVariableArray = (
	p: Parser,
	element: CType,
	length: Expression,
	position: Position,
	what: string,
): CType => {
	if (isFileScope(p) && !p.function) {
		error(p, position, `variably modified ${what} at file scope`);
		return arrayOf(element, 1);
	}

	const symbol = createTemporary(p, sizeType, position, '.size');
	p.sizeSymbols.set(symbol.id, symbol);
	const elementSize = sizeOf(p, element, position);
	const count = convert(length, sizeType);
	const value: Expression =
		elementSize.kind === 'integer' && elementSize.value === 1n
			? count
			: {kind: 'binary', operator: '*', left: count, right: elementSize, type: sizeType, position};
	const target: Expression = {kind: 'variable', symbol, type: sizeType, position};
	p.pendingStatements.push({
		kind: 'expression',
		expression: {kind: 'assign', target, value, type: sizeType, position},
		position,
	});
	const type: ArrayType = {...arrayOf(element, undefined), variableSize: {symbolId: symbol.id}};
	return type;
};

export const buildFunction = (
	p: Parser,
	result: CType,
	part: Part & {kind: 'function'},
	name: string | undefined,
): CType => {
	const what = name === undefined ? 'type name' : `'${name}'`;
	if (result.kind === 'array' || result.kind === 'function') {
		error(
			p,
			part.position,
			`${what} declared as function returning ${result.kind === 'array' ? 'an array' : 'a function'}`,
		);
		return functionType(errorType, part.parameters, part.isVariadic, part.hasPrototype);
	}

	return functionType(
		isErrorType(result) ? result : unqualified(result),
		part.parameters,
		part.isVariadic,
		part.hasPrototype,
	);
};
