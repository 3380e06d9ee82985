/** Arithmetic on constants, exact to 64 bits, wrapping as the machine does. */
import type {
	ArithmeticOperator,
	CompareOperator,
	Expression,
	FloatConstant,
	FunctionSymbol,
	IntegerConstant,
	Position,
	StringLiteral,
	VariableSymbol,
} from '../ast.js';
import {isBool, type CType, type FloatType, type IntegerType} from '../types/c-types.js';

export const wrapInteger = (value: bigint, type: CType): bigint => {
	if (type.kind !== 'integer') return BigInt.asUintN(64, value);
	if (isBool(type)) return value === 0n ? 0n : 1n;
	return type.isSigned ? BigInt.asIntN(type.size * 8, value) : BigInt.asUintN(type.size * 8, value);
};

export const integerConstant = (
	value: bigint,
	type: CType,
	position: Position,
): IntegerConstant => ({
	kind: 'integer',
	value: wrapInteger(value, type),
	type,
	position,
});

export const floatConstant = (
	value: number,
	type: FloatType,
	position: Position,
): FloatConstant => ({
	kind: 'float',
	value: type.name === 'float' ? Math.fround(value) : value,
	type,
	position,
});

export const isConstant = (expression: Expression): expression is IntegerConstant | FloatConstant =>
	expression.kind === 'integer' || expression.kind === 'float';

/** Truth of a constant; undefined if it isn't one. The address of an object counts as true. */
export const constantTruth = (expression: Expression): boolean | undefined => {
	if (expression.kind === 'integer') return expression.value !== 0n;
	if (expression.kind === 'float') return expression.value !== 0;
	return undefined;
};

const limitedBigInt = (value: number): bigint => {
	if (Number.isNaN(value) || Math.abs(value) >= 2 ** 64) return -(2n ** 63n);
	return BigInt(Math.trunc(value));
};

/** A constant converted to a scalar type. */
export const convertConstant = (
	constant: IntegerConstant | FloatConstant,
	type: CType,
	position: Position,
): Expression => {
	if (type.kind === 'float') return floatConstant(Number(constant.value), type, position);
	if (constant.kind === 'integer') return integerConstant(constant.value, type, position);
	if (isBool(type)) return integerConstant(constant.value === 0 ? 0n : 1n, type, position);
	return integerConstant(limitedBigInt(constant.value), type, position);
};

/** The exact result before wrapping; undefined for a division by zero. */
export const exactInteger = (
	operator: ArithmeticOperator,
	left: bigint,
	right: bigint,
	bits: number,
): bigint | undefined => {
	switch (operator) {
		case '+': {
			return left + right;
		}

		case '-': {
			return left - right;
		}

		case '*': {
			return left * right;
		}

		case '/': {
			return right === 0n ? undefined : left / right;
		}

		case '%': {
			return right === 0n ? undefined : left % right;
		}

		case '&': {
			return left & right;
		}

		case '|': {
			return left | right;
		}

		case '^': {
			return left ^ right;
		}

		case '<<': {
			return left << (right & BigInt(bits - 1));
		}

		case '>>': {
			return left >> (right & BigInt(bits - 1));
		}
	}
};

export const foldFloat = (
	operator: ArithmeticOperator,
	left: number,
	right: number,
): number | undefined => {
	switch (operator) {
		case '+': {
			return left + right;
		}

		case '-': {
			return left - right;
		}

		case '*': {
			return left * right;
		}

		case '/': {
			return left / right;
		}

		default: {
			return undefined;
		}
	}
};

export const foldCompare = (
	operator: CompareOperator,
	left: bigint | number,
	right: bigint | number,
): boolean => {
	switch (operator) {
		case '==': {
			return left === right;
		}

		case '!=': {
			return left !== right;
		}

		case '<': {
			return left < right;
		}

		case '<=': {
			return left <= right;
		}

		case '>': {
			return left > right;
		}

		case '>=': {
			return left >= right;
		}
	}
};

/** Smallest and largest value of an integer type. */
export const integerRange = (type: IntegerType): readonly [bigint, bigint] => {
	if (isBool(type)) return [0n, 1n];
	const bits = BigInt(type.size * 8);
	return type.isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
};

/* ---------- Address constants (C11 6.6p9) ---------- */

export type AddressConstant = {
	/** Undefined: an absolute address. */
	readonly target: VariableSymbol | FunctionSymbol | StringLiteral | undefined;
	readonly addend: bigint;
};

const addressOfLvalue = (expression: Expression): AddressConstant | undefined => {
	switch (expression.kind) {
		case 'variable': {
			const {symbol} = expression;
			const isStatic =
				(symbol.storage === 'static' || symbol.storage === 'global') && !symbol.isThreadLocal;
			return isStatic ? {target: symbol, addend: 0n} : undefined;
		}

		case 'string': {
			return {target: expression.literal, addend: 0n};
		}

		case 'function': {
			return {target: expression.symbol, addend: 0n};
		}

		case 'dereference': {
			return addressConstant(expression.operand);
		}

		case 'member': {
			const base = addressOfLvalue(expression.object);
			return base && {target: base.target, addend: base.addend + BigInt(expression.member.offset)};
		}

		default: {
			return undefined;
		}
	}
};

/** The value of an expression that is an address constant or an integer; undefined if only run time can tell. */
export const addressConstant = (expression: Expression): AddressConstant | undefined => {
	switch (expression.kind) {
		case 'integer': {
			return {target: undefined, addend: expression.value};
		}

		case 'address-of': {
			return addressOfLvalue(expression.operand);
		}

		case 'cast': {
			if (expression.conversion === 'array-decay' || expression.conversion === 'function-decay')
				return addressOfLvalue(expression.operand);
			const isSame = expression.type.size === 8 && expression.operand.type.size === 8;
			return isSame && expression.type.kind !== 'float' && expression.operand.type.kind !== 'float'
				? addressConstant(expression.operand)
				: undefined;
		}

		case 'pointer-add': {
			const base = addressConstant(expression.pointer);
			if (!base || expression.index.kind !== 'integer') return undefined;
			const distance = expression.index.value * BigInt(expression.elementSize);
			return {
				target: base.target,
				addend: expression.isSubtraction ? base.addend - distance : base.addend + distance,
			};
		}

		case 'binary': {
			const left = addressConstant(expression.left);
			const right = addressConstant(expression.right);
			if (!left || !right || expression.type.size !== 8) return undefined;
			if (expression.operator === '+' && !right.target)
				return {target: left.target, addend: left.addend + right.addend};
			if (expression.operator === '+' && !left.target)
				return {target: right.target, addend: left.addend + right.addend};
			if (expression.operator === '-' && !right.target)
				return {target: left.target, addend: left.addend - right.addend};
			return undefined;
		}

		case 'pointer-difference': {
			const left = addressConstant(expression.left);
			const right = addressConstant(expression.right);
			if (!left || !right || left.target !== right.target || expression.elementSize === 0)
				return undefined;
			return {
				target: undefined,
				addend: (left.addend - right.addend) / BigInt(expression.elementSize),
			};
		}

		case 'conditional': {
			const truth = constantTruth(expression.condition);
			return truth === undefined
				? undefined
				: addressConstant(truth ? expression.consequent : expression.alternate);
		}

		default: {
			return undefined;
		}
	}
};

/** The absolute address of an lvalue like `((struct s *)0)->m`, for offsetof as people write it. */
export const absoluteAddress = (lvalue: Expression): bigint | undefined => {
	const address = addressOfLvalue(lvalue);
	return address && !address.target ? address.addend : undefined;
};
