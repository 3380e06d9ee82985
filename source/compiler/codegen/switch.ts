/**
 * Switch statements: a table where the cases are dense, else a search by halves.
 */
import type {SwitchTable} from '../../bytecode/program.js';
import type {CaseLabel, SwitchStatement} from '../ast.js';
import {emitBranch} from './compare.js';
import {generateBody} from './scope.js';
import {
	type FunctionState,
	type Register,
	allocate,
	emit,
	emitConstant,
	emitJump,
	isInt32,
	kindOf,
	markLine,
	newLabel,
	placeLabel,
} from './codegen-state.js';

/** Inclusive, as signed numbers of the condition's width. */
type CaseRange = {readonly low: bigint; readonly high: bigint; readonly target: number};

const minimumDenseCases = 4;

const maximumTableLength = 1024;

const caseRanges = (
	f: FunctionState,
	node: SwitchStatement,
	bits: 32 | 64,
): readonly CaseRange[] => {
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

export const caseLabel = (f: FunctionState, label: CaseLabel): number => {
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

export const generateSwitch = (f: FunctionState, node: SwitchStatement): void => {
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

	generateBody(f, node.body, end, undefined);
	placeLabel(f, end);
};
