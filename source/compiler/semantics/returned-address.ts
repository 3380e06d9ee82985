/** -Wreturn-local-addr: `return &local;`, `return local_array;`: the object is gone when the caller looks. */
import type {Expression} from '../ast.js';
import {warn} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';

/** Whether an lvalue lies in an object that ends with the function. */
const isInFrame = (lvalue: Expression): boolean => {
	switch (lvalue.kind) {
		case 'variable':
			return lvalue.symbol.storage === 'local' || lvalue.symbol.storage === 'parameter';
		case 'member':
			return isInFrame(lvalue.object);
		case 'dereference':
			return isLocalAddress(lvalue.operand);
		default:
			return false;
	}
};

/** Whether a value is plainly the address of such an object. What went through a variable is not followed. */
const isLocalAddress = (value: Expression): boolean => {
	switch (value.kind) {
		case 'address-of':
			return isInFrame(value.operand);
		case 'cast':
			return value.conversion === 'array-decay'
				? isInFrame(value.operand)
				: value.conversion === 'pointer' && isLocalAddress(value.operand);
		case 'pointer-add':
			return isLocalAddress(value.pointer);
		case 'conditional':
			return isLocalAddress(value.consequent) || isLocalAddress(value.alternate);
		case 'comma':
			return isLocalAddress(value.right);
		default:
			return false;
	}
};

/** Checks the value of a `return`, converted to the result's type. */
export const checkReturnedAddress = (p: Parser, value: Expression): void => {
	if (value.type.kind === 'pointer' && isLocalAddress(value))
		warn(p, value.position, '-Wreturn-local-addr', 'function returns address of local variable');
};
