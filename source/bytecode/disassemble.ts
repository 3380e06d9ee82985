// Bytecode as text, for tests, bug reports and curious users: one instruction per line, registers as r0, r1 …, branch
// targets as word offsets.

import {instructionWords, type OperandKind, opcodeTable} from './opcodes.js';
import type {Program} from './program.js';

/** What disassembly can name, if it knows: the functions of the program. */
type Names = {readonly functionName?: (number: number) => string | undefined};

const operandText = (kind: OperandKind, word: number, names: Names): string | undefined => {
	switch (kind) {
		case '-':
			return undefined;
		case 'd':
		case 'r':
		case 'm':
			return word % 2 === 0 ? `r${word / 2}` : `r${(word - 1) / 2}.high`;
		case 'i':
			return String(word);
		case 't':
			return `@${word}`;
		case 'f':
			return names.functionName?.(word) ?? `function ${word}`;
		case 's':
			return `switch ${word}`;
		case 'l':
			return `loop ${word}`;
	}
};

/** The instruction at word offset `pc`: `ADDI r1, r0, -1`. */
export const disassembleInstruction = (code: Int32Array, pc: number, names: Names = {}): string => {
	const row = opcodeTable[code[pc]!];
	if (!row) return `? ${code[pc]}`;
	const operands = row.operands.flatMap((kind, index) => {
		const text = operandText(kind, code[pc + 1 + index]!, names);
		return text === undefined ? [] : [text];
	});
	return operands.length === 0 ? row.name : `${row.name} ${operands.join(', ')}`;
};

/** The instructions from word offset `from` up to `to`, each with its offset relative to `origin`. */
export const disassemble = (
	code: Int32Array,
	from = 0,
	to = code.length,
	names: Names = {},
): string => {
	const lines: string[] = [];
	for (let pc = from; pc < to; pc += instructionWords) {
		lines.push(`${String(pc).padStart(6)}  ${disassembleInstruction(code, pc, names)}`);
	}
	return lines.join('\n');
};

/** One function of a linked program, or undefined if there is none of this name. */
export const disassembleFunction = (program: Program, name: string): string | undefined => {
	const fn = program.functions.find(candidate => candidate.name === name);
	if (!fn) return undefined;
	return disassemble(program.code, fn.entry, fn.end, {
		functionName: number => program.functions[number]?.name,
	});
};
