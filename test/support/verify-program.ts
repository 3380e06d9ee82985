// Structural checks of a linked program: what the interpreter relies on without looking.

import {atomicOperations, op, opcodeTable, unaryMath} from '../../source/bytecode/opcodes.js';
import {dataBase, type FunctionInfo, type Program} from '../../source/bytecode/program.js';

/** Opcodes after which control does not go on. */
const endings = new Set([op.TRAP, op.JMP, op.SWITCH, op.LOOPTURN, op.RET, op.RETV, op.LONGJMP]);
/** Opcodes that write, or read, both words of a register are checked as if all did. */
const wordsPerRegister = 2;

const verifyInstruction = (program: Program, fn: FunctionInfo, pc: number): readonly string[] => {
	const problems: string[] = [];
	const {code} = program;
	const row = opcodeTable[code[pc]!];
	if (!row) return [`opcode ${code[pc]}`];
	const isInside = (target: number): boolean =>
		target >= fn.entry && target < fn.end && (target - fn.entry) % 4 === 0;
	const expect = (isFine: boolean, what: string): void => {
		if (!isFine) problems.push(`${row.name}: ${what}`);
	};
	row.operands.forEach((kind, index) => {
		const word = code[pc + 1 + index]!;
		switch (kind) {
			case 'd':
			case 'r':
			case 'm':
				expect(word >= 0 && word % 2 === 0, `register ${word}`);
				expect(word + wordsPerRegister <= fn.registerWords, `register ${word} outside the frame`);
				break;
			case 't':
				expect(isInside(word), `target ${word}`);
				break;
			case 'f':
				expect(program.functions[word] !== undefined, `function ${word}`);
				break;
			case 's': {
				const table = program.switches[word];
				expect(table !== undefined, `switch ${word}`);
				for (const target of [...(table?.targets ?? []), table?.otherwise ?? -1]) {
					expect(isInside(target), `switch target ${target}`);
				}
				break;
			}
			case 'l':
				expect(program.functions[program.loops[word]?.function ?? -1] === fn, `loop ${word}`);
				break;
			case 'i':
				break;
			case '-':
				expect(word === 0, `unused operand ${word}`);
				break;
		}
	});
	const [a, b, c] = [code[pc + 1]!, code[pc + 2]!, code[pc + 3]!];
	if (code[pc] === op.CALL || code[pc] === op.CALLR) {
		expect(b >= 0 && b % 2 === 0 && b + 2 <= fn.registerWords, `frame at ${b}`);
	}
	if (code[pc] === op.CALL) {
		const callee = program.functions[a];
		const room = b + 2 * (callee?.parameterCount ?? 0);
		if (callee && !callee.isLibrary)
			expect(room <= fn.registerWords, `arguments of ${callee.name}`);
	}
	if (code[pc] === op.SYSCALL) expect(b + 2 * c <= fn.registerWords, 'arguments');
	if (code[pc] === op.ENTER) expect(b > 0 && b % 16 === 0, `frame of ${b} bytes`);
	if (code[pc] === op.FMATH1) expect(unaryMath[c] !== undefined, `function ${c}`);
	if (code[pc] === op.ATOMIC) {
		expect(atomicOperations[c >> 4] !== undefined && [1, 2, 4, 8].includes(c & 15), `kind ${c}`);
	}
	const isLast = pc + 4 >= fn.end;
	if (isLast) expect(endings.has(code[pc]!), 'control leaves the function');
	return problems.map(problem => `${fn.name}+${pc - fn.entry}: ${problem}`);
};

const verifyTables = (program: Program): readonly string[] => {
	const problems: string[] = [];
	const {lines} = program;
	for (const [index, loop] of program.loops.entries()) {
		const fn = program.functions[loop.function];
		if (!fn) problems.push(`loop ${index}: no function`);
		const end = loop.shadow + loop.registers.length;
		if (fn && end > fn.registerWords) problems.push(`loop ${index}: shadow outside the frame`);
		for (const word of loop.registers) {
			if (word >= loop.shadow && word < end) problems.push(`loop ${index}: shadow over ${word}`);
			if (fn && word >= fn.registerWords) problems.push(`loop ${index}: word ${word}`);
		}
		const parent = loop.parent < 0 ? undefined : program.loops[loop.parent];
		if (loop.parent >= 0 && parent?.function !== loop.function)
			problems.push(`loop ${index}: parent`);
	}
	for (let index = 0; index < lines.pcs.length; index++) {
		if (index > 0 && lines.pcs[index]! <= lines.pcs[index - 1]!)
			problems.push(`line ${index}: order`);
		if (!program.files[lines.fileOf[index]!]) problems.push(`line ${index}: file`);
		if (lines.lines[index]! < 1) problems.push(`line ${index}: number`);
	}
	for (const variable of [...program.globals, ...program.functions.flatMap(fn => fn.variables)]) {
		if (!program.types[variable.type]) problems.push(`variable ${variable.name}: type`);
		const {location} = variable;
		if (location.kind === 'address') {
			const offset = location.address - dataBase;
			if (offset < 0 || offset >= program.dataSize)
				problems.push(`variable ${variable.name}: address`);
		}
	}
	if (program.readOnlySize % 4096 !== 0) problems.push('read-only size');
	if (!program.functions[program.start]) problems.push('start');
	return problems;
};

/** Everything that is wrong with a program, as text; empty if it is sound. */
export const verifyProgram = (program: Program): readonly string[] => {
	const problems: string[] = [];
	let expected = 0;
	for (const fn of program.functions) {
		if (fn.entry !== expected) problems.push(`${fn.name}: gap in the code`);
		expected = fn.end;
		for (let pc = fn.entry; pc < fn.end; pc += 4) {
			problems.push(...verifyInstruction(program, fn, pc));
		}
	}
	if (expected !== program.code.length) problems.push('code behind the last function');
	return [...problems, ...verifyTables(program)];
};
