/** Names and what they stand for: scopes, look-ups, new variables and string literals. */
import type {Position, StringLiteral, VariableSymbol} from '../ast.js';
import type {CType} from '../types/c-types.js';
import {
	createScope,
	type NameEntry,
	type Parser,
	type Scope,
	type TagEntry,
} from './parser-state.js';

export const lookUp = (p: Parser, name: string): NameEntry | undefined => {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		const entry = scope.names.get(name);
		if (entry) return entry;
	}

	return undefined;
};

export const lookUpTag = (p: Parser, tag: string): TagEntry | undefined => {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		const entry = scope.tags.get(tag);
		if (entry) return entry;
	}

	return undefined;
};

export const isFileScope = (p: Parser): boolean => p.scope === p.fileScope;

/** A new local (or parameter, or static local); the caller enters it into a scope. */
export const createVariable = (
	p: Parser,
	name: string,
	type: CType,
	storage: VariableSymbol['storage'],
	position: Position,
	isHidden = false,
): VariableSymbol => {
	const id = p.nextId++;
	const isInFunction = p.function !== undefined || storage === 'local' || storage === 'parameter';
	const symbol: VariableSymbol = {
		kind: 'variable',
		id,
		name,
		storage,
		linkName: storage === 'static' && (p.function || isHidden) ? `${name}.${id}` : name,
		type,
		alignment: type.alignment,
		isAddressTaken: false,
		isThreadLocal: false,
		isDefined: storage !== 'global',
		isWeak: false,
		constant: undefined,
		initializer: undefined,
		position,
		scope: isInFunction && storage !== 'global' ? {start: position, end: 0} : undefined,
		functionName: p.function?.symbol.name,
		uses: 0,
		isAssigned: false,
		isHidden,
	};
	if (storage === 'local') p.locals.push(symbol);
	else if (storage !== 'parameter') p.variables.push(symbol);
	return symbol;
};

/** A hidden local for a value that is needed twice. */
export const createTemporary = (
	p: Parser,
	type: CType,
	position: Position,
	name = '.tmp',
): VariableSymbol => createVariable(p, name, type, 'local', position, true);

export const openScope = (p: Parser): Scope => {
	p.scope = createScope(p.scope);
	return p.scope;
};

export const closeScope = (p: Parser, end: Position): void => {
	for (const variable of p.scope.variables) {
		if (variable.scope) variable.scope.end = end;
	}

	p.scope = p.scope.parent ?? p.fileScope;
};

/** The literal object for these bytes (a terminating zero is included already). */
export const internString = (p: Parser, bytes: Uint8Array, alignment: number): StringLiteral => {
	let key = String.fromCharCode(alignment);
	for (const byte of bytes) key += String.fromCharCode(byte);
	const known = p.strings.get(key);
	if (known) return known;
	const literal: StringLiteral = {kind: 'string-literal', id: p.nextId++, bytes, alignment};
	p.strings.set(key, literal);
	return literal;
};
