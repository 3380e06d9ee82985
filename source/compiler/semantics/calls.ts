/** Function calls (C11 6.5.2.2): callee, arguments, implicit declarations, format strings. */
import type {Expression, FunctionSymbol, Position} from '../ast.js';
import {
	functionType,
	intType,
	isComplete,
	unqualified,
	type CType,
	type FunctionType,
} from '../types/c-types.js';
import {convertForAssignment} from './assignment-conversion.js';
import {decay, errorExpression, promoteArgument} from './conversions.js';
import type {NoteAt} from '../text/diagnostics.js';
import {checkFormat} from './format-check.js';
import {checkSentinel} from './sentinel.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {similarName} from '../parse/similar-name.js';
import {standardHeaderOf} from '../parse/standard-names.js';
import {quotedType} from '../types/type-names.js';

export const createFunctionSymbol = (
	p: Parser,
	name: string,
	type: FunctionType,
	position: Position,
): FunctionSymbol => {
	const symbol: FunctionSymbol = {
		kind: 'function',
		id: p.nextId++,
		name,
		isInternal: false,
		type,
		isDefined: false,
		isWeak: false,
		isNoReturn: false,
		isInline: false,
		isUsed: false,
		position,
		format: undefined,
		sentinel: undefined,
		constructorKind: undefined,
		aliasOf: undefined,
	};
	p.functionSymbols.push(symbol);
	return symbol;
};

/** A copy of what a header declares, entered at file scope; undefined if no bundled header declares the name. */
export const declareFromHeader = (p: Parser, name: string): FunctionSymbol | undefined => {
	const header = standardHeaderOf(name);
	const found = header === undefined ? undefined : p.headerLookup(header, name)?.symbol;
	if (!found) return undefined;
	const symbol = createFunctionSymbol(p, name, found.type, 0);
	symbol.format = found.format;
	symbol.sentinel = found.sentinel;
	symbol.isNoReturn = found.isNoReturn;
	p.globals.set(name, symbol);
	p.fileScope.names.set(name, symbol);
	return symbol;
};

/** A call of a name that nothing declares: warns, names the header, and declares it as that header does, else as int f(). */
export const declareImplicitly = (p: Parser, name: string, position: Position): FunctionSymbol => {
	const header = standardHeaderOf(name);
	const isThere = header !== undefined && p.headerLookup(header, name) !== undefined;
	const notes: NoteAt[] = isThere
		? [[position, `include '<${header}>' or provide a declaration of '${name}'`]]
		: [];
	const similar = isThere ? undefined : similarName(p, name);
	const hint = similar === undefined ? '' : `; did you mean '${similar}'?`;
	warn(
		p,
		position,
		'-Wimplicit-function-declaration',
		`implicit declaration of function '${name}'${hint}`,
		notes,
	);
	const declared = declareFromHeader(p, name);
	if (declared) return declared;
	const symbol = createFunctionSymbol(p, name, functionType(intType, [], false, false), position);
	p.implicitFunctions.add(symbol);
	p.globals.set(name, symbol);
	p.fileScope.names.set(name, symbol);
	return symbol;
};

/** The name of what is called, quoted, for messages. */
const calleeName = (callee: Expression): string => {
	if (callee.kind === 'function' || callee.kind === 'variable') return `'${callee.symbol.name}'`;
	if (callee.kind === 'member') return `'${callee.member.name ?? ''}'`;
	return 'function';
};

const convertArguments = (
	p: Parser,
	type: FunctionType,
	args: readonly Expression[],
	callee: string,
	notePosition: Position,
): Expression[] =>
	args.map((argument, index) => {
		const parameter = type.parameters[index];
		if (parameter) {
			return convertForAssignment(p, argument, unqualified(parameter.type), {
				kind: 'argument',
				number: index + 1,
				callee,
				notePosition,
			});
		}

		const value = decay(argument);
		if (value.type.kind === 'void') {
			error(p, value.position, 'invalid use of void expression');
			return errorExpression(value.position);
		}

		return promoteArgument(value);
	});

export const call = (
	p: Parser,
	calleeIn: Expression,
	argsIn: readonly Expression[],
	position: Position,
): Expression => {
	if (isErrorType(calleeIn.type)) return errorExpression(position);
	const isDirect = calleeIn.kind === 'function';
	const callee = isDirect ? calleeIn : decay(calleeIn);
	const type = isDirect
		? calleeIn.type
		: callee.type.kind === 'pointer'
			? callee.type.target
			: undefined;
	if (type?.kind !== 'function') {
		const object = calleeIn.kind === 'variable' ? calleeIn.symbol : undefined;
		const what = object ? `object '${object.name}'` : 'object';
		const text = `called ${what} is not a function or function pointer`;
		error(p, position, text, object ? [[object.position, 'declared here']] : []);
		return errorExpression(position);
	}

	if (isDirect) calleeIn.symbol.isUsed = true;
	const name = calleeName(calleeIn);
	const declaredAt = isDirect ? calleeIn.symbol.position : 0;
	const notes: readonly NoteAt[] = declaredAt > 0 ? [[declaredAt, 'declared here']] : [];
	if (type.hasPrototype && argsIn.length < type.parameters.length) {
		error(p, calleeIn.position, `too few arguments to function ${name}`, notes);
		return {...errorExpression(position)};
	}

	if (type.hasPrototype && argsIn.length > type.parameters.length && !type.isVariadic) {
		error(p, calleeIn.position, `too many arguments to function ${name}`, notes);
		return {...errorExpression(position)};
	}

	const args = convertArguments(p, type, argsIn, name, declaredAt);
	if (isDirect) {
		const {format, sentinel} = calleeIn.symbol;
		if (format) checkFormat(p, format, args);
		if (sentinel !== undefined)
			checkSentinel(p, sentinel, type.parameters.length, args, calleeIn.position);
	}

	if (type.result.kind === 'record' && !isComplete(type.result)) {
		error(p, position, `calling ${name} with incomplete return type ${quotedType(type.result)}`);
		return errorExpression(position);
	}

	return {
		kind: 'call',
		callee,
		calleeType: type,
		args,
		variadicFrom: type.isVariadic ? type.parameters.length : undefined,
		type: unqualified(type.result),
		position,
	};
};

/** A call of a function of the library that no header declares: what a builtin stands for. */
export const libraryCall = (
	p: Parser,
	name: string,
	result: CType,
	args: readonly Expression[],
	position: Position,
): Expression => {
	const known = p.globals.get(name);
	const parameters = args.map(({type}) => ({name: undefined, type}));
	const type = functionType(result, parameters, false);
	const symbol = known?.kind === 'function' ? known : createFunctionSymbol(p, name, type, position);
	p.globals.set(name, symbol);
	return call(p, {kind: 'function', symbol, type: symbol.type, position}, args, position);
};
