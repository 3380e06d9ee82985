/** Trees that need a value twice: hidden temporaries, and sequences that fill them first. */
import type {Expression, Position, VariableSymbol} from '../ast.js';
import {createTemporary} from '../parse/names.js';
import type {Parser} from '../parse/parser-state.js';
import {unqualified} from '../types/c-types.js';

export const variableOf = (symbol: VariableSymbol, position: Position): Expression => ({
	kind: 'variable',
	symbol,
	type: symbol.type,
	position,
});

/** One after the other; the last is the value. */
export const sequence = (steps: readonly Expression[], position: Position): Expression =>
	steps.reduce((left, right) => ({kind: 'comma', left, right, type: right.type, position}));

/** Stores `value` in a fresh temporary: the store, and the temporary to read. A constant needs none. */
export const saved = (
	p: Parser,
	value: Expression,
	position: Position,
): {store: Expression | undefined; read: Expression} => {
	if (value.kind === 'integer') return {store: undefined, read: value};
	const type = unqualified(value.type);
	const symbol = createTemporary(p, type, position);
	return {
		store: {kind: 'assign', target: variableOf(symbol, position), value, type, position},
		read: variableOf(symbol, position),
	};
};

export const withStores = (
	stores: ReadonlyArray<Expression | undefined>,
	then: Expression,
	position: Position,
): Expression => sequence([...stores.filter(store => store !== undefined), then], position);
