/** `switch` and its cases (C11 6.8.4.2). */
import type {CaseLabel, Position, Statement} from '../ast.js';
import {isInteger, unqualified, type CType} from '../types/c-types.js';
import {parseConstant} from '../semantics/constant-expression.js';
import {decay, promote} from '../semantics/conversions.js';
import {wrapInteger} from '../semantics/fold.js';
import {emptyAt} from './blocks.js';
import {parseLabelBody} from './labels.js';
import {accept, advance, expect} from './token-cursor.js';
import {error, warn} from './complaints.js';
import type {OpenSwitch, Parser} from './parser-state.js';

/** A case that stands for one of the values from `low` to `high`. */
const caseFor = ({cases, byValue, ranges}: OpenSwitch, low: bigint, high: bigint) =>
	(low === high ? byValue.get(low) : undefined) ??
	(low === high ? ranges : cases).find(label => label.low <= high && low <= label.high);

const warnMissingCases = (p: Parser, type: CType, open: OpenSwitch, position: Position): void => {
	if (type.kind !== 'integer' || !type.enumeration?.constants || open.defaultLabel) return;
	const reported = new Set<number>();
	for (const {name, value} of type.enumeration.constants) {
		const isHandled = caseFor(open, BigInt(value), BigInt(value)) !== undefined;
		if (isHandled || reported.has(value)) continue;
		reported.add(value);
		warn(p, position, '-Wswitch', `enumeration value '${name}' not handled in switch`);
	}
};

export const parseSwitch = (p: Parser): Statement => {
	const {position} = advance(p);
	if (!expect(p, '(')) return emptyAt(position);
	const value = decay(p.grammar.expression(p));
	expect(p, ')');
	if (p.isPanicking) return emptyAt(position);
	if (!isInteger(value.type)) error(p, value.position, 'switch quantity not an integer');
	const condition = promote(value);
	const open: OpenSwitch = {
		type: unqualified(condition.type),
		cases: [],
		byValue: new Map(),
		ranges: [],
		defaultLabel: undefined,
	};
	p.function?.switches.push(open);
	if (p.function) p.function.hasSwitch = true;
	const body = p.grammar.statement(p);
	p.function?.switches.pop();
	warnMissingCases(p, value.type, open, position);
	return {
		kind: 'switch',
		condition,
		body,
		cases: open.cases,
		defaultLabel: open.defaultLabel,
		position,
	};
};

export const currentSwitch = (p: Parser): OpenSwitch | undefined =>
	p.function?.switches[p.function.switches.length - 1];

const addCase = (p: Parser, open: OpenSwitch, label: CaseLabel): void => {
	const same = caseFor(open, label.low, label.high);
	if (same) {
		error(p, label.position, 'duplicate case value', [[same.position, 'previously used here']]);
		return;
	}

	open.cases.push(label);
	if (label.low === label.high) open.byValue.set(label.low, label);
	else open.ranges.push(label);
};

/** `case` constant ( `...` constant )? `:` statement */
export const parseCase = (p: Parser): Statement => {
	const {position} = advance(p);
	const problem = (): string => 'case label does not reduce to an integer constant';
	const low = parseConstant(p, problem);
	const high = accept(p, '...') ? parseConstant(p, problem) : low;
	expect(p, ':');
	if (p.isPanicking) return emptyAt(position);
	const open = currentSwitch(p);
	if (!open) error(p, position, 'case label not within a switch statement');
	const type = open?.type;
	const label: CaseLabel = {
		low: type ? wrapInteger(low, type) : low,
		high: type ? wrapInteger(high, type) : high,
		position,
	};
	if (label.low > label.high) warn(p, position, '', 'empty range specified');
	if (open) addCase(p, open, label);
	return {kind: 'case', label, body: parseLabelBody(p), position};
};

export const parseDefault = (p: Parser): Statement => {
	const {position} = advance(p);
	expect(p, ':');
	const open = currentSwitch(p);
	const label: CaseLabel = {low: 0n, high: 0n, position};
	if (!open) error(p, position, "'default' label not within a switch statement");
	else if (open.defaultLabel)
		error(p, position, 'multiple default labels in one switch', [
			[open.defaultLabel.position, 'this is the first default label'],
		]);
	else open.defaultLabel = label;
	if (p.isPanicking) return emptyAt(position);
	return {kind: 'case', label, body: parseLabelBody(p), position};
};
