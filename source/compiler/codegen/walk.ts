/**
 * What code generation asks of expressions before it generates them: whether they have effects, which variables they
 * assign, which variables live in registers.
 */
import type {Expression, VariableSymbol} from '../ast.js';
import {isLeaf, someOperand} from '../tree-walk.js';
import {isScalar} from '../types/c-types.js';

/** Whether evaluating `node` may assign the variable (one whose address nobody takes). */
export const assigns = (node: Expression, symbol: VariableSymbol): boolean => {
	if (isLeaf(node)) return false;
	if (node.kind === 'assign' || node.kind === 'compound-assign' || node.kind === 'increment') {
		if (node.target.kind === 'variable' && node.target.symbol === symbol) return true;
	}

	return someOperand(node, operand => assigns(operand, symbol));
};

/** Whether the value is the same before and after any other operand's effects: constants and addresses of objects. */
export const isStable = (node: Expression): boolean => {
	switch (node.kind) {
		case 'integer':
		case 'float':
		case 'function': {
			return true;
		}

		case 'address-of':
		case 'cast': {
			const {operand} = node;
			if (operand.kind === 'variable' || operand.kind === 'string' || operand.kind === 'function') {
				return (
					node.kind === 'address-of' || operand.type.kind === 'array' || operand.kind === 'function'
				);
			}

			return node.kind === 'cast' && isStable(operand);
		}

		default: {
			return false;
		}
	}
};

/** A scalar that the code generator may keep in a register. */
export const livesInRegister = (symbol: VariableSymbol): boolean =>
	(symbol.storage === 'local' || symbol.storage === 'parameter') &&
	!symbol.isAddressTaken &&
	isScalar(symbol.type);
