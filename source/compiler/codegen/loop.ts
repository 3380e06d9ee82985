/**
 * Loops. Those that have to be judged get their hooks here (see loops.ts for which and why).
 */
import type {DoStatement, Expression, ForStatement, Position, WhileStatement} from '../ast.js';
import {generateBody, inScope} from './scope.js';
import {
	type FunctionState,
	type Register,
	allocate,
	emit,
	emitJump,
	kindOf,
	markLine,
	newLabel,
	placeLabel,
} from './codegen-state.js';
import type {LoopPlan} from './loops.js';

/** The register words that a loop carries from turn to turn: of an int only the low one means something. */
const carriedWords = (f: FunctionState, plan: LoopPlan): readonly number[] =>
	plan.carried.flatMap(symbol => {
		const register = f.registers.get(symbol);
		if (register === undefined) return [];
		return kindOf(symbol.type) === 'w' ? [register] : [register, register + 1];
	});

/** Registers for the values of so many words at the start of a turn; the first one. */
const allocateShadow = (f: FunctionState, words: number): Register => {
	const shadow = f.top;
	for (let word = 0; word < words; word += 2) allocate(f);
	return shadow;
};

/**
 * Puts LOOPENTER in front of a loop that is to be judged. Its shadow registers are free again after the loop; those of a
 * loop made by goto, which is no block, were set aside at the start of the function.
 */
export const enterLoop = (f: FunctionState, plan: LoopPlan, position: Position): void => {
	const registers = carriedWords(f, plan);
	const shadow = f.gotoShadows.get(plan.index) ?? allocateShadow(f, registers.length);
	markLine(f, position, false);
	f.loops[plan.index] = {position, registers, shadow};
	emit(f, 'LOOPENTER', plan.index);
};

const isConstant = (node: Expression | undefined, truth: boolean): boolean =>
	node === undefined ? truth : node.kind === 'integer' && (node.value !== 0n) === truth;

/**
 * `while` and `for` after its initialiser. A judged loop tests at the top and ends each turn with LOOPTURN; another one
 * tests at the bottom, one branch per turn.
 */
export const generateLoop = (f: FunctionState, node: WhileStatement | ForStatement): void => {
	const plan = f.plan.statements.get(node);
	const step = node.kind === 'for' ? node.step : undefined;
	const {condition} = node;
	const end = newLabel(f);
	const next = newLabel(f);
	const body = newLabel(f);
	const test = newLabel(f);
	const judged = plan?.isJudged ? plan : undefined;

	const generateTest = (sense: boolean, label: number): void => {
		if (!condition) {
			emitJump(f, label);
			return;
		}

		markLine(f, condition.position);
		f.visit.jumpIf(f, condition, sense, label);
	};

	inScope(f, () => {
		if (judged) {
			enterLoop(f, judged, node.position);
			placeLabel(f, test);
			if (!isConstant(condition, true)) generateTest(false, end);
		} else if (!isConstant(condition, true)) {
			markLine(f, condition!.position, false);
			emitJump(f, test);
		}

		placeLabel(f, body);
		generateBody(f, node.body, end, next);
		placeLabel(f, next);
		if (step) {
			markLine(f, step.position);
			f.visit.effects(f, step);
		}

		if (judged) {
			emit(f, 'LOOPTURN', judged.index, 0, test);
		} else {
			placeLabel(f, test);
			generateTest(true, body);
		}

		placeLabel(f, end);
	});
};

export const generateDo = (f: FunctionState, node: DoStatement): void => {
	const plan = f.plan.statements.get(node);
	const top = newLabel(f);
	const next = newLabel(f);
	const end = newLabel(f);
	inScope(f, () => {
		if (plan?.isJudged) {
			enterLoop(f, plan, node.position);
		}

		placeLabel(f, top);
		generateBody(f, node.body, end, next);
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
