/**
 * Expressions. A value is generated into a wanted register if there is one, else a variable's own register is the
 * operand in place, else a temporary is taken from the top of the register stack.
 *
 * A wanted register is written last, when everything the expression reads has been read: it may be the register of a
 * variable that the expression itself uses.
 */
import type {
	AssignExpression,
	CastExpression,
	CompoundAssign,
	ConditionalExpression,
	Expression,
	IncrementExpression,
	LogicalExpression,
	PointerDifference,
	UnaryExpression,
} from './ast.js';
import {
	compareFloats,
	constantValue,
	convert,
	emitArithmetic,
	emitComparison,
	emitInteger,
	generateOperands,
	inRegister,
	isCommutative,
	negated,
	type Operand,
	prepareComparison,
	scaleOperand,
} from './codegen-arithmetic.js';
import {
	addressOf,
	asMemory,
	copyTo,
	countInMemory,
	load,
	isScale,
	loadField,
	narrowIndex,
	pin,
	pinPlace,
	store,
	storeField,
} from './codegen-place.js';
import {
	allocate,
	emit,
	emitAddress,
	emitConstant,
	emitDouble,
	emitJump,
	emitMove,
	type FunctionState,
	kindOf,
	type MemoryPlace,
	newLabel,
	none,
	ownerOf,
	type Place,
	placeLabel,
	type Register,
	resultRegister,
} from './codegen-state.js';
import {asIncrement, hasEffects} from './codegen-walk.js';
import type {BitField, CType} from './c-types.js';

/** Generates the value into exactly this register. */
export const generateInto = (f: FunctionState, node: Expression, register: Register): void => {
	const mark = f.top;
	const value = f.visit.value(f, node, register);
	emitMove(f, kindOf(node.type), register, value);
	f.top = mark;
};

/** The value of a scalar, or the address of a record or array. */
export const generateValue = (f: FunctionState, node: Expression, wanted: Register = none): Register => {
	const mark = f.top;
	switch (node.kind) {
		case 'integer': {
			const to = resultRegister(f, mark, wanted);
			emitConstant(f, kindOf(node.type), to, node.value);
			return to;
		}

		case 'float': {
			const to = resultRegister(f, mark, wanted);
			emitDouble(f, to, node.value);
			return to;
		}

		case 'string':
		case 'variable':
		case 'dereference':
		case 'member':
		case 'compound-literal': {
			return generateLvalue(f, node, mark, wanted);
		}

		case 'function': {
			const to = resultRegister(f, mark, wanted);
			emitAddress(f, to, node.symbol, 0, node.position);
			return to;
		}

		case 'address-of': {
			if (node.operand.kind === 'function') return f.visit.value(f, node.operand, wanted);
			return generateAddress(f, f.visit.place(f, node.operand), mark, wanted);
		}

		case 'cast': {
			return generateCast(f, node, mark, wanted);
		}

		case 'unary': {
			return generateUnary(f, node, mark, wanted);
		}

		case 'binary': {
			const canSwap = node.type.kind === 'integer' && isCommutative(node.operator);
			const [left, right] = generateOperands(f, node.left, node.right, canSwap);
			return emitArithmetic(f, node.operator, node.type, left, right, mark, wanted);
		}

		case 'compare': {
			if (node.left.type.kind === 'float') {
				return compareFloats(f, node.operator, node.left, node.right, wanted);
			}

			const comparison = prepareComparison(f, node.operator, node.left, node.right);
			const to = resultRegister(f, mark, wanted);
			emitComparison(f, to, comparison);
			return to;
		}

		case 'logical': {
			return generateTruth(f, node, mark, wanted);
		}

		case 'conditional': {
			return generateConditional(f, node, mark, wanted);
		}

		case 'comma': {
			f.visit.effects(f, node.left);
			f.top = mark;
			return f.visit.value(f, node.right, wanted);
		}

		case 'assign': {
			return generateAssign(f, node, true);
		}

		case 'compound-assign': {
			return generateCompound(f, node, true);
		}

		case 'increment': {
			return generateIncrement(f, node, mark, wanted);
		}

		case 'pointer-add': {
			return generateAddress(f, f.visit.target(f, node, false), mark, wanted);
		}

		case 'pointer-difference': {
			return generateDifference(f, node, mark, wanted);
		}

		case 'call': {
			return f.visit.call(f, node, wanted, undefined);
		}

		case 'builtin': {
			return f.visit.builtin(f, node, wanted);
		}

		case 'statement-expression': {
			return f.visit.statementExpression(f, node, wanted);
		}
	}
};

/* ---------- Reading ---------- */

const isInMemory = (type: CType): boolean => type.kind === 'record' || type.kind === 'array';

const bitFieldOf = (node: Expression): BitField | undefined =>
	node.kind === 'member' ? node.member.bitField : undefined;

const generateLvalue = (f: FunctionState, node: Expression, mark: Register, wanted: Register): Register => {
	const place = f.visit.place(f, node);
	if (place.kind === 'register') return place.register;
	if (isInMemory(node.type)) return generateAddress(f, place, mark, wanted);
	if (node.type.kind === 'function') return generateAddress(f, place, mark, wanted);
	const field = bitFieldOf(node);
	return field
		? loadField(f, place, node.type, field, wanted, mark)
		: load(f, place, node.type, wanted, mark);
};

const generateAddress = (f: FunctionState, place: Place, mark: Register, wanted: Register): Register => {
	if (place.kind === 'register') throw new Error('the address of a register variable is taken');
	if (place.kind === 'memory' && place.offset === 0 && !place.thread) return place.base;
	return addressOf(f, place, resultRegister(f, mark, wanted));
};

const generateCast = (f: FunctionState, node: CastExpression, mark: Register, wanted: Register): Register => {
	const {operand, conversion, type} = node;
	switch (conversion) {
		case 'pointer':
		case 'integer-to-pointer':
		case 'pointer-to-integer':
		case 'function-decay': {
			return f.visit.value(f, operand, wanted);
		}

		case 'array-decay': {
			return generateAddress(f, f.visit.place(f, operand), mark, wanted);
		}

		case 'void': {
			f.visit.effects(f, operand);
			return none;
		}

		case 'boolean': {
			if (isTruthValue(operand)) return f.visit.value(f, operand, wanted);
			break;
		}

		case 'integer': {
			if (type.size < 8 && operand.type.size === 8) {
				const low = generateLow(f, operand, wanted);
				return convert(f, {...operand.type, size: 4} as CType, type, low, mark, wanted);
			}

			break;
		}

		default: {
			break;
		}
	}

	const isFree = conversion === 'integer' && !needsConversion(operand.type, type);
	const from = f.visit.value(f, operand, isFree ? wanted : none);
	return convert(f, operand.type, type, from, mark, wanted);
};

/** Operators whose low 32 bits depend on the low 32 bits of their operands only. */
const lowOperators: ReadonlySet<string> = new Set(['+', '-', '*', '&', '|', '^']);

/** The low 32 bits of a 64-bit integer expression, computed with 32-bit instructions where that is the same. */
export const generateLow = (f: FunctionState, node: Expression, wanted: Register = none): Register => {
	const mark = f.top;
	if (node.kind === 'cast' && node.conversion === 'integer' && node.operand.type.size <= 4) {
		return f.visit.value(f, node.operand, wanted);
	}

	const isLow = node.kind === 'binary' && lowOperators.has(node.operator);
	if (!isLow || hasEffects(node.left) || hasEffects(node.right)) return f.visit.value(f, node, wanted);
	const left = generateLow(f, node.left);
	const constant = constantValue(node.right);
	const right: Operand =
		constant === undefined
			? {kind: 'register', register: generateLow(f, node.right)}
			: {kind: 'constant', value: BigInt.asIntN(32, constant)};
	return emitInteger(f, node.operator, 'w', true, left, right, mark, wanted);
};

const generateUnary = (f: FunctionState, node: UnaryExpression, mark: Register, wanted: Register): Register => {
	const {operand, operator} = node;
	if (operator === '!') return generateNot(f, operand, mark, wanted);
	const from = f.visit.value(f, operand);
	const to = resultRegister(f, mark, wanted);
	const kind = kindOf(node.type);
	if (kind === 'f') emit(f, 'FNEG', to, from);
	else if (operator === '-') emit(f, kind === 'l' ? 'NEGL' : 'NEG', to, from);
	else emit(f, kind === 'l' ? 'NOTL' : 'NOT', to, from);
	return to;
};

const generateNot = (f: FunctionState, operand: Expression, mark: Register, wanted: Register): Register => {
	if (operand.kind === 'compare' && operand.left.type.kind !== 'float') {
		const comparison = prepareComparison(f, negated[operand.operator], operand.left, operand.right);
		const to = resultRegister(f, mark, wanted);
		emitComparison(f, to, comparison);
		return to;
	}

	if (operand.kind === 'logical') {
		const {type, position} = operand;
		return generateTruth(f, {kind: 'unary', operator: '!', operand, type, position}, mark, wanted);
	}

	const from = f.visit.value(f, operand);
	if (operand.type.kind === 'float') {
		const zero = allocate(f);
		emitDouble(f, zero, 0);
		const to = resultRegister(f, mark, wanted);
		emit(f, 'FEQ', to, from, zero);
		return to;
	}

	const to = resultRegister(f, mark, wanted);
	emit(f, kindOf(operand.type) === 'w' ? 'EQI' : 'EQLI', to, from, 0);
	return to;
};

const generateDifference = (f: FunctionState, node: PointerDifference, mark: Register, wanted: Register): Register => {
	const [left, right] = generateOperands(f, node.left, node.right, false);
	const to = resultRegister(f, mark, wanted);
	const difference = node.elementSize === 1 ? to : allocate(f);
	emit(f, 'SUBL', difference, left, inRegister(f, right, 'l'));
	if (node.elementSize <= 1) return to;
	const log = Math.log2(node.elementSize);
	if (Number.isInteger(log)) {
		emit(f, 'SARLI', to, difference, log);
		return to;
	}

	const size = allocate(f);
	emitConstant(f, 'l', size, BigInt(node.elementSize));
	emit(f, 'DIVL', to, difference, size);
	return to;
};

/* ---------- Truth values and choices ---------- */

/** Expressions that are 0 or 1 already. */
const isTruthValue = (node: Expression): boolean =>
	node.kind === 'compare' ||
	node.kind === 'logical' ||
	(node.kind === 'unary' && node.operator === '!') ||
	(node.type.kind === 'integer' && node.type.rank === 0);

/** 0 or 1 by way of branches. */
const generateTruth = (
	f: FunctionState,
	node: LogicalExpression | UnaryExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const end = newLabel(f);
	const isFree = wanted === none || ownerOf(f, wanted) === undefined;
	const to = resultRegister(f, mark, wanted);
	if (isFree) {
		emit(f, 'LI', to, 1);
		f.visit.jumpIf(f, node, true, end);
		emit(f, 'LI', to, 0);
	} else {
		const isFalse = newLabel(f);
		f.visit.jumpIf(f, node, false, isFalse);
		emit(f, 'LI', to, 1);
		emitJump(f, end);
		placeLabel(f, isFalse);
		emit(f, 'LI', to, 0);
	}

	placeLabel(f, end);
	f.top = Math.max(mark, wanted === none ? to + 2 : mark);
	return to;
};

const generateConditional = (
	f: FunctionState,
	node: ConditionalExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const otherwise = newLabel(f);
	const end = newLabel(f);
	f.visit.jumpIf(f, node.condition, false, otherwise);
	f.top = mark;
	const to = resultRegister(f, mark, wanted);
	generateInto(f, node.consequent, to);
	emitJump(f, end);
	placeLabel(f, otherwise);
	generateInto(f, node.alternate, to);
	placeLabel(f, end);
	return to;
};

/* ---------- Writing ---------- */

/** The register that an lvalue is, or `none` if it is in memory. */
const registerOf = (f: FunctionState, target: Expression): Register => {
	if (target.kind !== 'variable' || target.type.kind === 'record') return none;
	return f.registers.get(target.symbol) ?? none;
};

/**
 * `lvalue = value`; returns the value stored (a record's address), which is only made available if `isUsed`. C leaves the
 * order open; as with gcc, the value comes first, unless it is the result of a call as it stands.
 */
const generateAssign = (f: FunctionState, node: AssignExpression, isUsed: boolean): Register => {
	const {target, value} = node;
	const register = registerOf(f, target);
	if (register !== none) {
		generateInto(f, value, register);
		return register;
	}

	const isRecord = isInMemory(target.type);
	if (value.kind === 'call') {
		const place = pinPlace(f, inMemory(f.visit.place(f, target)), value);
		if (!isRecord) return storeValue(f, place, target, f.visit.value(f, value), isUsed);
		const result = f.visit.call(f, value, none, place);
		return isUsed ? result : none;
	}

	const isCut = !isUsed && !isRecord && !bitFieldOf(target);
	const from = f.visit.value(f, isCut ? withoutNarrowing(value, target.type) : value);
	const pinned = pin(f, from, pinKind(value.type), target);
	const place = inMemory(f.visit.place(f, target));
	if (!isRecord) return storeValue(f, place, target, pinned, isUsed);
	copyTo(f, place, pinned, value.type.size);
	return isUsed ? addressOf(f, place) : none;
};

const inMemory = (place: Place): MemoryPlace => {
	if (place.kind === 'register') throw new Error('a register where memory was expected');
	return place;
};

const pinKind = (type: CType): 'w' | 'l' | 'f' | 'm' => {
	const kind = kindOf(type);
	return kind === 'v' ? 'l' : kind;
};

/** Stores a scalar; returns it as it can be read back. */
const storeValue = (
	f: FunctionState,
	place: MemoryPlace,
	target: Expression,
	value: Register,
	isUsed: boolean,
): Register => {
	const field = bitFieldOf(target);
	if (field) return storeField(f, place, target.type, field, value, isUsed);
	store(f, place, target.type, value);
	return value;
};

/** A store takes the low bits only, so a conversion to the stored width beforehand is for nothing. */
const withoutNarrowing = (node: Expression, type: CType): Expression => {
	if (node.kind !== 'cast' || node.conversion !== 'integer' || type.kind !== 'integer') return node;
	const {operand} = node;
	const isNarrowing = operand.type.kind === 'integer' && operand.type.size >= type.size;
	return type.size < 4 && isNarrowing && operand.type.size <= 4 ? withoutNarrowing(operand, type) : node;
};

/** Whether computing in the target's own 32 bits gives the same as computing in `computeType` and converting back. */
const canComputeNarrow = (node: CompoundAssign): boolean =>
	node.target.type.kind === 'integer' &&
	node.target.type.rank > 0 &&
	node.target.type.size <= 4 &&
	node.computeType.kind === 'integer' &&
	node.computeType.size === 8 &&
	lowOperators.has(node.operator);

/** The new value of the target of `op=`, from the old one, in the target's type. */
const computeCompound = (
	f: FunctionState,
	node: CompoundAssign,
	old: Register,
	right: Operand,
	wanted: Register,
): Register => {
	const mark = f.top;
	const {type} = node.target;
	const isNarrow = canComputeNarrow(node);
	const {computeType, operator} = node;
	if (pointerIndex(node) && right.kind === 'register') {
		const to = resultRegister(f, mark, wanted);
		emit(f, `PADD${node.elementSize as 1 | 2 | 4 | 8}`, to, old, right.register);
		return to;
	}

	const isDirect = isNarrow ? type.size === 4 : !needsConversion(computeType, type);
	const operationTarget = isDirect ? wanted : none;
	if (isNarrow) {
		const sum = emitInteger(f, operator, 'w', true, old, right, mark, operationTarget);
		return isDirect ? sum : convert(f, {...type, size: 4} as CType, type, sum, mark, wanted);
	}

	const operand =
		computeType.kind === 'pointer' ? scaleOperand(f, right, node.elementSize ?? 1) : right;
	const left = computeType.kind === 'pointer' ? old : convert(f, type, computeType, old, mark);
	const result =
		computeType.kind === 'pointer'
			? emitInteger(f, operator, 'l', false, left, operand, mark, operationTarget)
			: emitArithmetic(f, operator, computeType, left, operand, f.top, operationTarget);
	return isDirect ? result : convert(f, computeType, type, result, mark, wanted);
};

/** The 32-bit index if the node is `p += i` with elements of a size that PADD can scale. */
const pointerIndex = (node: CompoundAssign): Expression | undefined =>
	node.computeType.kind === 'pointer' && node.operator === '+' && isScale(node.elementSize)
		? narrowIndex(node.value)
		: undefined;

/** Whether a conversion between the types takes an instruction. */
const needsConversion = (source: CType, type: CType): boolean => {
	if (source.kind === 'pointer' || type.kind === 'pointer') return false;
	if (source.kind !== type.kind) return true;
	if (source.kind === 'float') return source.size !== type.size;
	return type.size < 4 || source.size < type.size || (type.kind === 'integer' && type.rank === 0);
};

const compoundOperand = (f: FunctionState, node: CompoundAssign): Operand => {
	const value = constantValue(node.value);
	if (value !== undefined) {
		return {kind: 'constant', value: canComputeNarrow(node) ? BigInt.asIntN(32, value) : value};
	}

	const register = canComputeNarrow(node) ? generateLow(f, node.value) : f.visit.value(f, node.value);
	return {kind: 'register', register};
};

/** The right operand of `op=`: the 32-bit index of `p += i` where PADD can scale it. */
const generateCompoundRight = (f: FunctionState, node: CompoundAssign): Operand => {
	const index = pointerIndex(node);
	return index ? {kind: 'register', register: f.visit.value(f, index)} : compoundOperand(f, node);
};

const pinOperand = (f: FunctionState, operand: Operand, type: CType, later: Expression): Operand =>
	operand.kind === 'constant'
		? operand
		: {kind: 'register', register: pin(f, operand.register, pinKind(type), later)};

/** `target op= value`. As with gcc, a value with side effects comes first. */
const generateCompound = (f: FunctionState, node: CompoundAssign, isUsed: boolean): Register => {
	const increment = asIncrement(node);
	if (!isUsed && increment && countIn(f, increment)) return none;
	const {target} = node;
	const {type} = target;
	const register = registerOf(f, target);
	if (register !== none) {
		const value = computeCompound(f, node, register, generateCompoundRight(f, node), register);
		emitMove(f, kindOf(type), register, value);
		return register;
	}

	const isValueFirst = hasEffects(node.value);
	const first = isValueFirst
		? pinOperand(f, generateCompoundRight(f, node), node.value.type, target)
		: undefined;
	const place = inMemory(f.visit.place(f, target));
	const right = first ?? generateCompoundRight(f, node);
	const at = place.kind === 'indexed' && place.scale !== type.size ? asMemory(f, place) : place;
	const field = bitFieldOf(target);
	const old = field
		? loadField(f, at, type, field, none, f.top)
		: load(f, at, type, none, f.top);
	return storeValue(f, at, target, computeCompound(f, node, old, right, none), isUsed);
};

/** Counts in memory without using the value; false if the target is none that can be counted in so. */
const countIn = (f: FunctionState, {target, delta}: NonNullable<ReturnType<typeof asIncrement>>): boolean => {
	const {type} = target;
	if ((type.size !== 4 && type.size !== 8) || bitFieldOf(target)) return false;
	if (type.kind !== 'integer' && type.kind !== 'pointer') return false;
	const mark = f.top;
	const place = f.visit.place(f, target);
	if (place.kind === 'register') {
		emitInteger(f, '+', type.size === 8 ? 'l' : 'w', true, place.register, {kind: 'constant', value: delta}, f.top, place.register);
	} else {
		countInMemory(f, place, type, delta);
	}

	f.top = mark;
	return true;
};

/** `x++` and the like as a compound assignment of 1. */
const asCompound = (node: IncrementExpression): CompoundAssign => {
	const {position, computeType} = node;
	const one: Expression =
		computeType.kind === 'float'
			? {kind: 'float', type: computeType, position, value: 1}
			: {kind: 'integer', type: computeType, position, value: 1n};
	return {
		kind: 'compound-assign',
		type: node.type,
		position,
		operator: node.delta === 1 ? '+' : '-',
		target: node.target,
		value: one,
		computeType,
		elementSize: node.elementSize,
	};
};

const generateIncrement = (
	f: FunctionState,
	node: IncrementExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const compound = asCompound(node);
	if (node.isPrefix) return generateCompound(f, compound, true);
	const {type} = node.target;
	const kind = kindOf(type);
	const place = f.visit.place(f, node.target);
	if (place.kind === 'register') {
		const old = resultRegister(f, mark, wanted);
		emitMove(f, kind, old, place.register);
		const right = compoundOperand(f, compound);
		const value = computeCompound(f, compound, place.register, right, place.register);
		emitMove(f, kind, place.register, value);
		return old;
	}

	const right = compoundOperand(f, compound);
	const field = bitFieldOf(node.target);
	const old = field
		? loadField(f, place, type, field, none, f.top)
		: load(f, place, type, none, f.top);
	const value = computeCompound(f, compound, old, right, none);
	if (field) storeField(f, place, type, field, value, false);
	else store(f, place, type, value);
	return old;
};

/* ---------- Effects only ---------- */

/** Evaluates an expression whose value nobody uses. */
export const generateEffects = (f: FunctionState, node: Expression): void => {
	const mark = f.top;
	switch (node.kind) {
		case 'increment': {
			const increment = asIncrement(node);
			if (!increment || !countIn(f, increment)) generateCompound(f, asCompound(node), false);
			break;
		}

		case 'assign': {
			const increment = asIncrement(node);
			if (!increment || !countIn(f, increment)) generateAssign(f, node, false);
			break;
		}

		case 'compound-assign': {
			generateCompound(f, node, false);
			break;
		}

		case 'comma': {
			f.visit.effects(f, node.left);
			f.visit.effects(f, node.right);
			break;
		}

		case 'cast': {
			f.visit.effects(f, node.operand);
			break;
		}

		case 'conditional': {
			const otherwise = newLabel(f);
			const end = newLabel(f);
			f.visit.jumpIf(f, node.condition, false, otherwise);
			f.visit.effects(f, node.consequent);
			emitJump(f, end);
			placeLabel(f, otherwise);
			f.visit.effects(f, node.alternate);
			placeLabel(f, end);
			break;
		}

		case 'logical': {
			const end = newLabel(f);
			f.visit.jumpIf(f, node.left, node.operator === '||', end);
			f.visit.effects(f, node.right);
			placeLabel(f, end);
			break;
		}

		case 'integer':
		case 'float':
		case 'string':
		case 'function': {
			break;
		}

		default: {
			f.visit.value(f, node);
		}
	}

	f.top = mark;
};
