/**
 * The code generator: from a checked translation unit to an object file.
 *
 * Calling convention. A call's frame begins at a register of the caller: there stand the arguments, one per register, and
 * there the result comes back; everything from there up belongs to the callee. A record is passed by the address of a
 * private copy; a record result goes to the address in a hidden first argument, which is returned. A variadic function
 * gets, behind its fixed arguments, the address of a block that holds the variable ones in slots of 8 bytes.
 * Addressable locals live in a memory frame whose address ENTER puts into a register.
 */
import type {ObjectFile, ObjectVariable, Section} from '../../bytecode/object.js';
import type {
	Expression,
	FunctionDefinition,
	FunctionSymbol,
	StringLiteral,
	TranslationUnit,
	VariableSymbol,
} from '../ast.js';
import {generateBuiltin, generateCall} from './call.js';
import {generateJumpIf} from './condition.js';
import {debugVariable} from './debug.js';
import {generateLow} from './cast.js';
import {generateEffects} from './effects.js';
import {generateValue} from './expression.js';
import {finishCode, finishVariables} from './finish.js';
import {generateInitializer} from './initializer.js';
import {store} from './memory.js';
import {generatePlace, generateTarget} from './place.js';
import {
	allocate,
	allocateFrame,
	emit,
	fileNumber,
	type FunctionState,
	type Generators,
	giveRegister,
	instructionCount,
	markLine,
	none,
	setOwner,
	symbolNumber,
	type UnitState,
} from './codegen-state.js';
import {generateStatement, generateStatementExpression} from './statement.js';
import {someExpressionOf, someOperand} from '../tree-walk.js';
import {livesInRegister} from './walk.js';
import {type CType, isConst, isVolatile} from '../types/c-types.js';
import {roundUp} from '../types/round-up.js';
import {planLoops} from './loops.js';
import {locate} from '../text/source-text.js';

const generators: Generators = {
	value: generateValue,
	effects: generateEffects,
	place: generatePlace,
	low: generateLow,
	target: generateTarget,
	jumpIf: generateJumpIf,
	call: generateCall,
	builtin: generateBuiltin,
	initialize: generateInitializer,
	statement: generateStatement,
	statementExpression: generateStatementExpression,
};

/* ---------- Functions ---------- */

const createFunctionState = (unit: UnitState, definition: FunctionDefinition): FunctionState => ({
	unit,
	definition,
	plan: planLoops(definition),
	visit: generators,
	code: [],
	labels: [],
	relocations: [],
	lines: [],
	switches: [],
	loops: [],
	top: 0,
	maxTop: 2,
	registers: new Map(),
	owners: [],
	frame: new Map(),
	frameTop: 0,
	frameMax: 0,
	frameBase: none,
	resultAddress: none,
	variadicArea: none,
	variables: [],
	jumps: [],
	dynamicArrays: [],
	labelTargets: new Map(),
	caseLabels: new Map(),
	gotoShadows: new Map(),
});

/** Calls that need memory of the caller's frame: for records and for variable arguments. */
const callNeedsFrame = (node: Expression): boolean => {
	if (node.kind === 'call') {
		if (node.type.kind === 'record') return true;
		if (node.variadicFrom !== undefined && node.args.length > node.variadicFrom) return true;
		if (node.args.some(arg => arg.type.kind === 'record')) return true;
	}

	return someOperand(node, callNeedsFrame);
};

/** Whether a memory frame may be needed; if none is, ENTER is dropped again. */
const mayNeedFrame = ({parameters, locals, body}: FunctionDefinition): boolean => {
	if (locals.some(symbol => !livesInRegister(symbol))) return true;
	if (parameters.some(symbol => !livesInRegister(symbol) && symbol.type.kind !== 'record'))
		return true;
	return someExpressionOf(body, callNeedsFrame);
};

/** Registers of the parameters, hidden ones too; returns their number. */
const placeParameters = (f: FunctionState): number => {
	const {definition} = f;
	if (definition.symbol.type.result.kind === 'record') f.resultAddress = allocate(f);
	for (const symbol of definition.parameters) setOwner(f, symbol, giveRegister(f, symbol));
	if (definition.isVariadic) f.variadicArea = allocate(f);
	return f.top / 2;
};

/** Parameters whose address is taken move to memory. */
const storeParameters = (f: FunctionState): void => {
	for (const symbol of f.definition.parameters) {
		if (livesInRegister(symbol) || symbol.type.kind === 'record') continue;
		const register = f.registers.get(symbol)!;
		const place = allocateFrame(f, symbol.type.size, symbol.alignment);
		if (place.kind === 'memory') f.frame.set(symbol, place.offset);
		store(f, place, symbol.type, register);
		f.registers.delete(symbol);
	}
};

/** Memory for locals that need it, and registers for temporaries that have no declaration of their own. */
const placeLocals = (f: FunctionState): void => {
	for (const symbol of f.definition.locals) {
		if (livesInRegister(symbol)) {
			if (!f.plan.declared.has(symbol)) setOwner(f, symbol, giveRegister(f, symbol));
			continue;
		}

		const place = allocateFrame(f, symbol.type.size, symbol.alignment);
		if (place.kind === 'memory') f.frame.set(symbol, place.offset);
	}
};

/** Shadows of loops made by goto are in use from the label to wherever the goto stands. */
const placeGotoShadows = (f: FunctionState): void => {
	for (const {loop} of f.plan.labels.values()) {
		if (!loop) continue;
		f.gotoShadows.set(loop.index, f.top);
		for (let count = 0; count < loop.carried.length; count++) allocate(f);
	}
};

const enterAlignment = 16;

const generateFunction = (unit: UnitState, definition: FunctionDefinition): void => {
	const f = createFunctionState(unit, definition);
	const parameterCount = placeParameters(f);
	markLine(f, definition.position, false);
	if (mayNeedFrame(definition)) f.frameBase = allocate(f);
	emit(f, 'ENTER', f.frameBase);
	placeGotoShadows(f);
	storeParameters(f);
	placeLocals(f);
	for (const symbol of definition.parameters) f.variables.push({symbol, from: 0, to: -1});
	generateStatement(f, definition.body);
	for (const variable of f.variables) {
		if (variable.to < 0) variable.to = instructionCount(f);
	}

	markLine(f, definition.body.end);
	emit(f, 'RETV');

	const size = roundUp(f.frameMax, enterAlignment);
	f.code[2] = size;
	const {body, offsets} = finishCode(f, size > 0 ? 0 : 1);
	const place = locate(unit.unit.sourceMap, definition.symbol.position);
	unit.functions.push({
		symbol: symbolNumber(unit, definition.symbol, definition.position),
		registerWords: f.maxTop,
		parameterCount,
		file: place ? fileNumber(unit, place.file.name) : 0,
		line: place?.line ?? 0,
		variables: finishVariables(f, offsets),
		body,
	});
};

/** A function that another name stands for is emitted a second time under that name. */
const generateAliases = (unit: UnitState): void => {
	for (const symbol of unit.unit.functionSymbols) {
		if (symbol.aliasOf === undefined) continue;
		const original = unit.functions.find(fn => unit.symbols[fn.symbol]?.name === symbol.aliasOf);
		if (!original) continue;
		unit.functions.push({
			...original,
			symbol: symbolNumber(unit, {...symbol, isDefined: true}, symbol.position),
		});
	}
};

/* ---------- Data ---------- */

/** Constant data may share pages with string literals: a store there is a fault. */
const isReadOnly = (type: CType): boolean => {
	if (isVolatile(type)) return false;
	return type.kind === 'array' ? isReadOnly(type.element) : isConst(type);
};

const sectionOf = (symbol: VariableSymbol): Section => {
	if (symbol.isThreadLocal) return 'thread';
	return symbol.initializer && isReadOnly(symbol.type) ? 'constant' : 'data';
};

const generateData = (unit: UnitState, symbol: VariableSymbol): void => {
	const {initializer, position} = symbol;
	const number = symbolNumber(unit, symbol, position);
	unit.data.push({
		symbol: number,
		section: sectionOf(symbol),
		size: Math.max(symbol.type.size, initializer?.bytes.length ?? 0),
		alignment: Math.max(symbol.alignment, 1),
		bytes: initializer?.bytes,
		relocations: (initializer?.relocations ?? []).map(({offset, target, addend}) => ({
			at: offset,
			symbol: symbolNumber(unit, target, position),
			addend,
		})),
	});
	if (!unit.isLibrary && !symbol.isHidden && !symbol.isThreadLocal)
		generateDebugGlobal(unit, symbol, number);
};

const generateDebugGlobal = (unit: UnitState, symbol: VariableSymbol, number: number): void => {
	const variable: ObjectVariable = {
		...debugVariable(unit, symbol, {kind: 'address', address: 0}),
		symbol: number,
	};
	unit.globals.push(variable);
};

const generateString = (unit: UnitState, literal: StringLiteral): void => {
	if (!unit.symbolIndex.has(literal)) return;
	unit.data.push({
		symbol: symbolNumber(unit, literal, 0),
		section: 'string',
		size: literal.bytes.length,
		alignment: literal.alignment,
		bytes: literal.bytes,
		relocations: [],
	});
};

/** Pointers to functions that run before main() or after exit(). */
const generateStartupTable = (unit: UnitState, symbol: FunctionSymbol): void => {
	if (symbol.constructorKind === undefined || !symbol.isDefined) return;
	unit.symbols.push({name: '', binding: 'local', position: symbol.position});
	unit.data.push({
		symbol: unit.symbols.length - 1,
		section: symbol.constructorKind === 'constructor' ? 'constructors' : 'destructors',
		size: 8,
		alignment: 8,
		bytes: new Uint8Array(8),
		relocations: [{at: 0, symbol: symbolNumber(unit, symbol, symbol.position), addend: 0}],
	});
};

/* ---------- Units ---------- */

/** An inline function that nobody calls is emitted only if another unit could call it. */
const isNeeded = ({symbol}: FunctionDefinition): boolean =>
	symbol.isUsed || !symbol.isInternal || symbol.constructorKind !== undefined || !symbol.isInline;

const staticLocalsOf = ({variables}: TranslationUnit): Map<string, VariableSymbol[]> => {
	const found = new Map<string, VariableSymbol[]>();
	for (const symbol of variables) {
		const {functionName, isHidden, isDefined, isThreadLocal} = symbol;
		if (functionName === undefined || isHidden || !isDefined || isThreadLocal) continue;
		const others = found.get(functionName);
		if (others) others.push(symbol);
		else found.set(functionName, [symbol]);
	}

	return found;
};

/** Generates the object file of a unit without errors. Library code carries no debug information on variables. */
export const generateUnit = (unit: TranslationUnit, isLibrary: boolean): ObjectFile => {
	const state: UnitState = {
		unit,
		isLibrary,
		symbols: [],
		symbolIndex: new Map(),
		functions: [],
		data: [],
		globals: [],
		files: [],
		fileIndex: new Map(),
		types: [],
		typeIndex: new Map(),
		staticLocals: staticLocalsOf(unit),
	};
	fileNumber(state, unit.fileName);
	for (const definition of unit.functions) {
		if (isNeeded(definition)) generateFunction(state, definition);
	}

	generateAliases(state);
	for (const symbol of unit.variables) {
		if (symbol.isDefined) generateData(state, symbol);
	}

	for (const symbol of unit.functionSymbols) generateStartupTable(state, symbol);
	for (const literal of unit.strings) generateString(state, literal);
	const {symbols, functions, data, globals, files, types} = state;
	return {files, symbols, functions, data, globals, types};
};
