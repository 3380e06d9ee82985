import {expect, test} from 'vitest';
import {disassemble, disassembleInstruction} from '../../source/bytecode/disassemble.js';
import {op} from '../../source/bytecode/opcodes.js';

test('registers are named by number, immediates and targets by value', () => {
	expect(disassembleInstruction(Int32Array.of(op.ADDI, 4, 0, -1), 0)).toBe('ADDI r2, r0, -1');
	expect(disassembleInstruction(Int32Array.of(op.BLT, 0, 2, 40), 0)).toBe('BLT r0, r1, @40');
	expect(disassembleInstruction(Int32Array.of(op.JMP, 0, 0, 8), 0)).toBe('JMP @8');
	expect(disassembleInstruction(Int32Array.of(op.LOOPTURN, 3, 0, 8), 0)).toBe(
		'LOOPTURN loop 3, @8',
	);
	expect(disassembleInstruction(Int32Array.of(op.SWITCH, 2, 1, 0), 0)).toBe('SWITCH r1, switch 1');
});

test('an instruction without operands is its name alone', () => {
	expect(disassembleInstruction(Int32Array.of(op.RETV, 0, 0, 0), 0)).toBe('RETV');
});

test('functions are named where names are known', () => {
	const code = Int32Array.of(op.CALL, 7, 2, 0);
	expect(disassembleInstruction(code, 0)).toBe('CALL function 7, 2');
	expect(disassembleInstruction(code, 0, {functionName: () => 'main'})).toBe('CALL main, 2');
});

test('a listing has one line per instruction, with its word offset', () => {
	const code = Int32Array.of(op.LI, 0, 5, 0, op.RET, 0, 0, 0);
	expect(disassemble(code)).toBe('     0  LI r0, 5\n     4  RET r0');
	expect(disassemble(code, 4)).toBe('     4  RET r0');
});

test('a word that is no opcode is shown as such', () => {
	expect(disassembleInstruction(Int32Array.of(9999, 0, 0, 0), 0)).toBe('? 9999');
});
