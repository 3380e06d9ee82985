/**
 * GNU `asm` statements. This machine has no assembly language: only what C itself can say passes, barriers and hints to the
 * processor, and the instructions that course programs have for locks (assembly-instructions.ts).
 */
import {builtinNode} from '../semantics/builtin-node.js';
import type {Statement} from '../ast.js';
import {type AssemblyOperand, translateAssembly} from '../semantics/assembly-instructions.js';
import {sequence} from '../semantics/temporaries.js';
import {tokenKind} from '../text/lexer.js';
import {voidType} from '../types/c-types.js';
import {emptyAt} from './blocks.js';
import {accept, advance, expect, is, isAtEnd} from './token-cursor.js';
import {syntaxError} from './complaints.js';
import type {Parser} from './parser-state.js';

/** `:` ( ( `[` name `]` )? constraint `(` expression `)` ),* */
const parseOperands = (p: Parser): readonly AssemblyOperand[] => {
	const operands: AssemblyOperand[] = [];
	if (!accept(p, ':')) return operands;
	do {
		const name = accept(p, '[') ? advance(p).text : undefined;
		if (name !== undefined) expect(p, ']');
		if (p.token.kind !== tokenKind.string) break;
		const constraint = advance(p).text.slice(1, -1);
		if (!expect(p, '(')) break;
		operands.push({name, constraint, value: p.grammar.expression(p)});
		expect(p, ')');
	} while (!p.isPanicking && accept(p, ','));
	return operands;
};

/** The instructions, a line each: string literals stand one behind the other. */
const parseTemplate = (p: Parser): string => {
	let template = '';
	while (p.token.kind === tokenKind.string) template += advance(p).text.slice(1, -1);
	return template.replace(/\\n/g, '\n').replace(/\\t/g, '\t');
};

/** `asm` qualifiers `(` template ( `:` outputs ( `:` inputs ( `:` clobbers )? )? )? `)` `;` */
export const parseAssembly = (p: Parser): Statement => {
	const {position} = advance(p);
	while (['volatile', '__volatile__', '__volatile', 'goto', 'inline'].includes(p.token.text))
		advance(p);
	if (!expect(p, '(')) return emptyAt(position);
	const template = parseTemplate(p);
	const outputs = parseOperands(p);
	const inputs = parseOperands(p);
	const steps = p.isPanicking
		? undefined
		: translateAssembly(p, template, outputs, inputs, position);
	if (!steps) {
		syntaxError(
			p,
			position,
			'not supported: inline assembly (asm); use the __atomic builtins or <stdatomic.h> for atomic operations',
		);
		return emptyAt(position);
	}

	while (!is(p, ')') && !isAtEnd(p) && !is(p, ';')) advance(p); // What it overwrites
	expect(p, ')');
	expect(p, ';');
	const fence = builtinNode('fence', [], voidType, position);
	return {kind: 'expression', expression: sequence([...steps, fence], position), position};
};
