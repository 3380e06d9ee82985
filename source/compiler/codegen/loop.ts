/**
 * Loops. Those that have to be judged get their hooks here (see loops.ts for which and why).
 */
import type {DoStatement, Expression, ForStatement, Position, WhileStatement} from '../ast.js';
import {inScope} from './scope.js';
import {
	type FunctionState,
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
export const carriedWords = (f: FunctionState, plan: LoopPlan): readonly number[] =>
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

const inLoop = (
	f: FunctionState,
	breakLabel: number,
	continueLabel: number,
	body: () => void,
): void => {
	f.jumps.push({breakLabel, continueLabel, dynamicDepth: f.dynamicArrays.length});
	body();
	f.jumps.pop();
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
			markLine(f, node.position, false);
			enterLoop(f, judged, node.position);
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
