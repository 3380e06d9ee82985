/**
 * Jumps: break, continue, goto and labels. A goto back to a label makes a loop that is judged like others.
 */
import type {ComputedGotoStatement, LabelSymbol, Statement} from '../ast.js';
import {enterLoop} from './loop.js';
import {unwind} from './scope.js';
import {
	type FunctionState,
	emit,
	emitJump,
	markLine,
	newLabel,
	placeLabel,
} from './codegen-state.js';

/** The label to go to for `break` or `continue`. */
const findJump = (f: FunctionState, kind: 'break' | 'continue'): {label: number; depth: number} => {
	for (let index = f.jumps.length - 1; index >= 0; index--) {
		const scope = f.jumps[index]!;
		const label = kind === 'break' ? scope.breakLabel : scope.continueLabel;
		if (label !== undefined) return {label, depth: scope.dynamicDepth};
	}

	throw new Error(`${kind} outside a loop`);
};

export const generateJump = (f: FunctionState, kind: 'break' | 'continue'): void => {
	const {label, depth} = findJump(f, kind);
	unwind(f, depth);
	emitJump(f, label);
};

const labelTarget = (f: FunctionState, label: LabelSymbol) => {
	let target = f.labelTargets.get(label);
	if (!target) {
		target = {enter: newLabel(f), turn: newLabel(f), back: undefined, isPlaced: false};
		f.labelTargets.set(label, target);
	}

	return target;
};

/** How many of the variable length arrays in scope here are so at the label, too. */
const sharedDepth = (f: FunctionState, label: LabelSymbol): number => {
	const arrays = f.plan.labels.get(label)?.dynamicArrays ?? [];
	let depth = 0;
	while (depth < arrays.length && arrays[depth] === f.dynamicArrays[depth]?.statement) depth++;
	return depth;
};

export const generateGoto = (f: FunctionState, label: LabelSymbol): void => {
	const target = labelTarget(f, label);
	unwind(f, sharedDepth(f, label));
	const loop = f.plan.labels.get(label)?.loop;
	if (loop && target.isPlaced) emit(f, 'LOOPTURN', loop.index, 0, target.turn);
	else emitJump(f, target.enter);
};

/**
 * `goto *address`: a switch on the labels' numbers, by way of what a goto does before it jumps, if anything: it frees the
 * arrays that are left, and ends a turn of the loop when it goes back.
 */
export const generateComputedGoto = (f: FunctionState, node: ComputedGotoStatement): void => {
	markLine(f, node.position);
	const otherwise = newLabel(f);
	const ways = new Map<LabelSymbol, number>();
	const targets = node.labels.map(label => {
		const direct = directWay(f, label);
		if (direct === undefined && !ways.has(label)) ways.set(label, newLabel(f));
		return direct ?? ways.get(label)!;
	});
	const value = f.visit.value(f, node.address);
	emit(f, 'SWITCH', value, f.switches.push({low: 1, targets, otherwise}) - 1);
	placeLabel(f, otherwise);
	emit(f, 'TRAP');
	for (const [label, way] of ways) {
		placeLabel(f, way);
		if (sharedDepth(f, label) === f.dynamicArrays.length) labelTarget(f, label).back = way;
		generateGoto(f, label);
	}
};

/** Where a switch can go for a label: the label itself, or what an earlier one has for going back to it. */
const directWay = (f: FunctionState, label: LabelSymbol): number | undefined => {
	if (sharedDepth(f, label) < f.dynamicArrays.length) return undefined;
	const {enter, back, isPlaced} = labelTarget(f, label);
	return isPlaced && f.plan.labels.get(label)?.loop ? back : enter;
};

export const generateLabel = (
	f: FunctionState,
	node: Extract<Statement, {kind: 'label'}>,
): void => {
	const target = labelTarget(f, node.label);
	const loop = f.plan.labels.get(node.label)?.loop;
	placeLabel(f, target.enter);
	if (loop) enterLoop(f, loop, node.position);
	placeLabel(f, target.turn);
	target.isPlaced = true;
	f.visit.statement(f, node.body);
};

/** Where an `if` can go directly instead of around a jump: the body is nothing but that jump. */
export const directJump = (f: FunctionState, node: Statement): number | undefined => {
	const only = node.kind === 'block' && node.statements.length === 1 ? node.statements[0]! : node;
	if (only.kind !== 'break' && only.kind !== 'continue') return undefined;
	const {label, depth} = findJump(f, only.kind);
	return depth === f.dynamicArrays.length ? label : undefined;
};
