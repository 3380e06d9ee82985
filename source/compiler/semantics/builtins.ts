/** Calls of `__syscall` and `__builtin_*` that are not ordinary functions (the ABI's intrinsics and gcc's common ones). */
import {atomicBuiltin, isAtomicBuiltin} from './atomics.js';
import type {Builtin, Expression, Position} from '../ast.js';
import {call, declareFromHeader} from './calls.js';
import {convertForAssignment} from './assignment-conversion.js';
import {castTo, checkCondition, convert, decay, errorExpression} from './conversions.js';
import {
	doubleType,
	floatType,
	intType,
	longType,
	pointerTo,
	qualify,
	qualifier,
	unsignedLongType,
	voidType,
	type CType,
} from '../types/c-types.js';
import {constantTruth, floatConstant, integerConstant, isConstant} from './fold.js';
import {checkList, vaStart} from './variable-arguments.js';
import {bitCount, byteSwap} from './bit-builtins.js';
import {error, isErrorType, lookUp, type Parser} from '../parse/parser-state.js';

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
