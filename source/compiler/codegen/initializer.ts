/**
 * Initialisation of local variables and compound literals.
 */
import type {InitializerItem, LocalInitializer, VariableSymbol} from '../ast.js';
import {generateInto} from './into.js';
import {storeField} from './bit-field.js';
import {copyTo, store} from './memory.js';
import {addressOf, placeOfVariable, shift} from './place.js';
import {type FunctionState, emit, type MemoryPlace} from './codegen-state.js';

const initializeItem = (f: FunctionState, whole: MemoryPlace, item: InitializerItem): void => {
	const place = shift(f, whole, item.offset);
	const {type, value} = item;
	if (item.bitField) {
		storeField(f, place, type, item.bitField, f.visit.value(f, value), false);
	} else if (value.kind === 'string' && type.kind === 'array') {
		copyTo(f, place, f.visit.value(f, value), Math.min(type.size, value.literal.bytes.length));
	} else if (type.kind === 'record') {
		if (value.kind === 'call') f.visit.call(f, value, -1, place);
		else copyTo(f, place, f.visit.value(f, value), type.size);
	} else {
		store(f, place, type, f.visit.value(f, value));
	}
};

/** Runs the initialiser of a local. */
export const generateInitializer = (
	f: FunctionState,
	symbol: VariableSymbol,
	initializer: LocalInitializer,
): void => {
	const mark = f.top;
	const place = placeOfVariable(f, symbol, symbol.position);
	if (place.kind === 'register') {
		for (const item of initializer.items) generateInto(f, item.value, place.register);
		if (initializer.items.length === 0) emit(f, 'LIL', place.register, 0, 0);
		f.top = mark;
		return;
	}

	if (initializer.isZeroFilled && symbol.type.size > 0) {
		emit(f, 'ZERO', addressOf(f, place), symbol.type.size);
		f.top = mark;
	}

	for (const item of initializer.items) {
		initializeItem(f, place, item);
		f.top = mark;
	}
};
