// The instruction set: one row per opcode, whose position is its number. Compiler, disassembler and interpreter all
// read their facts here; the interpreter's `switch` repeats only the numbers (V8 makes a jump table of literals), and a
// test holds its comments against this table.
//
// An instruction is four int32 words [opcode, a, b, c]. Registers are 64 bits wide and are named by word offset
// (2 × number) from the frame base. W works on the low words (32 bits), L on whole registers (64 bits), F on doubles.
// An immediate of an L instruction is sign-extended. Branch targets are word offsets into the code.

/**
 * What an operand word means: `d` register written, `r` register read, `m` register read and written, `i` immediate,
 * `t` branch target, `f` function index, `s` switch-table index, `l` loop index, `-` unused.
 */
export type OperandKind = 'd' | 'r' | 'm' | 'i' | 't' | 'f' | 's' | 'l' | '-';

type Row = readonly [name: string, operands: string, meaning: string];

const rows = [
	['TRAP', 'i--', 'an unreachable point was reached: SIGILL'],
	// Moves and constants
	['MOV', 'dr-', 'd = r, 64 bits'],
	['MOVW', 'dr-', 'd.low = r.low'],
	['LI', 'di-', 'd.low = i'],
	['LIL', 'dii', 'd = i | i << 32; also addresses, functions and doubles'],
	['SEXT', 'dr-', 'd = (long)(int)r'],
	['ZEXT', 'dr-', 'd = (unsigned long)(unsigned)r'],
	['SX8', 'dr-', 'd.low = (signed char)r'],
	['ZX8', 'dr-', 'd.low = (unsigned char)r'],
	['SX16', 'dr-', 'd.low = (short)r'],
	['ZX16', 'dr-', 'd.low = (unsigned short)r'],
	// 32-bit arithmetic
	['ADD', 'drr', 'd = r + r'],
	['SUB', 'drr', 'd = r - r'],
	['MUL', 'drr', 'd = r * r'],
	['DIV', 'drr', 'signed quotient; division by zero and INT_MIN / -1 raise SIGFPE'],
	['DIVU', 'drr', 'unsigned quotient'],
	['REM', 'drr', 'signed remainder; raises SIGFPE as DIV does'],
	['REMU', 'drr', 'unsigned remainder'],
	['AND', 'drr', 'd = r & r'],
	['OR', 'drr', 'd = r | r'],
	['XOR', 'drr', 'd = r ^ r'],
	['SHL', 'drr', 'd = r << (r & 31)'],
	['SHR', 'drr', 'd = r >> (r & 31), unsigned'],
	['SAR', 'drr', 'd = r >> (r & 31), signed'],
	['NEG', 'dr-', 'd = -r'],
	['NOT', 'dr-', 'd = ~r'],
	['ADDI', 'dri', 'd = r + i'],
	['MULI', 'dri', 'd = r * i'],
	['ANDI', 'dri', 'd = r & i'],
	['ORI', 'dri', 'd = r | i'],
	['XORI', 'dri', 'd = r ^ i'],
	['SHLI', 'dri', 'd = r << i'],
	['SHRI', 'dri', 'd = r >> i, unsigned'],
	['SARI', 'dri', 'd = r >> i, signed'],
	// 32-bit comparisons: d.low = 0 or 1
	['EQ', 'drr', 'd = r == r'],
	['NE', 'drr', 'd = r != r'],
	['LT', 'drr', 'd = r < r, signed'],
	['LE', 'drr', 'd = r <= r, signed'],
	['LTU', 'drr', 'd = r < r, unsigned'],
	['LEU', 'drr', 'd = r <= r, unsigned'],
	['EQI', 'dri', 'd = r == i'],
	['NEI', 'dri', 'd = r != i'],
	['LTI', 'dri', 'd = r < i, signed'],
	['LEI', 'dri', 'd = r <= i, signed'],
	['GTI', 'dri', 'd = r > i, signed'],
	['GEI', 'dri', 'd = r >= i, signed'],
	// 64-bit arithmetic
	['ADDL', 'drr', 'd = r + r'],
	['SUBL', 'drr', 'd = r - r'],
	['MULL', 'drr', 'd = r * r'],
	['DIVL', 'drr', 'signed quotient; raises SIGFPE'],
	['DIVUL', 'drr', 'unsigned quotient'],
	['REML', 'drr', 'signed remainder; raises SIGFPE'],
	['REMUL', 'drr', 'unsigned remainder'],
	['ANDL', 'drr', 'd = r & r'],
	['ORL', 'drr', 'd = r | r'],
	['XORL', 'drr', 'd = r ^ r'],
	['SHLL', 'drr', 'd = r << (r.low & 63)'],
	['SHRL', 'drr', 'd = r >> (r.low & 63), unsigned'],
	['SARL', 'drr', 'd = r >> (r.low & 63), signed'],
	['NEGL', 'dr-', 'd = -r'],
	['NOTL', 'dr-', 'd = ~r'],
	['ADDLI', 'dri', 'd = r + i'],
	['MULLI', 'dri', 'd = r * i'],
	['ANDLI', 'dri', 'd = r & i'],
	['SHLLI', 'dri', 'd = r << i'],
	['SHRLI', 'dri', 'd = r >> i, unsigned'],
	['SARLI', 'dri', 'd = r >> i, signed'],
	// 64-bit comparisons: d.low = 0 or 1
	['EQL', 'drr', 'd = r == r'],
	['NEL', 'drr', 'd = r != r'],
	['LTL', 'drr', 'd = r < r, signed'],
	['LEL', 'drr', 'd = r <= r, signed'],
	['LTUL', 'drr', 'd = r < r, unsigned'],
	['LEUL', 'drr', 'd = r <= r, unsigned'],
	['EQLI', 'dri', 'd = r == i'],
	['NELI', 'dri', 'd = r != i'],
	['LTLI', 'dri', 'd = r < i, signed'],
	['LELI', 'dri', 'd = r <= i, signed'],
	['GTLI', 'dri', 'd = r > i, signed'],
	['GELI', 'dri', 'd = r >= i, signed'],
	// Pointers: the index is a signed 32-bit register
	['PADD1', 'drr', 'd = r + index'],
	['PADD2', 'drr', 'd = r + 2 × index'],
	['PADD4', 'drr', 'd = r + 4 × index'],
	['PADD8', 'drr', 'd = r + 8 × index'],
	// Branches
	['JMP', '--t', 'go to t'],
	['BEQ', 'rrt', 'if r == r go to t'],
	['BNE', 'rrt', 'if r != r'],
	['BLT', 'rrt', 'if r < r, signed'],
	['BLE', 'rrt', 'if r <= r, signed'],
	['BLTU', 'rrt', 'if r < r, unsigned'],
	['BLEU', 'rrt', 'if r <= r, unsigned'],
	['BEQI', 'rit', 'if r == i'],
	['BNEI', 'rit', 'if r != i'],
	['BLTI', 'rit', 'if r < i, signed'],
	['BLEI', 'rit', 'if r <= i, signed'],
	['BGTI', 'rit', 'if r > i, signed'],
	['BGEI', 'rit', 'if r >= i, signed'],
	['BEQL', 'rrt', 'if r == r, 64 bits'],
	['BNEL', 'rrt', 'if r != r, 64 bits'],
	['BLTL', 'rrt', 'if r < r, signed 64 bits'],
	['BLEL', 'rrt', 'if r <= r, signed 64 bits'],
	['BLTUL', 'rrt', 'if r < r, unsigned 64 bits'],
	['BLEUL', 'rrt', 'if r <= r, unsigned 64 bits'],
	['BEQLI', 'rit', 'if r == i, 64 bits'],
	['BNELI', 'rit', 'if r != i, 64 bits'],
	['BLTLI', 'rit', 'if r < i, signed 64 bits'],
	['BLELI', 'rit', 'if r <= i, signed 64 bits'],
	['BGTLI', 'rit', 'if r > i, signed 64 bits'],
	['BGELI', 'rit', 'if r >= i, signed 64 bits'],
	['SWITCH', 'rs-', 'go to the entry of switch table s for the signed 32-bit r'],
	// Loops that could be busy waiting (see vm/turns.ts)
	['LOOPENTER', 'l--', 'a loop is entered from outside: its first turn begins'],
	['LOOPTURN', 'l-t', 'a turn of the loop has ended: judge it, go to t'],
	// Memory: address = r + i
	['LD8S', 'dri', 'd.low = signed byte'],
	['LD8U', 'dri', 'd.low = unsigned byte'],
	['LD16S', 'dri', 'd.low = signed 16 bits'],
	['LD16U', 'dri', 'd.low = unsigned 16 bits'],
	['LD32', 'dri', 'd.low = 32 bits'],
	['LD64', 'dri', 'd = 64 bits'],
	['LDF32', 'dri', 'd = (double)float'],
	['ST8', 'rri', 'memory = first r; address = second r + i'],
	['ST16', 'rri', 'likewise, 16 bits'],
	['ST32', 'rri', 'likewise, 32 bits'],
	['ST64', 'rri', 'likewise, 64 bits'],
	['STF32', 'rri', 'memory = (float)first r'],
	// Memory at a fixed address i (globals)
	['LDG8S', 'di-', 'd.low = signed byte at i'],
	['LDG8U', 'di-', 'd.low = unsigned byte at i'],
	['LDG16S', 'di-', 'd.low = signed 16 bits at i'],
	['LDG16U', 'di-', 'd.low = unsigned 16 bits at i'],
	['LDG32', 'di-', 'd.low = 32 bits at i'],
	['LDG64', 'di-', 'd = 64 bits at i'],
	['STG8', 'ri-', 'byte at i = r'],
	['STG16', 'ri-', '16 bits at i = r'],
	['STG32', 'ri-', '32 bits at i = r'],
	['STG64', 'ri-', '64 bits at i = r'],
	// Array elements: address = base r + size × signed 32-bit index r
	['LDX8S', 'drr', 'd.low = signed byte'],
	['LDX8U', 'drr', 'd.low = unsigned byte'],
	['LDX32', 'drr', 'd.low = 32 bits'],
	['LDX64', 'drr', 'd = 64 bits'],
	['STX8', 'rrr', 'byte at (second + third) = first'],
	['STX32', 'rrr', '32 bits at (second + 4 × third) = first'],
	['STX64', 'rrr', '64 bits at (second + 8 × third) = first'],
	// The load and the store of an increment whose value nobody uses, as in `turns++;` on a variable in memory:
	// not a read in the sense of busy waiting
	['LDC32', 'dri', 'd.low = 32 bits'],
	['LDC64', 'dri', 'd = 64 bits'],
	['STC32', 'rri', 'memory = first r'],
	['STC64', 'rri', 'memory = first r'],
	// Blocks: cost 1 cycle per 8 bytes
	['MEMCPY', 'rrr', 'copy (64-bit third) bytes from address second to address first, as memmove'],
	['MEMSET', 'rrr', 'fill (64-bit third) bytes at address first with byte second'],
	['COPY', 'rri', 'copy i bytes from address second to address first'],
	['ZERO', 'ri-', 'clear i bytes at address r'],
	// Floating point
	['FADD', 'drr', 'd = r + r'],
	['FSUB', 'drr', 'd = r - r'],
	['FMUL', 'drr', 'd = r * r'],
	['FDIV', 'drr', 'd = r / r'],
	['FNEG', 'dr-', 'd = -r'],
	['FROUND', 'dr-', 'd = (float)r'],
	['FEQ', 'drr', 'd.low = r == r'],
	['FNE', 'drr', 'd.low = r != r'],
	['FLT', 'drr', 'd.low = r < r'],
	['FLE', 'drr', 'd.low = r <= r'],
	['WTOF', 'dr-', 'd = (double)(int)r'],
	['UTOF', 'dr-', 'd = (double)(unsigned)r'],
	['LTOF', 'dr-', 'd = (double)(long)r'],
	['ULTOF', 'dr-', 'd = (double)(unsigned long)r'],
	['LTOS', 'dr-', 'd = (float)(long)r, rounded once'],
	['ULTOS', 'dr-', 'd = (float)(unsigned long)r, rounded once'],
	['FTOW', 'dr-', 'd.low = (int)r; out of range gives INT_MIN as on x86-64'],
	['FTOU', 'dr-', 'd.low = (unsigned)r'],
	['FTOL', 'dr-', 'd = (long)r; out of range gives LONG_MIN'],
	['FTOUL', 'dr-', 'd = (unsigned long)r'],
	['FMATH1', 'dri', 'd = unaryMath[i](r)'],
	['FATAN2', 'drr', 'd = atan2(r, r)'],
	['FPOW', 'drr', 'd = pow(r, r)'],
	['FFMOD', 'drr', 'd = fmod(r, r)'],
	// Calls
	['CALL', 'fi-', 'call function f with its frame at register i'],
	['CALLR', 'ri-', 'call through the function pointer r with its frame at register i'],
	['RET', 'r--', 'return r'],
	['RETV', '---', 'return without a value'],
	['ENTER', 'di-', 'sp -= i; d = sp; i is a multiple of 16'],
	[
		'SYSCALL',
		'dii',
		'd = system call; number and arguments in registers from the first i on, second i of them',
	],
	['ALLOCA', 'dr-', 'sp -= r rounded up to 16; d = sp'],
	['GETSP', 'd--', 'd = sp'],
	['SETSP', 'r--', 'sp = r'],
	['TP', 'd--', 'd = the thread pointer'],
	['SETJMP', 'dr-', "save pc, frame and sp in the buffer at r; d.low = 0, or longjmp()'s value"],
	['LONGJMP', 'rr-', 'restore the buffer at the first r; the SETJMP gives the second r'],
	// One indivisible read-modify-write; registers from the first i on: address, value, (desired value)
	['ATOMIC', 'dii', 'd = old value; the second i is atomicKind(operation, size)'],
	// Increments of unused value, as LDC32 and STC32, of narrow integers and floats
	['LDC8', 'dri', 'd.low = unsigned byte'],
	['LDC16', 'dri', 'd.low = unsigned 16 bits'],
	['LDCF32', 'dri', 'd = (double)float'],
	['STC8', 'rri', 'memory = first r'],
	['STC16', 'rri', 'memory = first r'],
	['STCF32', 'rri', 'memory = (float)first r'],
	[
		'LOOPREAD',
		'---',
		'a counter of a loop in this function is read or set: the turn does more than count',
	],
] as const satisfies readonly Row[];

export type OpcodeName = (typeof rows)[number][0];

export type OpcodeRow = {
	readonly name: OpcodeName;
	readonly operands: readonly [OperandKind, OperandKind, OperandKind];
	readonly meaning: string;
};

/** All opcodes; the index is the number. */
export const opcodeTable: readonly OpcodeRow[] = rows.map(([name, operands, meaning]) => ({
	name,
	operands: [...operands] as [OperandKind, OperandKind, OperandKind],
	meaning,
}));

/** Opcode numbers by name: `op.ADD`. */
export const op: Readonly<Record<OpcodeName, number>> = Object.fromEntries(
	rows.map(([name], number) => [name, number]),
) as Record<OpcodeName, number>;

/** Words per instruction. */
export const instructionWords = 4;

/** The functions of FMATH1, in the order of their immediate. */
export const unaryMath = [
	'sqrt',
	'floor',
	'ceil',
	'trunc',
	'fabs',
	'sin',
	'cos',
	'tan',
	'asin',
	'acos',
	'atan',
	'exp',
	'log',
	'log10',
	'log2',
	'exp2',
	'round',
	'rint',
	'sinh',
	'cosh',
	'tanh',
	'cbrt',
	'expm1',
	'log1p',
] as const;

/**
 * The operations of ATOMIC. All give the old value; `cas` stores the desired value if the old one equals `value`; `count`
 * is an `add` whose old value nobody uses: no read in the sense of busy waiting.
 */
export const atomicOperations = [
	'load',
	'store',
	'xchg',
	'add',
	'and',
	'or',
	'xor',
	'nand',
	'cas',
	'count',
] as const;

/** The immediate of an ATOMIC instruction. `size` is 1, 2, 4 or 8 bytes. */
export const atomicKind = (operation: (typeof atomicOperations)[number], size: number): number =>
	atomicOperations.indexOf(operation) * 16 + size;

/** The immediates of ATOMIC from here on are those of `count`. */
export const atomicCount = atomicKind('count', 0);
