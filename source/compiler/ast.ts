/**
 * The typed tree after checking: what code generation walks.
 *
 * Every expression carries its C type and every conversion is an explicit `cast` node, so that the operands of an operator
 * have exactly the type it computes in. Lvalues are the kinds `variable`, `string`, `dereference`, `member`,
 * `compound-literal`; such a node where a value is wanted means "load it" (of arrays only the address is ever taken, by a
 * cast `array-decay` or by `address-of`). Constants are folded, sizeof too.
 */
import type {
	BitField,
	CType,
	FloatType,
	FunctionType,
	IntegerType,
	Member,
	PointerType,
	RecordType,
} from './types/c-types.js';
import type {SourceMap} from './text/source-text.js';

/** Offset into the unit's source map; `locate(sourceMap, position)` gives file, line and column. */
export type Position = number;

/* ---------- Symbols ---------- */

/** An object with a name (or a hidden one). One object per declared entity; compare by identity. */
export type VariableSymbol = {
	readonly kind: 'variable';
	/** Unique within the unit. */
	readonly id: number;
	/** The C name; hidden temporaries of the compiler are called `.tmp`, `.literal`, `.size` … */
	readonly name: string;
	/**
	 * `local` and `parameter` live in the frame; `static` is a static local or file-scope static (linkage internal),
	 * `global` has external linkage.
	 */
	storage: 'local' | 'parameter' | 'static' | 'global';
	/** Static locals are unique per unit by this name: `counter.3`. Otherwise the C name. */
	readonly linkName: string;
	type: CType;
	/** In bytes, from the type or _Alignas. */
	alignment: number;
	/** `&x` is taken (directly or of a member), so a scalar must live in memory. Arrays and records always do. */
	isAddressTaken: boolean;
	isThreadLocal: boolean;
	/** Static and global: defined in this unit (tentative definitions count). Otherwise another unit defines it. */
	isDefined: boolean;
	/** `__attribute__((weak))`. */
	isWeak: boolean;
	/** A const scalar that begins with a constant: its value, which gcc takes for a constant in static initialisers. */
	constant: Expression | undefined;
	/** Static and global: initial contents; undefined is all zero. */
	initializer: StaticInitializer | undefined;
	readonly position: Position;
	/** Local, parameter, static local: where the name is visible (from the declarator to the end of its block). */
	scope: {readonly start: Position; end: Position} | undefined;
	/** The function it is declared in. */
	functionName: string | undefined;
	/** Uses counted by the checker (for -Wunused-variable). */
	uses: number;
	/** Assigned to, whether or not it is read. */
	isAssigned: boolean;
	/** True for compiler-made temporaries: not shown by debuggers. */
	readonly isHidden: boolean;
};

export type FunctionSymbol = {
	readonly kind: 'function';
	readonly id: number;
	readonly name: string;
	/** `static` functions: internal, not visible to other units. */
	isInternal: boolean;
	type: FunctionType;
	isDefined: boolean;
	isWeak: boolean;
	/** `_Noreturn` or `__attribute__((noreturn))`. */
	isNoReturn: boolean;
	/** C99 inline without extern: an external definition is emitted by us anyway. */
	isInline: boolean;
	/** Called or its address used in this unit. */
	isUsed: boolean;
	readonly position: Position;
	/** `__attribute__((format(printf, 1, 2)))`, argument numbers from 1; `first` is 0 for v*printf. */
	format: FormatAttribute | undefined;
	/** A call's arguments end with a null pointer and so many more. */
	sentinel: number | undefined;
	/** `__attribute__((constructor))` and `destructor`. */
	constructorKind: 'constructor' | 'destructor' | undefined;
	/** `__attribute__((alias("name")))`. */
	aliasOf: string | undefined;
};

export type FormatAttribute = {
	readonly archetype: 'printf' | 'scanf' | 'strftime';
	readonly string: number;
	readonly first: number;
};

export type LabelSymbol = {
	readonly name: string;
	readonly id: number;
	position: Position;
	isDefined: boolean;
	isUsed: boolean;
};

/** A string literal's bytes with the terminating zero(s). Equal literals of a unit share one object. */
export type StringLiteral = {
	readonly kind: 'string-literal';
	readonly id: number;
	readonly bytes: Uint8Array;
	/** Bytes of a character: 1, 2 (`u`) or 4 (`U`, `L`). */
	readonly alignment: number;
};

/* ---------- Static data ---------- */

/** The image of a static object and the addresses to be added by the linker. */
export type StaticInitializer = {
	/** As long as the object (longer than its type only for a flexible array member). */
	readonly bytes: Uint8Array;
	/** At `offset`, 8 bytes: address of the target plus addend (in bytes). */
	readonly relocations: readonly Relocation[];
};

export type Relocation = {
	readonly offset: number;
	readonly target: VariableSymbol | FunctionSymbol | StringLiteral;
	readonly addend: number;
};

/* ---------- Expressions ---------- */

type Node<Type extends CType = CType> = {readonly type: Type; readonly position: Position};

/** `42`, `'a'`, `sizeof x`, an enumeration constant; also a null pointer constant cast to a pointer type. Value in range of `type` (pointers: unsigned 64 bit). */
export type IntegerConstant = Node & {readonly kind: 'integer'; readonly value: bigint};

/** `1.5`, `2.5f` (rounded to float already). */
export type FloatConstant = Node<FloatType> & {readonly kind: 'float'; readonly value: number};

/** `"text"`: an lvalue of array type. */
export type StringExpression = Node & {readonly kind: 'string'; readonly literal: StringLiteral};

/** `x`: an lvalue. */
export type VariableExpression = Node & {
	readonly kind: 'variable';
	readonly symbol: VariableSymbol;
};

/** `f` as a designator: only below a `function-decay` cast, below `address-of`, or as the callee of a call. */
export type FunctionExpression = Node & {
	readonly kind: 'function';
	readonly symbol: FunctionSymbol;
};

/** `*p`, `a[i]` (= `*(a + i)`), and the left side of `p->m`: an lvalue at the address that `operand` has. */
export type DereferenceExpression = Node & {
	readonly kind: 'dereference';
	readonly operand: Expression;
};

/**
 * `s.m` and `p->m` (= `(*p).m`): an lvalue if `object` is one; else `object` is a call (or assignment, conditional …) that yields a
 * record in memory. Anonymous members on the way are member nodes of their own. Bit-fields: `member.bitField`.
 */
export type MemberExpression = Node & {
	readonly kind: 'member';
	readonly object: Expression;
	readonly member: Member;
};

/** `(int[]){1, 2}` inside a function: run `initializer` on the hidden local `symbol`; the result is the lvalue `symbol`. (At file scope it is a `variable`.) */
export type CompoundLiteral = Node & {
	readonly kind: 'compound-literal';
	readonly symbol: VariableSymbol;
	readonly initializer: LocalInitializer;
};

/** `&lvalue`, `&function`. Never of a bit-field. `&*p` is folded to p, `&a[i]` to a pointer addition. */
export type AddressOf = Node<PointerType> & {
	readonly kind: 'address-of';
	readonly operand: Expression;
};

/**
 * A conversion, written or implied.
 * - `integer`: integer to integer of any width and sign, not to _Bool
 * - `boolean`: any scalar to _Bool (value != 0)
 * - `integer-to-float`, `float-to-integer` (toward zero; never to _Bool), `float` (float to double and back)
 * - `pointer`: pointer to pointer (no code); `integer-to-pointer`, `pointer-to-integer`: the integer is always 8 bytes wide (no code)
 * - `array-decay`: array lvalue to the address of its first element; `function-decay`: designator to its address
 * - `void`: value thrown away
 */
export type CastExpression = Node & {
	readonly kind: 'cast';
	readonly conversion: Conversion;
	readonly operand: Expression;
	/** Written by the programmer. */
	readonly isExplicit: boolean;
};

export type Conversion =
	| 'integer'
	| 'boolean'
	| 'integer-to-float'
	| 'float-to-integer'
	| 'float'
	| 'pointer'
	| 'integer-to-pointer'
	| 'pointer-to-integer'
	| 'array-decay'
	| 'function-decay'
	| 'void';

/** `-x`, `~x` (operand has the node's type), `!x` (operand any scalar, result int 0 or 1). Unary plus is gone. */
export type UnaryExpression = Node & {
	readonly kind: 'unary';
	readonly operator: '-' | '~' | '!';
	readonly operand: Expression;
};

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';

/** `a * b`: both operands have the node's type (int or wider, or a floating type). Shifts: `right` is of type int. */
export type BinaryExpression = Node<IntegerType | FloatType> & {
	readonly kind: 'binary';
	readonly operator: ArithmeticOperator;
	readonly left: Expression;
	readonly right: Expression;
};

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** `a < b`: type int; both operands have one type: an arithmetic type (its sign chooses the comparison) or pointers (unsigned). */
export type CompareExpression = Node & {
	readonly kind: 'compare';
	readonly operator: CompareOperator;
	readonly left: Expression;
	readonly right: Expression;
};

/** `a && b`: operands any scalar, result int 0 or 1, `right` evaluated only if needed. */
export type LogicalExpression = Node & {
	readonly kind: 'logical';
	readonly operator: '&&' | '||';
	readonly left: Expression;
	readonly right: Expression;
};

/** `c ? a : b`: `condition` any scalar; both branches have the node's type (scalar, record or void). GNU `a ?: b` comes with a temporary. */
export type ConditionalExpression = Node & {
	readonly kind: 'conditional';
	readonly condition: Expression;
	readonly consequent: Expression;
	readonly alternate: Expression;
};

/** `a, b`: `left` for its effects (any type), then `right`. */
export type CommaExpression = Node & {
	readonly kind: 'comma';
	readonly left: Expression;
	readonly right: Expression;
};

/** `lvalue = value`: `value` has the target's type; records too. The result is the value stored (bit-fields: as read back). */
export type AssignExpression = Node & {
	readonly kind: 'assign';
	readonly target: Expression;
	readonly value: Expression;
};

/**
 * `target op= value`: load target, convert it to `computeType`, compute, convert back to the target's type, store; the result is
 * the stored value. `value` has `computeType` (shifts: int; pointers: long, to be scaled by `elementSize`, operator + or -).
 */
export type CompoundAssign = Node & {
	readonly kind: 'compound-assign';
	readonly operator: ArithmeticOperator;
	readonly target: Expression;
	readonly value: Expression;
	readonly computeType: IntegerType | FloatType | PointerType;
	/** For pointers: bytes per element. */
	readonly elementSize: number | undefined;
};

/** `x++`, `--x`: adds `delta` in `computeType` (pointers: delta × elementSize bytes). Result: the new value if prefix, else the old one. */
export type IncrementExpression = Node & {
	readonly kind: 'increment';
	readonly target: Expression;
	readonly delta: 1 | -1;
	readonly isPrefix: boolean;
	readonly computeType: IntegerType | FloatType | PointerType;
	readonly elementSize: number | undefined;
};

/** `p + i`, `p - i`: `index` is long; the result is pointer ± index × elementSize. */
export type PointerAddition = Node<PointerType> & {
	readonly kind: 'pointer-add';
	readonly pointer: Expression;
	readonly index: Expression;
	readonly isSubtraction: boolean;
	readonly elementSize: number;
};

/** `p - q`: type long, (p - q) / elementSize. */
export type PointerDifference = Node & {
	readonly kind: 'pointer-difference';
	readonly left: Expression;
	readonly right: Expression;
	readonly elementSize: number;
};

/**
 * `f(a, b)`: `callee` is a `function` node (direct call) or an expression of type pointer to function. The arguments are converted to the
 * parameters' types; variadic ones are promoted. `variadicFrom` is the index of the first argument that goes into the
 * variadic block (may equal args.length: empty block), undefined if the function is not variadic.
 */
export type CallExpression = Node & {
	readonly kind: 'call';
	readonly callee: Expression;
	readonly calleeType: FunctionType;
	readonly args: readonly Expression[];
	readonly variadicFrom: number | undefined;
};

/** An operation the machine has an instruction for (ABI "Intrinsics"). See `Builtin` for arguments. */
export type BuiltinExpression = Node & {
	readonly kind: 'builtin';
	readonly builtin: Builtin;
	readonly args: readonly Expression[];
};

/**
 * - `syscall`: args all long (number first), result long
 * - `thread-pointer`: no args, result void *
 * - `variadic-area`: no args, result char *: the hidden argument of the variadic function we are in (va_start)
 * - `alloca`: (unsigned long size) → void *; lives until the function returns
 * - `setjmp`: (void *) → int; `longjmp`: (void *, int) → void
 * - `unreachable`, `trap`: no args, void. `fence`: no args, void (memory order: no code needed)
 * - `memcopy`: (void *, const void *, long) → void *; `memfill`: (void *, int, long) → void *
 * - `math1:NAME`: (double) → double; `math2:NAME`: (double, double) → double
 * - `atomic-exchange`, `atomic-add`, `-sub`, `-and`, `-or`, `-xor`, `-nand`: (T *object, T operand) → T, the OLD value, in one
 *   indivisible step; T (the node's type) an integer of 1, 2, 4, 8 bytes, or a pointer (exchange only)
 * - `atomic-compare-exchange`: (T *object, T expected, T desired) → T, the OLD value; stores desired if old == expected
 */
export type Builtin =
	| 'syscall'
	| 'thread-pointer'
	| 'variadic-area'
	| 'alloca'
	| 'setjmp'
	| 'longjmp'
	| 'unreachable'
	| 'trap'
	| 'fence'
	| 'memcopy'
	| 'memfill'
	| `math1:${'sqrt' | 'floor' | 'ceil' | 'trunc' | 'fabs' | 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan' | 'exp' | 'log' | 'log10' | 'log2' | 'exp2'}`
	| `math2:${'atan2' | 'pow' | 'fmod'}`
	| `atomic-${'exchange' | 'add' | 'sub' | 'and' | 'or' | 'xor' | 'nand' | 'compare-exchange'}`;

/** GNU `({ statements; value; })`: `result` is evaluated last; undefined if the type is void. */
export type StatementExpression = Node & {
	readonly kind: 'statement-expression';
	readonly body: BlockStatement;
	readonly result: Expression | undefined;
};

export type Expression =
	| IntegerConstant
	| FloatConstant
	| StringExpression
	| VariableExpression
	| FunctionExpression
	| DereferenceExpression
	| MemberExpression
	| CompoundLiteral
	| AddressOf
	| CastExpression
	| UnaryExpression
	| BinaryExpression
	| CompareExpression
	| LogicalExpression
	| ConditionalExpression
	| CommaExpression
	| AssignExpression
	| CompoundAssign
	| IncrementExpression
	| PointerAddition
	| PointerDifference
	| CallExpression
	| BuiltinExpression
	| StatementExpression;

/* ---------- Local initialisers ---------- */

/** `int a[3] = {1, x}`: zero the whole object first if `isZeroFilled`, then store each item, in this order. */
export type LocalInitializer = {
	readonly isZeroFilled: boolean;
	readonly items: readonly InitializerItem[];
};

/**
 * Store `value` at byte `offset` of the object. A scalar `value` has `type`; a record is copied; a `string` node of array type
 * is copied as bytes: min(type.size, literal length), the rest of the array is zero by the fill.
 */
export type InitializerItem = {
	readonly offset: number;
	readonly type: CType;
	readonly bitField: BitField | undefined;
	readonly value: Expression;
};

/* ---------- Statements ---------- */

type At = {readonly position: Position};

/** `f(x);` */
export type ExpressionStatement = At & {
	readonly kind: 'expression';
	readonly expression: Expression;
};

/** `int x = 1;` inside a function: run the initialiser (if any) each time control comes here. Statics never appear here. */
export type DeclarationStatement = At & {
	readonly kind: 'declaration';
	readonly symbol: VariableSymbol;
	readonly initializer: LocalInitializer | undefined;
};

/**
 * `T a[n];`: `allocation` assigns memory from alloca to the hidden pointer. The stack pointer has to be set back to where it was
 * before when control leaves the array's scope, a goto back over the declaration included.
 */
export type VariableArrayStatement = At & {
	readonly kind: 'variable-array';
	readonly allocation: AssignExpression;
};

/** `{ … }` */
export type BlockStatement = At & {
	readonly kind: 'block';
	readonly statements: readonly Statement[];
	/** Position of the closing brace. */
	readonly end: Position;
};

/** `if (c) a; else b;`: `condition` any scalar, as in the loops. */
export type IfStatement = At & {
	readonly kind: 'if';
	readonly condition: Expression;
	readonly consequent: Statement;
	readonly alternate: Statement | undefined;
};

export type WhileStatement = At & {
	readonly kind: 'while';
	readonly condition: Expression;
	readonly body: Statement;
};

export type DoStatement = At & {
	readonly kind: 'do';
	readonly body: Statement;
	readonly condition: Expression;
};

/** `for (initializer; condition; step) body`. */
export type ForStatement = At & {
	readonly kind: 'for';
	readonly initializer: readonly Statement[];
	readonly condition: Expression | undefined;
	readonly step: Expression | undefined;
	readonly body: Statement;
};

/** `switch (c) body`: `condition` is promoted. The `case` statements anywhere below the body hold the same CaseLabel objects. */
export type SwitchStatement = At & {
	readonly kind: 'switch';
	readonly condition: Expression;
	readonly body: Statement;
	readonly cases: readonly CaseLabel[];
	readonly defaultLabel: CaseLabel | undefined;
};

/** `case low ... high:` (low == high normally), in the condition's type. For default both are 0 and unused. */
export type CaseLabel = {readonly low: bigint; readonly high: bigint; readonly position: Position};

/** `case 1: statement` and `default: statement`. */
export type CaseStatement = At & {
	readonly kind: 'case';
	readonly label: CaseLabel;
	readonly body: Statement;
};

export type BreakStatement = At & {readonly kind: 'break'};
export type ContinueStatement = At & {readonly kind: 'continue'};

/** `return value;`: value has the function's result type. */
export type ReturnStatement = At & {
	readonly kind: 'return';
	readonly value: Expression | undefined;
};

export type GotoStatement = At & {readonly kind: 'goto'; readonly label: LabelSymbol};

/**
 * GNU `goto *address;`: `&&label` is a number, from 1 on in the order of `labels`, which are those of the function whose
 * address is taken anywhere in it.
 */
export type ComputedGotoStatement = At & {
	readonly kind: 'computed-goto';
	readonly address: Expression;
	readonly labels: readonly LabelSymbol[];
};

/** `label: statement`. */
export type LabeledStatement = At & {
	readonly kind: 'label';
	readonly label: LabelSymbol;
	readonly body: Statement;
};

/** `;` */
export type EmptyStatement = At & {readonly kind: 'empty'};

export type Statement =
	| ExpressionStatement
	| DeclarationStatement
	| VariableArrayStatement
	| BlockStatement
	| IfStatement
	| WhileStatement
	| DoStatement
	| ForStatement
	| SwitchStatement
	| CaseStatement
	| BreakStatement
	| ContinueStatement
	| ReturnStatement
	| GotoStatement
	| ComputedGotoStatement
	| LabeledStatement
	| EmptyStatement;

/* ---------- Units ---------- */

export type FunctionDefinition = {
	readonly symbol: FunctionSymbol;
	/** In order; a record parameter's register holds the address of the caller's copy. */
	readonly parameters: readonly VariableSymbol[];
	/** Every local of every block, hidden temporaries and compound literals too; no statics, no parameters. */
	readonly locals: readonly VariableSymbol[];
	readonly labels: readonly LabelSymbol[];
	readonly body: BlockStatement;
	readonly position: Position;
	readonly usesAlloca: boolean;
	readonly usesSetjmp: boolean;
	/** The function reads its variadic area (it has `...`). */
	readonly isVariadic: boolean;
};

export type TranslationUnit = {
	readonly fileName: string;
	readonly sourceMap: SourceMap;
	readonly functions: readonly FunctionDefinition[];
	/** Every static and global object declared, defined or not, static locals and file-scope compound literals too. */
	readonly variables: readonly VariableSymbol[];
	/** Every function declared. */
	readonly functionSymbols: readonly FunctionSymbol[];
	readonly strings: readonly StringLiteral[];
	/** Records with tags or aliases, for debuggers. */
	readonly records: readonly RecordType[];
};
