/**
 * GNU `asm` statements. This machine has no assembly language: only templates without meaning here pass, barriers and hints,
 * and of their operands only what C itself can say.
 */
import type {Expression, Position, Statement} from '../ast.js';
import {assign} from '../semantics/assignment.js';
import {convert, decay} from '../semantics/conversions.js';
import {sequence} from '../semantics/temporaries.js';
import {tokenKind} from '../text/lexer.js';
import {voidType} from '../types/c-types.js';
import {emptyAt} from './blocks.js';
import {accept, advance, expect, is, isAtEnd, peek, skipBalanced} from './token-cursor.js';
import {syntaxError} from './complaints.js';
import type {Parser} from './parser-state.js';

/** Compiler and memory barriers, hints to the processor. */
const harmlessAssembly = /^"(?:\s|\\n|\\t|;|rep|nop|pause|mfence|lfence|sfence|yield)*"$/;

/** `"=r" (x)`: the constraint without quotes. */
type Operand = {readonly constraint: string; readonly value: Expression};

/** `:` ( ( `[` name `]` )? constraint `(` expression `)` ),* */
const parseOperands = (p: Parser): readonly Operand[] => {
	const operands: Operand[] = [];
	if (!accept(p, ':')) return operands;
	do {
		if (is(p, '[')) skipBalanced(p);
		if (p.token.kind !== tokenKind.string) break;
		const constraint = advance(p).text.slice(1, -1);
		if (!expect(p, '(')) break;
		operands.push({constraint, value: p.grammar.expression(p)});
		expect(p, ')');
	} while (!p.isPanicking && accept(p, ','));
	return operands;
};

/** What an empty template does: an output takes the value of the input that is to stand in the same place, as in `"0" (y)`. */
const moves = (
	p: Parser,
	outputs: readonly Operand[],
	inputs: readonly Operand[],
	position: Position,
): readonly Expression[] =>
	inputs.map(({constraint, value}) => {
		const output = /^\d+$/.test(constraint) ? outputs[Number(constraint)] : undefined;
		if (!output) return convert(decay(value), voidType);
		return convert(assign(p, output.value, value, position), voidType);
	});

/** `asm` qualifiers `(` template ( `:` outputs ( `:` inputs ( `:` clobbers )? )? )? `)` `;` */
export const parseAssembly = (p: Parser): Statement => {
	const {position} = advance(p);
	while (['volatile', '__volatile__', '__volatile', 'goto', 'inline'].includes(p.token.text))
		advance(p);
	const isHarmless =
		is(p, '(') && peek(p).kind === tokenKind.string && harmlessAssembly.test(peek(p).text);
	if (!isHarmless) {
		syntaxError(
			p,
			position,
			'not supported: inline assembly (asm); use the __atomic builtins or <stdatomic.h> for atomic operations',
		);
		return emptyAt(position);
	}

	advance(p);
	advance(p);
	const outputs = parseOperands(p);
	const inputs = parseOperands(p);
	while (!is(p, ')') && !isAtEnd(p) && !is(p, ';')) advance(p); // What it overwrites
	expect(p, ')');
	expect(p, ';');
	const fence: Expression = {kind: 'builtin', builtin: 'fence', args: [], type: voidType, position};
	const expression = sequence([...moves(p, outputs, inputs, position), fence], position);
	return {kind: 'expression', expression, position};
};
