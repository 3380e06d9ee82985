/** Calls of `__syscall` and `__builtin_*` that are not ordinary functions (the ABI's intrinsics and gcc's common ones). */
import {atomicBuiltin, isAtomicBuiltin} from './atomic-builtins.js';
import type {Builtin, Expression, Position} from '../ast.js';
import {call, declareFromHeader} from './calls.js';
import {convertForAssignment} from './assignment-conversion.js';
import {checkCondition, convert, decay, errorExpression} from './conversions.js';
import {
	doubleType,
	intType,
	longType,
	pointerTo,
	qualify,
	qualifier,
	unsignedLongType,
	voidType,
	type CType,
} from '../types/c-types.js';
import {constantTruth, integerConstant, isConstant} from './fold.js';
import {builtinNode} from './builtin-node.js';
import {checkList, vaStart} from './variable-arguments.js';
import {bitCount, byteSwap} from './bit-builtins.js';
import {floatBuiltin} from './float-builtins.js';
import {overflowBuiltin} from './overflow-builtins.js';
import {sequence} from './temporaries.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {lookUp} from '../parse/names.js';

const voidPointer = pointerTo(voidType);
const constVoidPointer = pointerTo(qualify(voidType, qualifier.const));

type Signature = {
	readonly builtin: Builtin;
	readonly parameters: readonly CType[];
	readonly result: CType;
};

const allocaSignature: Signature = {
	builtin: 'alloca',
	parameters: [unsignedLongType],
	result: voidPointer,
};

const signatures: Readonly<Record<string, Signature>> = {
	thread_pointer: {builtin: 'thread-pointer', parameters: [], result: voidPointer},
	alloca: allocaSignature,
	setjmp: {builtin: 'setjmp', parameters: [voidPointer], result: intType},
	longjmp: {builtin: 'longjmp', parameters: [voidPointer, intType], result: voidType},
	unreachable: {builtin: 'unreachable', parameters: [], result: voidType},
	ia32_pause: {builtin: 'fence', parameters: [], result: voidType},
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
	return builtinNode(signature.builtin, converted, signature.result, position);
};

const systemCall = (args: readonly Expression[], position: Position): Expression => {
	const values = args.map(argument => convert(decay(argument), longType, true));
	return builtinNode('syscall', values, longType, position);
};

/** A builtin that is no function with fixed types; undefined: the arguments are wrong. */
type Special = (
	p: Parser,
	args: readonly Expression[],
	position: Position,
	name: string,
) => Expression | undefined;

const unsupported: Special = (p, _args, position, name) => {
	error(p, position, `'${name}' is not supported`);
	return errorExpression(position);
};

/** The expected value is nothing to us, unless computing it has effects. */
const expect: Special = (_p, [value, expected], position) => {
	if (!value) return undefined;
	const result = convert(decay(value), longType);
	return expected && !isConstant(expected)
		? sequence([convert(decay(expected), voidType), result], position)
		: result;
};

const nothing: Special = (_p, _args, position) =>
	convert(integerConstant(0n, intType, position), voidType);

/** By name, without `__builtin_`. */
const specials: Readonly<Record<string, Special>> = {
	va_start: (p, [list], position) => vaStart(p, list, position),
	va_end: (_p, [list]) => list && convert(list, voidType),
	va_copy: (p, [target, source], position) => {
		if (!checkList(p, target, position) || !checkList(p, source, position))
			return errorExpression(position);
		const {type} = target;
		return convert({kind: 'assign', target, value: decay(source), type, position}, voidType);
	},
	expect,
	expect_with_probability: expect,
	constant_p: (_p, [value], position) =>
		integerConstant(value && isConstant(value) ? 1n : 0n, intType, position),
	choose_expr: (p, [condition, whenTrue, whenFalse]) => {
		const truth = condition && constantTruth(checkCondition(p, condition));
		return truth === false ? whenFalse : whenTrue;
	},
	prefetch: (_p, [address], position) => {
		const hint = integerConstant(0n, intType, position);
		return convert(address ? decay(address) : hint, voidType);
	},
	assume: nothing,
	__clear_cache: nothing,
	alloca_with_align: (p, args, position) =>
		callSignature(p, '__builtin_alloca', allocaSignature, args.slice(0, 1), position),
	frame_address: unsupported,
	return_address: unsupported,
};

/** `alloca` is one by its own name: its header makes it a macro. */
export const isBuiltinName = (name: string): boolean =>
	name === '__syscall' ||
	name === 'alloca' ||
	name.startsWith('__builtin_') ||
	isAtomicBuiltin(name);

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
	const special = Object.hasOwn(specials, word) ? specials[word] : undefined;
	const result =
		special?.(p, args, position, name) ??
		floatBuiltin(p, word, args, position) ??
		overflowBuiltin(p, word, args, position) ??
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
