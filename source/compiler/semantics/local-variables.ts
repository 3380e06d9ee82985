/** Locals: automatic, static, of variable length (C11 6.2.4, 6.7.6.2). */
import type {AssignExpression, Expression, Position, Statement, VariableSymbol} from '../ast.js';
import {
	arrayOf,
	isComplete,
	isVariableLength,
	pointerTo,
	unqualified,
	unsignedLongType,
	voidType,
	type CType,
} from '../types/c-types.js';
import {builtinNode} from './builtin-node.js';
import {convert, decay} from './conversions.js';
import {parseInitializer} from './initializers.js';
import {applyAlignment, parseStaticInitializer} from './linkage.js';
import type {Specifiers} from '../parse/specifiers.js';
import {accept, advance, is} from '../parse/token-cursor.js';
import {createVariable} from '../parse/names.js';
import {error} from '../parse/complaints.js';
import {errorType, isErrorType, type Parser} from '../parse/parser-state.js';
import {sizeOf} from './pointer-arithmetic.js';
import {rememberConstant} from './static-data.js';
import {quotedType} from '../types/type-names.js';

export const checkRedeclaration = (p: Parser, name: string, position: Position): void => {
	const known = p.scope.names.get(name);
	if (!known) return;
	if (known.kind === 'variable') known.uses++; // Whatever is meant, one complaint is enough
	const typed = known.kind === 'variable' ? ` with type ${quotedType(known.type)}` : ' is here';
	const notes =
		known.position > 0
			? ([[known.position, `previous definition of '${name}'${typed}`]] as const)
			: [];
	const isParameter = known.kind === 'variable' && known.storage === 'parameter';
	error(
		p,
		position,
		isParameter
			? `'${name}' redeclared as different kind of symbol`
			: is(p, '=')
				? `redefinition of '${name}'`
				: `redeclaration of '${name}' with no linkage`,
		notes,
	);
};

const checkObjectType = (p: Parser, name: string, type: CType, position: Position): CType => {
	if (isComplete(type) || isErrorType(type)) return type;
	if (type.kind === 'void') error(p, position, `variable or field '${name}' declared void`);
	else if (type.kind === 'array') error(p, position, `array size missing in '${name}'`);
	else error(p, position, `storage size of '${name}' isn't known`);
	return errorType;
};

/** `T a[n];`: a hidden pointer to memory from alloca. */
const declareVariableArray = (
	p: Parser,
	name: string,
	type: CType,
	position: Position,
): Statement => {
	const element = type.kind === 'array' ? type.element : type;
	const pointer = createVariable(p, name, pointerTo(element), 'local', position);
	pointer.uses = 1;
	p.scope.variables.push(pointer);
	p.scope.names.set(name, {kind: 'variable-array', pointer, type, position});
	if (p.function) p.function.usesAlloca = true;
	const size = convert(sizeOf(p, type, position), unsignedLongType);
	const memory = builtinNode('alloca', [size], pointerTo(voidType), position);
	const target: Expression = {kind: 'variable', symbol: pointer, type: pointer.type, position};
	const allocation: AssignExpression = {
		kind: 'assign',
		target,
		value: convert(memory, pointer.type),
		type: pointer.type,
		position,
	};
	return {kind: 'variable-array', allocation, position};
};

export const declareStaticLocal = (
	p: Parser,
	name: string,
	type: CType,
	specifiers: Specifiers,
	position: Position,
): void => {
	const symbol = createVariable(p, name, type, 'static', position);
	symbol.isThreadLocal = specifiers.isThreadLocal;
	p.scope.names.set(name, symbol);
	p.scope.variables.push(symbol);
	if (accept(p, '=')) parseStaticInitializer(p, symbol);
	symbol.type = checkObjectType(p, name, symbol.type, position);
	applyAlignment(symbol, specifiers);
};

export const declareLocal = (
	p: Parser,
	name: string,
	typeIn: CType,
	specifiers: Specifiers,
	position: Position,
): readonly Statement[] => {
	checkRedeclaration(p, name, position);
	if (isVariableLength(typeIn)) {
		const statement = declareVariableArray(p, name, typeIn, position);
		if (is(p, '=')) {
			error(p, position, 'variable-sized object may not be initialized');
			advance(p);
			parseInitializer(p, arrayOf(typeIn.kind === 'array' ? typeIn.element : typeIn, undefined));
		}

		return [statement];
	}

	if (specifiers.isThreadLocal)
		error(p, position, `function-scope '${name}' implicitly auto and declared '_Thread_local'`);
	const type =
		is(p, '=') && typeIn.kind === 'array' ? typeIn : checkObjectType(p, name, typeIn, position);
	const symbol = createVariable(p, name, type, 'local', position);
	if (isErrorType(type)) symbol.uses++;
	p.scope.names.set(name, symbol);
	p.scope.variables.push(symbol);
	if (!accept(p, '=')) {
		applyAlignment(symbol, specifiers);
		p.function?.unset.push(symbol);
		return [{kind: 'declaration', symbol, initializer: undefined, position}];
	}

	if (specifiers.isAutoType) return [declareAutoType(p, symbol, position)];
	const before = p.pendingStatements.length;
	const {type: final, items, isZeroFilled} = parseInitializer(p, type);
	p.pendingStatements.length = before;
	symbol.type = final;
	rememberConstant(symbol, items);
	if (symbol.uses > 0) p.function?.unset.push(symbol);
	applyAlignment(symbol, specifiers);
	return [{kind: 'declaration', symbol, initializer: {isZeroFilled, items}, position}];
};

const declareAutoType = (p: Parser, symbol: VariableSymbol, position: Position): Statement => {
	const value = decay(p.grammar.assignment(p));
	symbol.type = unqualified(value.type);
	if (symbol.uses > 0) p.function?.unset.push(symbol);
	symbol.alignment = symbol.type.alignment;
	return {
		kind: 'declaration',
		symbol,
		initializer: {
			isZeroFilled: false,
			items: [{offset: 0, type: symbol.type, bitField: undefined, value}],
		},
		position,
	};
};
