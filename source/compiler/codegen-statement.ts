/**
 * Statements. Scopes give back the registers of their variables at their end; loops that have to be judged get their
 * hooks here (see loops.ts for which and why).
 */
import type {SwitchTable} from '../bytecode/program.js';
import type {
	BlockStatement,
	CaseLabel,
	DeclarationStatement,
	DoStatement,
	Expression,
	ForStatement,
	IfStatement,
	LabelSymbol,
	Position,
	ReturnStatement,
	Statement,
	StatementExpression,
	SwitchStatement,
	WhileStatement,
} from './ast.js';
import {emitBranch} from './codegen-arithmetic.js';
import {generateInto} from './codegen-expression.js';
import {
	allocate,
	emit,
	emitConstant,
	emitJump,
	type FunctionState,
	giveRegister,
	instructionCount,
	kindOf,
	markLine,
	newLabel,
	none,
	placeLabel,
	type Register,
	releaseTo,
	resultRegister,
	setOwner,
} from './codegen-state.js';
import {livesInRegister} from './codegen-walk.js';
import type {LoopPlan} from './loops.js';

/* ---------- Scopes ---------- */

/** Runs `body` in a scope of its own: its variables' registers are free afterwards. */
const inScope = (f: FunctionState, body: () => void): void => {
	const mark = f.top;
	const first = f.variables.length;
	body();
	for (let index = first; index < f.variables.length; index++) {
		const variable = f.variables[index]!;
		if (variable.to < 0) variable.to = instructionCount(f);
	}

	releaseTo(f, mark);
};

/** Blocks with variable length arrays set the stack pointer back at their end. */
const enterBlock = (f: FunctionState, block: BlockStatement): void => {
	if (!block.hasVariableLengthArrays) return;
	const saved = allocate(f);
	emit(f, 'GETSP', saved);
	f.dynamicBlocks.push({block, saved});
};

const leaveBlock = (f: FunctionState, block: BlockStatement): void => {
	if (!block.hasVariableLengthArrays) return;
	const {saved} = f.dynamicBlocks.pop()!;
	emit(f, 'SETSP', saved);
};

/** Frees the variable length arrays of the open blocks from `depth` on, before a jump out of them. */
const unwind = (f: FunctionState, depth: number): void => {
	const outermost = f.dynamicBlocks[depth];
	if (outermost) emit(f, 'SETSP', outermost.saved);
};

const generateBlock = (f: FunctionState, block: BlockStatement): void => {
	inScope(f, () => {
		enterBlock(f, block);
		for (const statement of block.statements) f.visit.statement(f, statement);
		leaveBlock(f, block);
	});
};

/** `({ … value; })`: the value outlives the block's variables. */
export const generateStatementExpression = (
	f: FunctionState,
	node: StatementExpression,
	wanted: Register,
): Register => {
	const {body, result} = node;
	const hasValue = result !== undefined && kindOf(result.type) !== 'v';
	const to = hasValue ? resultRegister(f, f.top, wanted) : none;
	inScope(f, () => {
		enterBlock(f, body);
		for (const statement of body.statements) f.visit.statement(f, statement);
		if (result && hasValue) generateInto(f, result, to);
		else if (result) f.visit.effects(f, result);
		leaveBlock(f, body);
	});
	return to;
};

const generateDeclaration = (f: FunctionState, node: DeclarationStatement): void => {
	const {symbol, initializer} = node;
	const isRegister = livesInRegister(symbol);
	const register = isRegister ? giveRegister(f, symbol) : none;
	if (initializer) {
		markLine(f, node.position);
		f.visit.initialize(f, symbol, initializer);
	}

	if (isRegister) setOwner(f, symbol, register);
	f.variables.push({symbol, from: instructionCount(f), to: -1});
};

/* ---------- Loops ---------- */

type Hook = {readonly plan: LoopPlan; readonly top: number};

/** The register words that a loop carries from turn to turn: of an int only the low one means something. */
const carriedWords = (f: FunctionState, plan: LoopPlan): readonly number[] =>
	plan.carried.flatMap(symbol => {
		const register = f.registers.get(symbol);
		if (register === undefined) return [];
		return kindOf(symbol.type) === 'w' ? [register] : [register, register + 1];
	});

/** Puts LOOPENTER in front of a loop that is to be judged. Its shadow registers are free again after the loop. */
const enterLoop = (f: FunctionState, plan: LoopPlan, position: Position): void => {
	const registers = carriedWords(f, plan);
	const shadow = f.top;
	for (let word = 0; word < registers.length; word += 2) allocate(f);
	f.loops[plan.index] = {position, registers, shadow};
	emit(f, 'LOOPENTER', plan.index);
};

const inLoop = (f: FunctionState, breakLabel: number, continueLabel: number, body: () => void): void => {
	f.jumps.push({breakLabel, continueLabel, dynamicDepth: f.dynamicBlocks.length});
	body();
	f.jumps.pop();
};

const isConstant = (node: Expression | undefined, truth: boolean): boolean =>
	node === undefined ? truth : node.kind === 'integer' && (node.value !== 0n) === truth;

/**
 * `while` and `for` after its initialiser. A judged loop tests at the top and ends each turn with LOOPTURN; another one
 * tests at the bottom, one branch per turn.
 */
const generateLoop = (f: FunctionState, node: WhileStatement | ForStatement): void => {
	const plan = f.plan.statements.get(node);
	const step = node.kind === 'for' ? node.step : undefined;
	const {condition} = node;
	const end = newLabel(f);
	const next = newLabel(f);
	const body = newLabel(f);
	const test = newLabel(f);
	const hook: Hook | undefined = plan?.isJudged ? {plan, top: test} : undefined;

	const generateTest = (sense: boolean, label: number): void => {
		if (!condition) {
			if (sense) emitJump(f, label);
			return;
		}

		markLine(f, condition.position);
		f.visit.jumpIf(f, condition, sense, label);
	};

	inScope(f, () => {
		if (hook) {
			markLine(f, node.position, false);
			enterLoop(f, hook.plan, node.position);
			placeLabel(f, test);
			if (!isConstant(condition, true)) generateTest(false, end);
		} else if (!isConstant(condition, true)) {
			markLine(f, condition!.position, false);
			emitJump(f, test);
		}

		placeLabel(f, body);
		inLoop(f, end, next, () => {
			f.visit.statement(f, node.body);
		});
		placeLabel(f, next);
		if (step) {
			markLine(f, step.position);
			f.visit.effects(f, step);
		}

		if (hook) {
			emit(f, 'LOOPTURN', hook.plan.index, 0, test);
		} else {
			placeLabel(f, test);
			generateTest(true, body);
		}

		placeLabel(f, end);
	});
};

const generateDo = (f: FunctionState, node: DoStatement): void => {
	const plan = f.plan.statements.get(node);
	const top = newLabel(f);
	const next = newLabel(f);
	const end = newLabel(f);
	inScope(f, () => {
		if (plan?.isJudged) {
			markLine(f, node.position, false);
			enterLoop(f, plan, node.position);
		}

		placeLabel(f, top);
		inLoop(f, end, next, () => {
			f.visit.statement(f, node.body);
		});
		placeLabel(f, next);
		markLine(f, node.condition.position);
		if (plan?.isJudged) {
			f.visit.jumpIf(f, node.condition, false, end);
			emit(f, 'LOOPTURN', plan.index, 0, top);
		} else {
			f.visit.jumpIf(f, node.condition, true, top);
		}

		placeLabel(f, end);
	});
};

/* ---------- Jumps ---------- */

/** The label to go to for `break` or `continue`. */
const findJump = (f: FunctionState, kind: 'break' | 'continue'): {label: number; depth: number} => {
	for (let index = f.jumps.length - 1; index >= 0; index--) {
		const scope = f.jumps[index]!;
		const label = kind === 'break' ? scope.breakLabel : scope.continueLabel;
		if (label !== undefined) return {label, depth: scope.dynamicDepth};
	}

	throw new Error(`${kind} outside a loop`);
};

const generateJump = (f: FunctionState, kind: 'break' | 'continue'): void => {
	const {label, depth} = findJump(f, kind);
	unwind(f, depth);
	emitJump(f, label);
};

const labelTarget = (f: FunctionState, label: LabelSymbol) => {
	let target = f.labelTargets.get(label);
	if (!target) {
		target = {enter: newLabel(f), turn: newLabel(f), isPlaced: false};
		f.labelTargets.set(label, target);
	}

	return target;
};

/** How many of the open blocks with variable length arrays are around the label, too. */
const sharedDepth = (f: FunctionState, label: LabelSymbol): number => {
	const blocks = f.plan.labels.get(label)?.dynamicBlocks ?? [];
	let depth = 0;
	while (depth < blocks.length && blocks[depth] === f.dynamicBlocks[depth]?.block) depth++;
	return depth;
};

const generateGoto = (f: FunctionState, label: LabelSymbol): void => {
	const target = labelTarget(f, label);
	unwind(f, sharedDepth(f, label));
	const loop = f.plan.labels.get(label)?.loop;
	if (loop && target.isPlaced) emit(f, 'LOOPTURN', loop.index, 0, target.turn);
	else emitJump(f, target.enter);
};

const generateLabel = (f: FunctionState, node: Extract<Statement, {kind: 'label'}>): void => {
	const target = labelTarget(f, node.label);
	const loop = f.plan.labels.get(node.label)?.loop;
	placeLabel(f, target.enter);
	if (loop) enterGotoLoop(f, loop, node.position);
	placeLabel(f, target.turn);
	target.isPlaced = true;
	f.visit.statement(f, node.body);
};

/** The shadow of a loop made by goto was set aside at the start of the function: the loop is no block. */
const enterGotoLoop = (f: FunctionState, plan: LoopPlan, position: Position): void => {
	const registers = carriedWords(f, plan);
	markLine(f, position, false);
	f.loops[plan.index] = {position, registers, shadow: f.gotoShadows.get(plan.index) ?? f.top};
	emit(f, 'LOOPENTER', plan.index);
};

/** Where an `if` can go directly instead of around a jump: the body is nothing but that jump. */
const directJump = (f: FunctionState, node: Statement): number | undefined => {
	const only = node.kind === 'block' && node.statements.length === 1 ? node.statements[0]! : node;
	if (only.kind !== 'break' && only.kind !== 'continue') return undefined;
	const {label, depth} = findJump(f, only.kind);
	return depth === f.dynamicBlocks.length ? label : undefined;
};

const generateIf = (f: FunctionState, node: IfStatement): void => {
	markLine(f, node.condition.position);
	const direct = node.alternate ? undefined : directJump(f, node.consequent);
	if (direct !== undefined) {
		f.visit.jumpIf(f, node.condition, true, direct);
		return;
	}

	const otherwise = newLabel(f);
	f.visit.jumpIf(f, node.condition, false, otherwise);
	f.visit.statement(f, node.consequent);
	if (node.alternate) {
		const end = newLabel(f);
		emitJump(f, end);
		placeLabel(f, otherwise);
		f.visit.statement(f, node.alternate);
		placeLabel(f, end);
	} else {
		placeLabel(f, otherwise);
	}
};

const generateReturn = (f: FunctionState, node: ReturnStatement): void => {
	markLine(f, node.position);
	const {value} = node;
	if (!value) {
		emit(f, 'RETV');
		return;
	}

	if (kindOf(value.type) === 'v') {
		f.visit.effects(f, value);
		emit(f, 'RETV');
		return;
	}

	if (value.type.kind !== 'record') {
		emit(f, 'RET', f.visit.value(f, value));
		return;
	}

	const place = {kind: 'memory', base: f.resultAddress, offset: 0} as const;
	if (value.kind === 'call') f.visit.call(f, value, none, place);
	else if (value.type.size > 0) emit(f, 'COPY', f.resultAddress, f.visit.value(f, value), value.type.size);
	else f.visit.effects(f, value);
	emit(f, 'RET', f.resultAddress);
};

/* ---------- Switch ---------- */

/** Inclusive, as signed numbers of the condition's width. */
type CaseRange = {readonly low: bigint; readonly high: bigint; readonly target: number};

const minimumDenseCases = 4;
const maximumTableLength = 1024;

const caseRanges = (f: FunctionState, node: SwitchStatement, bits: 32 | 64): readonly CaseRange[] => {
	const ranges: CaseRange[] = [];
	for (const label of node.cases) {
		const target = caseLabel(f, label);
		const low = BigInt.asIntN(bits, label.low);
		const high = BigInt.asIntN(bits, label.high);
		if (low <= high) {
			ranges.push({low, high, target});
		} else {
			// An unsigned range across the sign bit.
			ranges.push({low, high: (1n << BigInt(bits - 1)) - 1n, target});
			ranges.push({low: -(1n << BigInt(bits - 1)), high, target});
		}
	}

	return ranges.sort((left, right) => (left.low < right.low ? -1 : 1));
};

const caseLabel = (f: FunctionState, label: CaseLabel): number => {
	let target = f.caseLabels.get(label);
	if (target === undefined) {
		target = newLabel(f);
		f.caseLabels.set(label, target);
	}

	return target;
};

const denseTable = (ranges: readonly CaseRange[], otherwise: number): SwitchTable | undefined => {
	const first = ranges[0];
	const last = ranges.at(-1);
	if (!first || !last || ranges.length < minimumDenseCases) return undefined;
	const length = Number(last.high - first.low) + 1;
	const covered = ranges.reduce((sum, {low, high}) => sum + Number(high - low) + 1, 0);
	if (length > maximumTableLength || covered * 3 < length) return undefined;
	const targets = new Array<number>(length).fill(otherwise);
	for (const {low, high, target} of ranges) {
		targets.fill(target, Number(low - first.low), Number(high - first.low) + 1);
	}

	return {low: Number(first.low), targets, otherwise};
};

const isInt32 = (value: bigint): boolean => value >= -0x8000_0000n && value <= 0x7fff_ffffn;

/** Goes to `label` if the value compares so with the constant. */
const branchOnConstant = (
	f: FunctionState,
	stem: 'EQ' | 'LT' | 'LE' | 'GE' | 'GT',
	isLong: boolean,
	value: Register,
	constant: bigint,
	label: number,
): void => {
	if (isInt32(constant)) {
		emitBranch(f, {stem, isImmediate: true, isLong, left: value, right: Number(constant)}, label);
		return;
	}

	const mark = f.top;
	const register = allocate(f);
	emitConstant(f, 'l', register, constant);
	const isSwapped = stem === 'GE' || stem === 'GT';
	const plain = stem === 'GE' ? 'LE' : stem === 'GT' ? 'LT' : stem;
	const [left, right] = isSwapped ? [register, value] : [value, register];
	emitBranch(f, {stem: plain, isImmediate: false, isLong, left, right}, label);
	f.top = mark;
};

const linearLimit = 4;

/** Tests few ranges one after the other, many by halves. */
const generateTests = (
	f: FunctionState,
	ranges: readonly CaseRange[],
	isLong: boolean,
	value: Register,
	otherwise: number,
): void => {
	if (ranges.length > linearLimit) {
		const middle = ranges.length >> 1;
		const upper = newLabel(f);
		branchOnConstant(f, 'GE', isLong, value, ranges[middle]!.low, upper);
		generateTests(f, ranges.slice(0, middle), isLong, value, otherwise);
		placeLabel(f, upper);
		generateTests(f, ranges.slice(middle), isLong, value, otherwise);
		return;
	}

	for (const {low, high, target} of ranges) {
		if (low === high) {
			branchOnConstant(f, 'EQ', isLong, value, low, target);
		} else {
			const next = newLabel(f);
			branchOnConstant(f, 'LT', isLong, value, low, next);
			branchOnConstant(f, 'LE', isLong, value, high, target);
			placeLabel(f, next);
		}
	}

	emitJump(f, otherwise);
};

const generateSwitch = (f: FunctionState, node: SwitchStatement): void => {
	const mark = f.top;
	const end = newLabel(f);
	const otherwise = node.defaultLabel ? caseLabel(f, node.defaultLabel) : end;
	const isLong = kindOf(node.condition.type) === 'l';
	markLine(f, node.condition.position);
	const value = f.visit.value(f, node.condition);
	const ranges = caseRanges(f, node, isLong ? 64 : 32);
	const table = isLong ? undefined : denseTable(ranges, otherwise);
	if (table) emit(f, 'SWITCH', value, f.switches.push(table) - 1);
	else generateTests(f, ranges, isLong, value, otherwise);
	f.top = mark;

	f.jumps.push({breakLabel: end, continueLabel: undefined, dynamicDepth: f.dynamicBlocks.length});
	f.visit.statement(f, node.body);
	f.jumps.pop();
	placeLabel(f, end);
};

/* ---------- All ---------- */

/** A statement; the temporaries of its expressions are free afterwards. */
export const generateStatement = (f: FunctionState, node: Statement): void => {
	const {frameTop} = f;
	switch (node.kind) {
		case 'expression': {
			markLine(f, node.position);
			f.visit.effects(f, node.expression);
			break;
		}

		case 'declaration': {
			generateDeclaration(f, node);
			break;
		}

		case 'block': {
			generateBlock(f, node);
			break;
		}

		case 'if': {
			generateIf(f, node);
			break;
		}

		case 'while': {
			generateLoop(f, node);
			break;
		}

		case 'for': {
			inScope(f, () => {
				for (const statement of node.initializer) f.visit.statement(f, statement);
				generateLoop(f, node);
			});
			break;
		}

		case 'do': {
			generateDo(f, node);
			break;
		}

		case 'switch': {
			generateSwitch(f, node);
			break;
		}

		case 'case': {
			placeLabel(f, caseLabel(f, node.label));
			f.visit.statement(f, node.body);
			break;
		}

		case 'break':
		case 'continue': {
			markLine(f, node.position);
			generateJump(f, node.kind);
			break;
		}

		case 'return': {
			const mark = f.top;
			generateReturn(f, node);
			f.top = mark;
			break;
		}

		case 'goto': {
			markLine(f, node.position);
			generateGoto(f, node.label);
			break;
		}

		case 'label': {
			generateLabel(f, node);
			break;
		}

		case 'empty': {
			break;
		}
	}

	f.frameTop = frameTop;
};
