/** Calls of `__syscall` and `__builtin_*` that are not ordinary functions (the ABI's intrinsics and gcc's common ones). */
import {atomicBuiltin, isAtomicBuiltin} from './atomics.js';
import type {Builtin, Expression, Position} from './ast.js';
import {call, createFunctionSymbol, declareFromHeader} from './calls.js';
import {convertForAssignment} from './assignment-conversion.js';
import {castTo, checkCondition, convert, decay, errorExpression} from './conversions.js';
import {
	charType,
	doubleType,
	floatType,
	functionType,
	intType,
	longType,
	pointerTo,
	promotedType,
	qualify,
	qualifier,
	unsignedLongType,
	unsignedShortType,
	unsignedIntType,
	voidType,
	type CType,
} from './c-types.js';
import {constantTruth, floatConstant, integerConstant, isConstant} from './fold.js';
import {error, isErrorType, lookUp, type Parser} from './parser-state.js';

const voidPointer = pointerTo(voidType);
const constVoidPointer = pointerTo(qualify(voidType, qualifier.const));

type Signature = {
	readonly builtin: Builtin;
	readonly parameters: readonly CType[];
	readonly result: CType;
};

const signatures: Readonly<Record<string, Signature>> = {
	thread_pointer: {builtin: 'thread-pointer', parameters: [], result: voidPointer},
	alloca: {builtin: 'alloca', parameters: [unsignedLongType], result: voidPointer},
	setjmp: {builtin: 'setjmp', parameters: [voidPointer], result: intType},
	longjmp: {builtin: 'longjmp', parameters: [voidPointer, intType], result: voidType},
	unreachable: {builtin: 'unreachable', parameters: [], result: voidType},
	trap: {builtin: 'trap', parameters: [], result: voidType},
	memcopy: {
		builtin: 'memcopy',
		parameters: [voidPointer, constVoidPointer, longType],
		result: voidPointer,
	},
	memfill: {builtin: 'memfill', parameters: [voidPointer, intType, longType], result: voidPointer},
};

const math1 = [
	'sqrt',
	'floor',
	'ceil',
	'trunc',
	'fabs',
	'sin',
	'cos',
	'tan',
	'asin',
	'acos',
	'atan',
	'exp',
	'log',
	'log10',
	'log2',
	'exp2',
] as const;
const math2 = ['atan2', 'pow', 'fmod'] as const;

const signatureOf = (word: string): Signature | undefined => {
	const known = Object.hasOwn(signatures, word) ? signatures[word] : undefined;
	if (known) return known;
	const one = math1.find(name => name === word);
	if (one) return {builtin: `math1:${one}`, parameters: [doubleType], result: doubleType};
	const two = math2.find(name => name === word);
	return two
		? {builtin: `math2:${two}`, parameters: [doubleType, doubleType], result: doubleType}
		: undefined;
};

const callSignature = (
	p: Parser,
	name: string,
	signature: Signature,
	args: readonly Expression[],
	position: Position,
): Expression => {
	if (args.length !== signature.parameters.length) {
		error(
			p,
			position,
			`too ${args.length < signature.parameters.length ? 'few' : 'many'} arguments to function '${name}'`,
		);
		return errorExpression(position);
	}

	const converted = signature.parameters.map((type, index) =>
		convertForAssignment(p, args[index] as Expression, type, {
			kind: 'argument',
			number: index + 1,
			callee: `'${name}'`,
			notePosition: 0,
		}),
	);
	if (p.function && signature.builtin === 'alloca') p.function.usesAlloca = true;
	if (p.function && signature.builtin === 'setjmp') p.function.usesSetjmp = true;
	return {
		kind: 'builtin',
		builtin: signature.builtin,
		args: converted,
		type: signature.result,
		position,
	};
};

/* ---------- Variable arguments ---------- */

const checkList = (
	p: Parser,
	list: Expression | undefined,
	position: Position,
): list is Expression => {
	if (
		list &&
		!isErrorType(list.type) &&
		list.type.kind === 'pointer' &&
		list.type.target.kind === 'integer' &&
		list.type.target.size === 1
	)
		return true;
	if (!list || !isErrorType(list.type))
		error(p, position, "first argument is not of type 'va_list'");
	return false;
};

const vaStart = (p: Parser, list: Expression | undefined, position: Position): Expression => {
	if (!p.function?.type.isVariadic) {
		error(p, position, "'va_start' used in function with fixed arguments");
		return errorExpression(position);
	}

	if (!checkList(p, list, position)) return errorExpression(position);
	const area: Expression = {
		kind: 'builtin',
		builtin: 'variadic-area',
		args: [],
		type: pointerTo(charType),
		position,
	};
	return convert(
		{kind: 'assign', target: list, value: area, type: pointerTo(charType), position},
		voidType,
	);
};

/** `va_arg(list, type)`: advances the list by whole 8-byte slots and reads what stood there. */
export const vaArg = (p: Parser, list: Expression, type: CType, position: Position): Expression => {
	if (!checkList(p, list, position)) return errorExpression(position);
	const isPromoted =
		type.kind === 'integer'
			? promotedType(type).size === type.size && type.rank >= 3
			: type !== floatType && !(type.kind === 'float' && type.size === 4);
	if (!isPromoted) {
		error(
			p,
			position,
			`a type narrower than 'int' or 'double' is promoted when passed through '...'; use '${type.kind === 'float' ? 'double' : 'int'}' in va_arg`,
		);
		return errorExpression(position);
	}

	const size = BigInt(Math.max(8, Math.ceil(type.size / 8) * 8));
	const pointer = pointerTo(charType);
	const step = integerConstant(size, longType, position);
	const advanced: Expression = {
		kind: 'compound-assign',
		operator: '+',
		target: list,
		value: step,
		computeType: pointer,
		elementSize: 1,
		type: pointer,
		position,
	};
	const slot: Expression = {
		kind: 'pointer-add',
		pointer: advanced,
		index: step,
		isSubtraction: true,
		elementSize: 1,
		type: pointer,
		position,
	};
	return {kind: 'dereference', operand: convert(slot, pointerTo(type), true), type, position};
};

/* ---------- The rest ---------- */

const bitCounts: Readonly<Record<string, (value: bigint, bits: number) => number>> = {
	popcount: value => [...value.toString(2)].filter(digit => digit === '1').length,
	ctz: (value, bits) =>
		value === 0n ? bits : value.toString(2).length - value.toString(2).replace(/0+$/, '').length,
	parity: value => [...value.toString(2)].filter(digit => digit === '1').length % 2,
	ffs: value =>
		value === 0n ? 0 : value.toString(2).length - value.toString(2).replace(/0+$/, '').length + 1,
	clz: (value, bits) => (value === 0n ? bits : bits - value.toString(2).length),
};

/** A call of a function of the library that no header declares. */
const libraryCall = (
	p: Parser,
	name: string,
	result: CType,
	argument: Expression,
	position: Position,
): Expression => {
	const known = p.globals.get(name);
	const type = functionType(result, [{name: undefined, type: argument.type}], false);
	const symbol = known?.kind === 'function' ? known : createFunctionSymbol(p, name, type, position);
	p.globals.set(name, symbol);
	return call(p, {kind: 'function', symbol, type: symbol.type, position}, [argument], position);
};

/** `__builtin_bswap32` and its like. */
const byteSwap = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const bits = Number(/^bswap(16|32|64)$/.exec(word)?.[1] ?? 0);
	const argument = args[0] && decay(args[0]);
	if (bits === 0 || !argument || args.length !== 1) return undefined;
	const type = bits === 16 ? unsignedShortType : bits === 32 ? unsignedIntType : unsignedLongType;
	if (argument.kind !== 'integer')
		return libraryCall(p, `__bswap_${bits}`, type, castTo(p, argument, type, position), position);
	let swapped = 0n;
	for (let byte = 0; byte < bits; byte += 8)
		swapped = (swapped << 8n) | ((argument.value >> BigInt(byte)) & 0xffn);
	return integerConstant(swapped, type, position);
};

/** `popcount`, `clzl`, `parityll` …: folded if constant, otherwise a call of the library, under libgcc's names. */
const bitCount = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const match = /^(popcount|parity|ctz|clz|ffs)(l{0,2})$/.exec(word);
	const operation = match?.[1] ?? '';
	const argument = args[0] && decay(args[0]);
	if (!match || !argument || args.length !== 1) return undefined;
	const bits = match[2] === '' ? 32 : 64;
	if (argument.kind === 'integer') {
		const count = bitCounts[operation]?.(BigInt.asUintN(bits, argument.value), bits) ?? 0;
		return integerConstant(BigInt(count), intType, position);
	}

	const value = bits === 32 ? castTo(p, argument, unsignedIntType, position) : argument;
	const widened = castTo(p, value, unsignedLongType, position);
	const counted = libraryCall(p, `__${operation}di2`, intType, widened, position);
	if (operation !== 'clz' || bits === 64) return counted;
	return {
		kind: 'binary',
		operator: '-',
		left: counted,
		right: integerConstant(32n, intType, position),
		type: intType,
		position,
	};
};

const systemCall = (args: readonly Expression[], position: Position): Expression => ({
	kind: 'builtin',
	builtin: 'syscall',
	args: args.map(argument => {
		const value = decay(argument);
		return convert(value, longType, true);
	}),
	type: longType,
	position,
});

const special = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const [first, second] = args;
	switch (word) {
		case 'va_start': {
			return vaStart(p, first, position);
		}

		case 'va_end': {
			return first ? convert(first, voidType) : undefined;
		}

		case 'va_copy': {
			if (!checkList(p, first, position) || !checkList(p, second, position))
				return errorExpression(position);
			return convert(
				{kind: 'assign', target: first, value: decay(second), type: first.type, position},
				voidType,
			);
		}

		case 'expect':
		case 'expect_with_probability': {
			return first ? convert(decay(first), longType) : undefined;
		}

		case 'constant_p': {
			return integerConstant(first && isConstant(first) ? 1n : 0n, intType, position);
		}

		case 'choose_expr': {
			const truth = first && constantTruth(checkCondition(p, first));
			return truth === false ? args[2] : second;
		}

		case 'huge_val':
		case 'inf':
		case 'huge_valf':
		case 'inff': {
			return floatConstant(
				Infinity,
				word.endsWith('f') && word !== 'inf' ? floatType : doubleType,
				position,
			);
		}

		case 'nan':
		case 'nanf': {
			return floatConstant(Number.NaN, word === 'nanf' ? floatType : doubleType, position);
		}

		case 'prefetch':
		case 'assume':
		case '__clear_cache': {
			return convert(integerConstant(0n, intType, position), voidType);
		}

		case 'alloca_with_align': {
			return callSpecialAlloca(p, args, position);
		}

		case 'frame_address':
		case 'return_address': {
			error(p, position, `'__builtin_${word}' is not supported`);
			return errorExpression(position);
		}

		default: {
			return undefined;
		}
	}
};

const callSpecialAlloca = (
	p: Parser,
	args: readonly Expression[],
	position: Position,
): Expression => {
	const signature = signatures['alloca'];
	return signature
		? callSignature(p, '__builtin_alloca', signature, args.slice(0, 1), position)
		: errorExpression(position);
};

export const isBuiltinName = (name: string): boolean =>
	name === '__syscall' || name.startsWith('__builtin_') || isAtomicBuiltin(name);

/** A call of a builtin by name; unknown `__builtin_x` means the library's function `x`. */
export const builtinCall = (
	p: Parser,
	name: string,
	args: readonly Expression[],
	position: Position,
): Expression => {
	if (args.some(argument => isErrorType(argument.type))) return errorExpression(position);
	if (name === '__syscall') return systemCall(args, position);
	const atomic = isAtomicBuiltin(name) ? atomicBuiltin(p, name, args, position) : undefined;
	if (atomic) return atomic;
	const word = name.replace(/^__builtin_/, '');
	const result =
		special(p, word, args, position) ??
		bitCount(p, word, args, position) ??
		byteSwap(p, word, args, position);
	if (result) return result;
	const signature = signatureOf(word);
	if (signature) return callSignature(p, name, signature, args, position);
	const known = lookUp(p, word);
	const symbol = known?.kind === 'function' ? known : declareFromHeader(p, word);
	if (symbol)
		return call(p, {kind: 'function', symbol, type: symbol.type, position}, args, position);
	error(p, position, `builtin function '${name}' is not supported`);
	return errorExpression(position);
};

/** `__builtin_types_compatible_p` and friends need types, not values; the parser handles them. Casts for offsetof live here. */
export const offsetConstant = (p: Parser, address: Expression, position: Position): Expression =>
	castTo(p, address, unsignedLongType, position);
