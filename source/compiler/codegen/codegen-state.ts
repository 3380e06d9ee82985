/**
 * What the code generator knows while it works on a unit and on a function, and its smallest steps: emitting
 * instructions, labels, relocations, registers and frame memory.
 *
 * Registers form a stack: parameters first, then the variables of the open blocks, then temporaries of the expression at
 * hand. There are as many as wanted, so nothing is ever spilled. A call's frame begins at the top of that stack. A
 * register is named by its word offset from the frame base.
 */
import {instructionWords, op, type OpcodeName} from '../../bytecode/opcodes.js';
import type {
	Binding,
	ObjectData,
	ObjectFunction,
	ObjectSymbol,
	ObjectVariable,
} from '../../bytecode/object.js';
import type {DebugType} from '../../bytecode/debug-info.js';
import type {
	CaseLabel,
	Expression,
	FunctionDefinition,
	FunctionSymbol,
	LabelSymbol,
	Position,
	Statement,
	StringLiteral,
	TranslationUnit,
	VariableArrayStatement,
	VariableSymbol,
} from '../ast.js';
import type {CType} from '../types/c-types.js';
import {roundUp} from '../types/round-up.js';
import type {FunctionPlan} from './loops.js';

/** A register, as its word offset. */
export type Register = number;

/** No register wanted or needed. */
export const none: Register = -1;

/** Where an object is while its function runs. */
export type Place =
	| {readonly kind: 'register'; readonly register: Register}
	/** At the address in `base` plus `offset` bytes. With `thread`, the offset of that object is added by the linker. */
	| {
			readonly kind: 'memory';
			readonly base: Register;
			readonly offset: number;
			readonly thread?: VariableSymbol;
	  }
	/** At the address of a symbol plus `offset`. */
	| {
			readonly kind: 'fixed';
			readonly target: LinkTarget;
			readonly offset: number;
			readonly position: Position;
	  }
	/** At the address in `base` plus `scale` × the signed 32-bit `index`. */
	| {
			readonly kind: 'indexed';
			readonly base: Register;
			readonly index: Register;
			readonly scale: 1 | 2 | 4 | 8;
	  };

export type MemoryPlace = Exclude<Place, {readonly kind: 'register'}>;

export type LinkTarget = VariableSymbol | FunctionSymbol | StringLiteral;

export type UnitState = {
	readonly unit: TranslationUnit;
	/** Library code carries no debug information on variables. */
	readonly isLibrary: boolean;
	readonly symbols: ObjectSymbol[];
	readonly symbolIndex: Map<LinkTarget, number>;
	readonly functions: ObjectFunction[];
	readonly data: ObjectData[];
	readonly globals: ObjectVariable[];
	readonly files: string[];
	readonly fileIndex: Map<string, number>;
	readonly types: DebugType[];
	readonly typeIndex: Map<unknown, number>;
	/** Those that a debugger can show, by the name of their function. */
	readonly staticLocals: ReadonlyMap<string, readonly VariableSymbol[]>;
};

/** The mutually recursive parts of the generator, so that their files need not import each other. */
export type Generators = {
	/** The value of a scalar, or the address of a record or array; in `wanted`, in a variable's own register or in a temporary. */
	readonly value: (f: FunctionState, node: Expression, wanted?: Register) => Register;
	readonly effects: (f: FunctionState, node: Expression) => void;
	readonly place: (f: FunctionState, node: Expression) => Place;
	/** The low 32 bits of a 64-bit integer expression. */
	readonly low: (f: FunctionState, node: Expression) => Register;
	/** Where the pointer `node` leads to; `isAccess` if only what is there matters, not the pointer itself. */
	readonly target: (f: FunctionState, node: Expression, isAccess: boolean) => MemoryPlace;
	/** Goes to `label` if the truth of `node` is `sense`; otherwise falls through. */
	readonly jumpIf: (f: FunctionState, node: Expression, sense: boolean, label: number) => void;
	/** A call, with its result (a record: its address) in `wanted` if that is the top register; a record goes to `buffer`. */
	readonly call: (
		f: FunctionState,
		node: Extract<Expression, {kind: 'call'}>,
		wanted: Register,
		buffer: MemoryPlace | undefined,
	) => Register;
	readonly builtin: (
		f: FunctionState,
		node: Extract<Expression, {kind: 'builtin'}>,
		wanted: Register,
	) => Register;
	readonly initialize: (
		f: FunctionState,
		symbol: VariableSymbol,
		initializer: Extract<Expression, {kind: 'compound-literal'}>['initializer'],
	) => void;
	readonly statement: (f: FunctionState, node: Statement) => void;
	readonly statementExpression: (
		f: FunctionState,
		node: Extract<Expression, {kind: 'statement-expression'}>,
		wanted: Register,
	) => Register;
};

export type PendingRelocation = {
	readonly instruction: number;
	readonly operand: number;
	readonly kind: 'number' | 'address' | 'thread';
	readonly symbol: number;
	readonly addend: number;
};

/** Where `break` and `continue` go; `dynamicDepth` is the number of variable length arrays in scope there. */
export type JumpScope = {
	readonly breakLabel: number;
	/** Undefined for a switch: continue belongs to the loop around it. */
	readonly continueLabel: number | undefined;
	readonly dynamicDepth: number;
};

export type FunctionState = {
	readonly unit: UnitState;
	readonly definition: FunctionDefinition;
	readonly plan: FunctionPlan;
	readonly visit: Generators;
	/** instructionWords per instruction; branch targets are label numbers until the end. */
	readonly code: number[];
	/** From label number to instruction number. */
	readonly labels: number[];
	readonly relocations: PendingRelocation[];
	readonly lines: Array<{
		readonly at: number;
		readonly position: Position;
		readonly isStatement: boolean;
	}>;
	readonly switches: Array<{
		readonly low: number;
		readonly targets: readonly number[];
		readonly otherwise: number;
	}>;
	/** By index of the loop's plan. */
	readonly loops: Array<
		| {readonly position: Position; readonly registers: readonly number[]; readonly shadow: number}
		| undefined
	>;
	/** The first free register, and the most ever used. */
	top: Register;
	maxTop: Register;
	readonly registers: Map<VariableSymbol, Register>;
	/** Which variable lives in a register, by register number. */
	readonly owners: Array<VariableSymbol | undefined>;
	/** Byte offsets in the memory frame. */
	readonly frame: Map<VariableSymbol, number>;
	frameTop: number;
	frameMax: number;
	/** The register that holds the address of the memory frame. */
	frameBase: Register;
	/** The hidden parameters: where to put a record result; the variadic arguments. */
	resultAddress: Register;
	variadicArea: Register;
	/** Debugger's variables: in scope in instructions [from, to). */
	readonly variables: Array<{readonly symbol: VariableSymbol; readonly from: number; to: number}>;
	readonly jumps: JumpScope[];
	/** Variable length arrays in scope, with the stack pointer before each. */
	readonly dynamicArrays: Array<{
		readonly statement: VariableArrayStatement;
		readonly saved: Register;
	}>;
	/**
	 * Of C labels: where to enter from outside, where a turn of a goto loop begins, and where, if that is anywhere yet, a
	 * turn ends and goes back there.
	 */
	readonly labelTargets: Map<
		LabelSymbol,
		{readonly enter: number; readonly turn: number; back: number | undefined; isPlaced: boolean}
	>;
	readonly caseLabels: Map<CaseLabel, number>;
	/** Shadow registers of loops made by goto, by index of the loop's plan. */
	readonly gotoShadows: Map<number, Register>;
};

/* ---------- Kinds of values ---------- */

/** w: 32 bits in the low word; l: 64 bits; f: a double; m: a record or array by its address; v: nothing. */
export type Kind = 'w' | 'l' | 'f' | 'm' | 'v';

export const kindOf = (type: CType): Kind => {
	switch (type.kind) {
		case 'integer': {
			return type.size === 8 ? 'l' : 'w';
		}

		case 'pointer': {
			return 'l';
		}

		case 'float': {
			return 'f';
		}

		case 'void': {
			return 'v';
		}

		case 'function': {
			return 'l';
		}

		case 'array':
		case 'record': {
			return 'm';
		}
	}
};

/* ---------- Instructions ---------- */

/** Whether a number fits an operand of an instruction. */
export const isInt32 = (value: bigint): boolean => value >= -0x8000_0000n && value <= 0x7fff_ffffn;

export const emit = (f: FunctionState, name: OpcodeName, a = 0, b = 0, c = 0): void => {
	f.code.push(op[name], a, b, c);
};

export const instructionCount = (f: FunctionState): number => f.code.length / instructionWords;

export const newLabel = (f: FunctionState): number => f.labels.push(-1) - 1;

export const placeLabel = (f: FunctionState, label: number): void => {
	f.labels[label] = instructionCount(f);
};

export const emitJump = (f: FunctionState, label: number): void => {
	emit(f, 'JMP', 0, 0, label);
};

/** The next instructions belong to the line of `position`. */
export const markLine = (f: FunctionState, position: Position, isStatement = true): void => {
	f.lines.push({at: instructionCount(f), position, isStatement});
};

/** Copies a value from register to register, unless they are the same. */
export const emitMove = (f: FunctionState, kind: Kind, to: Register, from: Register): void => {
	if (to !== from) emit(f, kind === 'w' ? 'MOVW' : 'MOV', to, from);
};

/** The constant in the register, as many bits as the kind has. */
export const emitConstant = (f: FunctionState, kind: Kind, to: Register, value: bigint): void => {
	const low = Number(BigInt.asIntN(32, value));
	if (kind === 'w') emit(f, 'LI', to, low);
	else emit(f, 'LIL', to, low, Number(BigInt.asIntN(32, value >> 32n)));
};

const doubleBits = new Float64Array(1);
const doubleWords = new Int32Array(doubleBits.buffer);

export const emitDouble = (f: FunctionState, to: Register, value: number): void => {
	doubleBits[0] = value;
	if (Number.isNaN(value)) doubleWords.set([0, 0x7ff80000]); // JavaScript leaves its sign open.
	emit(f, 'LIL', to, doubleWords[0]!, doubleWords[1]!);
};

/* ---------- Registers and frame memory ---------- */

export const allocate = (f: FunctionState): Register => {
	const register = f.top;
	f.top += 2;
	if (f.top > f.maxTop) f.maxTop = f.top;
	return register;
};

/** Gives back the temporaries from `mark` on and allocates the result's register, unless one is wanted. */
export const resultRegister = (f: FunctionState, mark: Register, wanted: Register): Register => {
	f.top = mark;
	return wanted === none ? allocate(f) : wanted;
};

/** An instruction with a result, in a register as `resultRegister` gives it; returns the register. */
export const emitResult = (
	f: FunctionState,
	mark: Register,
	wanted: Register,
	name: OpcodeName,
	b = 0,
	c = 0,
): Register => {
	const to = resultRegister(f, mark, wanted);
	emit(f, name, to, b, c);
	return to;
};

/** Whether the register holds a variable rather than a temporary. */
export const ownerOf = (f: FunctionState, register: Register): VariableSymbol | undefined =>
	f.owners[register >> 1];

export const giveRegister = (f: FunctionState, symbol: VariableSymbol): Register => {
	const register = allocate(f);
	f.registers.set(symbol, register);
	return register;
};

export const setOwner = (f: FunctionState, symbol: VariableSymbol, register: Register): void => {
	f.owners[register >> 1] = symbol;
};

/** Gives back all registers from `mark` on, variables too. */
export const releaseTo = (f: FunctionState, mark: Register): void => {
	f.top = mark;
	if (f.owners.length > mark >> 1) f.owners.length = mark >> 1;
};

/** Memory in the frame; given back by setting `frameTop` back. */
export const allocateFrame = (f: FunctionState, size: number, alignment: number): MemoryPlace => {
	const offset = roundUp(f.frameTop, Math.min(Math.max(alignment, 1), 16));
	f.frameTop = offset + size;
	if (f.frameTop > f.frameMax) f.frameMax = f.frameTop;
	return {kind: 'memory', base: f.frameBase, offset};
};

/* ---------- Symbols ---------- */

const bindingOf = (target: LinkTarget): Binding => {
	if (target.kind === 'string-literal') return 'local';
	if (target.kind === 'function') {
		if (target.isInternal) return 'local';
		return target.isWeak || target.isInline ? 'weak' : 'global';
	}

	if (target.storage === 'static') return 'local';
	return target.isWeak ? 'weak' : 'global';
};

const nameOf = (target: LinkTarget): string => {
	if (target.kind === 'string-literal') return '';
	return target.kind === 'function' ? target.name : target.linkName;
};

/** The symbol's number in the object file; `position` is where it is used, for the linker's messages. */
export const symbolNumber = (unit: UnitState, target: LinkTarget, position: Position): number => {
	const known = unit.symbolIndex.get(target);
	if (known !== undefined) return known;
	const isDefined = target.kind !== 'string-literal' && target.isDefined;
	unit.symbols.push({
		name: nameOf(target),
		binding: bindingOf(target),
		position: isDefined ? target.position : position,
	});
	unit.symbolIndex.set(target, unit.symbols.length - 1);
	return unit.symbols.length - 1;
};

/** Has the linker fill in operand `operand` (1 to 3) of the instruction emitted last. */
export const relocate = (
	f: FunctionState,
	operand: number,
	kind: PendingRelocation['kind'],
	target: LinkTarget,
	addend: number,
	position: Position,
): void => {
	f.relocations.push({
		instruction: instructionCount(f) - 1,
		operand,
		kind,
		symbol: symbolNumber(f.unit, target, position),
		addend,
	});
};

export const emitAddress = (
	f: FunctionState,
	to: Register,
	target: LinkTarget,
	offset: number,
	position: Position,
): void => {
	emit(f, 'LIL', to);
	relocate(f, 2, 'address', target, offset, position);
};

/** The number of a source file in the object file's list. */
export const fileNumber = (unit: UnitState, name: string): number => {
	let number = unit.fileIndex.get(name);
	if (number === undefined) {
		number = unit.files.push(name) - 1;
		unit.fileIndex.set(name, number);
	}

	return number;
};
