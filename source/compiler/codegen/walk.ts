/**
 * What code generation asks of expressions before it generates them: whether they have effects, which variables they
 * assign, whether one is an increment.
 */
import type {
	AssignExpression,
	CompoundAssign,
	Expression,
	LocalInitializer,
	Statement,
	VariableSymbol,
} from '../ast.js';
import type {CType} from '../types/c-types.js';

/** Calls `visit` for each direct operand, in order of evaluation as far as C fixes one. */
export const forEachOperand = (node: Expression, visit: (operand: Expression) => void): void => {
	switch (node.kind) {
		case 'integer':
		case 'float':
		case 'string':
		case 'variable':
		case 'function': {
			return;
		}

		case 'dereference':
		case 'address-of':
		case 'cast':
		case 'unary': {
			visit(node.operand);
			return;
		}

		case 'member': {
			visit(node.object);
			return;
		}

		case 'compound-literal': {
			for (const item of node.initializer.items) visit(item.value);
			return;
		}

		case 'binary':
		case 'compare':
		case 'logical':
		case 'comma':
		case 'pointer-difference': {
			visit(node.left);
			visit(node.right);
			return;
		}

		case 'conditional': {
			visit(node.condition);
			visit(node.consequent);
			visit(node.alternate);
			return;
		}

		case 'assign':
		case 'compound-assign': {
			visit(node.target);
			visit(node.value);
			return;
		}

		case 'increment': {
			visit(node.target);
			return;
		}

		case 'pointer-add': {
			visit(node.pointer);
			visit(node.index);
			return;
		}

		case 'call': {
			visit(node.callee);
			node.args.forEach(visit);
			return;
		}

		case 'builtin': {
			node.args.forEach(visit);
			return;
		}

		case 'statement-expression': {
			forEachExpressionOf(node.body, visit);
			if (node.result) visit(node.result);
		}
	}
};

const visitInitializer = (
	initializer: LocalInitializer | undefined,
	visit: (expression: Expression) => void,
): void => {
	for (const item of initializer?.items ?? []) visit(item.value);
};

/** Calls `visit` for the outermost expressions of a statement and of the statements in it. */
export const forEachExpressionOf = (
	statement: Statement,
	visit: (expression: Expression) => void,
): void => {
	switch (statement.kind) {
		case 'expression': {
			visit(statement.expression);
			return;
		}

		case 'declaration': {
			visitInitializer(statement.initializer, visit);
			return;
		}

		case 'block': {
			for (const inner of statement.statements) forEachExpressionOf(inner, visit);
			return;
		}

		case 'if': {
			visit(statement.condition);
			forEachExpressionOf(statement.consequent, visit);
			if (statement.alternate) forEachExpressionOf(statement.alternate, visit);
			return;
		}

		case 'while':
		case 'do':
		case 'switch': {
			visit(statement.condition);
			forEachExpressionOf(statement.body, visit);
			return;
		}

		case 'for': {
			for (const inner of statement.initializer) forEachExpressionOf(inner, visit);
			if (statement.condition) visit(statement.condition);
			if (statement.step) visit(statement.step);
			forEachExpressionOf(statement.body, visit);
			return;
		}

		case 'case':
		case 'label': {
			forEachExpressionOf(statement.body, visit);
			return;
		}

		case 'return': {
			if (statement.value) visit(statement.value);
			return;
		}

		case 'computed-goto': {
			visit(statement.address);
			return;
		}

		case 'break':
		case 'continue':
		case 'goto':
		case 'empty': {
			return;
		}
	}
};

const isLeaf = (node: Expression): boolean =>
	node.kind === 'integer' ||
	node.kind === 'variable' ||
	node.kind === 'float' ||
	node.kind === 'string' ||
	node.kind === 'function';

/** Whether evaluating `node` may assign the variable (one whose address nobody takes). */
export const assigns = (node: Expression, symbol: VariableSymbol): boolean => {
	if (isLeaf(node)) return false;
	if (node.kind === 'assign' || node.kind === 'compound-assign' || node.kind === 'increment') {
		if (node.target.kind === 'variable' && node.target.symbol === symbol) return true;
	}

	let found = false;
	forEachOperand(node, operand => {
		found ||= assigns(operand, symbol);
	});
	return found;
};

/** Whether evaluating `node` reads or writes the variable. */
export const mentions = (node: Expression, symbol: VariableSymbol): boolean => {
	if (node.kind === 'variable') return node.symbol === symbol;
	let found = false;
	forEachOperand(node, operand => {
		found ||= mentions(operand, symbol);
	});
	return found;
};

/** Whether evaluating `node` can change anything: calls, assignments, builtins, statements. */
export const hasEffects = (node: Expression): boolean => {
	if (isLeaf(node)) return false;
	switch (node.kind) {
		case 'assign':
		case 'compound-assign':
		case 'increment':
		case 'call':
		case 'builtin':
		case 'statement-expression': {
			return true;
		}

		default: {
			let found = false;
			forEachOperand(node, operand => {
				found ||= hasEffects(operand);
			});
			return found;
		}
	}
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
	isScalarType(symbol.type);

const isScalarType = (type: CType): boolean =>
	type.kind === 'integer' || type.kind === 'pointer' || type.kind === 'float';

/** Whether two lvalues without side effects are certainly the same object, syntactically. */
const isSameLvalue = (left: Expression, right: Expression): boolean => {
	if (left.kind === 'variable') return right.kind === 'variable' && left.symbol === right.symbol;
	if (left.kind === 'dereference') {
		return right.kind === 'dereference' && isSameLvalue(left.operand, right.operand);
	}

	if (left.kind === 'member') {
		return (
			right.kind === 'member' &&
			left.member === right.member &&
			isSameLvalue(left.object, right.object)
		);
	}

	if (left.kind === 'integer') return right.kind === 'integer' && left.value === right.value;
	if (left.kind === 'cast') {
		return (
			right.kind === 'cast' &&
			left.conversion === right.conversion &&
			isSameLvalue(left.operand, right.operand)
		);
	}

	if (left.kind === 'pointer-add') {
		return (
			right.kind === 'pointer-add' &&
			left.isSubtraction === right.isSubtraction &&
			left.elementSize === right.elementSize &&
			isSameLvalue(left.pointer, right.pointer) &&
			isSameLvalue(left.index, right.index)
		);
	}

	return false;
};

const constantOf = (node: Expression): bigint | undefined =>
	node.kind === 'integer' ? node.value : undefined;

/** An expression that adds a constant to an object: `x++`, `x -= 2`, `x = x + 1`, `p++`. */
export type Increment = {
	readonly target: Expression;
	/** What is added to the representation (pointers: bytes). */
	readonly delta: bigint;
	/** Written so that its value is the one before. */
	readonly isPostfix: boolean;
};

/** Conversions that keep the low `size` bytes, taken away. */
const withoutConversions = (node: Expression, size: number): Expression =>
	node.kind === 'cast' &&
	(node.conversion === 'integer' || node.conversion === 'pointer') &&
	node.type.size >= size
		? withoutConversions(node.operand, size)
		: node;

/** `x + c`, `c + x`, `x - c` on the lvalue `target`, as the constant. */
const addedConstant = (target: Expression, value: Expression): bigint | undefined => {
	const {size} = target.type;
	const sum = withoutConversions(value, size);
	if (sum.kind === 'binary' && (sum.operator === '+' || sum.operator === '-')) {
		const right = constantOf(sum.right);
		if (right !== undefined && isSameLvalue(target, withoutConversions(sum.left, size))) {
			return sum.operator === '+' ? right : -right;
		}

		const left = constantOf(sum.left);
		if (
			left !== undefined &&
			sum.operator === '+' &&
			isSameLvalue(target, withoutConversions(sum.right, size))
		) {
			return left;
		}
	}

	if (sum.kind === 'pointer-add') {
		const index = constantOf(sum.index);
		if (index !== undefined && isSameLvalue(target, withoutConversions(sum.pointer, size))) {
			return (sum.isSubtraction ? -index : index) * BigInt(sum.elementSize);
		}
	}

	return undefined;
};

/** Integers and pointers only: floats and _Bool don't count. */
const isCountable = (type: CType): boolean =>
	type.kind === 'pointer' || (type.kind === 'integer' && type.rank > 0);

/** The increment that `node` is, or undefined. */
export const asIncrement = (node: Expression): Increment | undefined => {
	if (node.kind === 'increment') {
		if (!isCountable(node.target.type) || node.computeType.kind === 'float') return undefined;
		return {
			target: node.target,
			delta: BigInt(node.delta) * BigInt(node.elementSize ?? 1),
			isPostfix: !node.isPrefix,
		};
	}

	if (node.kind === 'compound-assign' && (node.operator === '+' || node.operator === '-')) {
		const value = constantOf(node.value);
		if (value === undefined || !isCountable(node.target.type)) return undefined;
		if (node.computeType.kind === 'float') return undefined;
		const delta = value * BigInt(node.elementSize ?? 1);
		return {target: node.target, delta: node.operator === '+' ? delta : -delta, isPostfix: false};
	}

	if (node.kind === 'assign' && isCountable(node.target.type)) {
		const delta = addedConstant(node.target, node.value);
		return delta === undefined ? undefined : {target: node.target, delta, isPostfix: false};
	}

	return undefined;
};

const isConstantNumber = (node: Expression): boolean =>
	node.kind === 'integer' ||
	node.kind === 'float' ||
	(node.kind === 'cast' && isConstantNumber(node.operand));

const withoutCast = (node: Expression): Expression => (node.kind === 'cast' ? node.operand : node);

/** `x = x + c` and `x = x - c`, for arithmetic types, as `x += c`: one conversion before and one after are its own. */
export const asCountingCompound = (node: AssignExpression): CompoundAssign | undefined => {
	const {target, position} = node;
	const sum = withoutCast(node.value);
	if (sum.kind !== 'binary' || (sum.operator !== '+' && sum.operator !== '-')) return undefined;
	const {left, right, operator, type: computeType} = sum;
	if (computeType.kind !== 'integer' && computeType.kind !== 'float') return undefined;
	const isArithmetic =
		target.type.kind === 'float' ? computeType.kind === 'float' : isCountable(target.type);
	if (!isArithmetic || !isConstantNumber(right)) return undefined;
	if (!isSameLvalue(target, withoutCast(left))) return undefined;
	const {type} = node;
	return {
		kind: 'compound-assign',
		type,
		position,
		operator,
		target,
		value: right,
		computeType,
		elementSize: undefined,
	};
};

/** An expression that adds a constant to a floating-point object. */
export const isFloatCount = (node: Expression): boolean => {
	switch (node.kind) {
		case 'increment':
			return node.target.type.kind === 'float';
		case 'compound-assign':
			return (
				(node.operator === '+' || node.operator === '-') &&
				node.target.type.kind === 'float' &&
				isConstantNumber(node.value)
			);
		case 'assign':
			return node.target.type.kind === 'float' && asCountingCompound(node) !== undefined;
		default:
			return false;
	}
};
