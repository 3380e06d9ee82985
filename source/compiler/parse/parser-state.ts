/**
 * What parsing and checking one translation unit share, as plain data: the place among the tokens (token-cursor.ts moves it), the
 * scopes and the symbols made so far (names.ts). After a syntax error the parser panics: it says nothing more
 * (complaints.ts) until a statement or declaration boundary is found (`recover`).
 */
import type {
	CaseLabel,
	Expression,
	ExpressionStatement,
	FunctionDefinition,
	FunctionSymbol,
	LabelSymbol,
	Position,
	Statement,
	StringLiteral,
	VariableSymbol,
} from '../ast.js';
import {
	intType,
	type CType,
	type FunctionType,
	type RecordDefinition,
	type RecordType,
	type EnumDefinition,
} from '../types/c-types.js';
import {type DiagnosticSink} from '../text/diagnostics.js';
import {type Token} from '../text/lexer.js';
import type {SourceMap} from '../text/source-text.js';

export type TypedefEntry = {
	readonly kind: 'typedef';
	readonly type: CType;
	readonly position: Position;
};

export type EnumConstantEntry = {
	readonly kind: 'enum-constant';
	readonly value: bigint;
	readonly type: CType;
	readonly position: Position;
};

/** A variable length array: a hidden pointer plus the array type whose size stands in a hidden local. */
export type VariableArrayEntry = {
	readonly kind: 'variable-array';
	readonly pointer: VariableSymbol;
	readonly type: CType;
	readonly position: Position;
};

export type NameEntry =
	| VariableSymbol
	| FunctionSymbol
	| TypedefEntry
	| EnumConstantEntry
	| VariableArrayEntry;

export type TagEntry =
	| {
			readonly kind: 'struct' | 'union';
			readonly record: RecordDefinition;
			readonly position: Position;
	  }
	| {
			readonly kind: 'enum';
			readonly enumeration: EnumDefinition;
			type: CType;
			readonly position: Position;
	  };

export type Scope = {
	readonly parent: Scope | undefined;
	readonly names: Map<string, NameEntry>;
	readonly tags: Map<string, TagEntry>;
	/** Locals declared in it, to close their extents and to find the unused ones. */
	readonly variables: VariableSymbol[];
};

/** A switch whose body is being parsed. */
export type OpenSwitch = {
	readonly type: CType;
	readonly cases: CaseLabel[];
	/** Those for one value, by it; the others are GNU's ranges. */
	readonly byValue: Map<bigint, CaseLabel>;
	readonly ranges: CaseLabel[];
	defaultLabel: CaseLabel | undefined;
};

/** The function whose body is being parsed. */
export type FunctionState = {
	readonly symbol: FunctionSymbol;
	readonly type: FunctionType;
	readonly labels: Map<string, LabelSymbol>;
	/** Those whose address is taken. */
	readonly labelsWithAddress: LabelSymbol[];
	readonly switches: OpenSwitch[];
	/** Locals that might be read before anything is stored in them: declared without a value, or with one made of themselves. */
	readonly unset: VariableSymbol[];
	/** Cases can lead past a declaration. */
	hasSwitch: boolean;
	loopDepth: number;
	usesAlloca: boolean;
	usesSetjmp: boolean;
	/** Undeclared names complained about already. */
	readonly undeclared: Set<string>;
	/** Made on the first use of `__func__`. */
	nameSymbol: VariableSymbol | undefined;
};

/** What a header declares, asked for when a function is called without any declaration. */
export type HeaderLookup = (
	header: string,
	name: string,
) => {readonly symbol: FunctionSymbol} | undefined;

/**
 * The productions that lower ones need (an array length is an expression, a statement can be an operand), bound late so that the
 * files of the parser import each other in one direction only.
 */
export type Grammar = {
	readonly expression: (p: Parser) => Expression;
	readonly assignment: (p: Parser) => Expression;
	readonly conditional: (p: Parser) => Expression;
	readonly statement: (p: Parser) => Statement;
	/** `( compound-statement )` after `(`; the closing parenthesis is left. */
	readonly statementExpression: (p: Parser, position: Position) => Expression;
	readonly typeName: (p: Parser) => CType;
	/** struct-or-union specifier. */
	readonly record: (p: Parser) => CType;
	/** enum specifier. */
	readonly enumeration: (p: Parser) => CType;
	/** `&&label`. */
	readonly labelAddress: (p: Parser) => Expression;
	/** `_Static_assert ( … ) ;` */
	readonly staticAssertion: (p: Parser) => void;
};

/** Most that `#pragma pack` aligns members to, in bytes (0: as their types want), and what `push` saved. */
export type PackState = {
	limit: number;
	readonly saved: number[];
};

export type Parser = {
	readonly grammar: Grammar;
	readonly sourceMap: SourceMap;
	readonly sink: DiagnosticSink;
	readonly tokens: readonly Token[];
	index: number;
	token: Token;
	/** End of the token before, for "expected ';'". */
	previousEnd: Position;
	isPanicking: boolean;
	readonly fileScope: Scope;
	scope: Scope;
	function: FunctionState | undefined;
	/** Locals of the function being parsed (or of the declarator that may become one). */
	locals: VariableSymbol[];
	/** Statements that compute sizes of variable length arrays, to be placed before the declaration they belong to. */
	pendingStatements: ExpressionStatement[];
	/** Hidden size variables of variable length array types, by symbol id. */
	readonly sizeSymbols: Map<number, VariableSymbol>;
	/** Parameters declared as arrays, which are pointers. */
	readonly arrayParameters: Set<VariableSymbol>;
	/** Expressions that stood in parentheses, for -Wparentheses. */
	readonly parenthesized: WeakSet<Expression>;
	/** The last comparison, which folding may have turned into a constant. */
	comparison: Expression | undefined;
	readonly functions: FunctionDefinition[];
	readonly variables: VariableSymbol[];
	readonly functionSymbols: FunctionSymbol[];
	/** File-scope objects with linkage by name. */
	readonly globals: Map<string, VariableSymbol | FunctionSymbol>;
	/** Functions that were called before they were declared. */
	readonly implicitFunctions: Set<FunctionSymbol>;
	/** Names of file-scope objects that have had their initialiser. */
	readonly initialized: Set<string>;
	/** By contents. */
	readonly strings: Map<string, StringLiteral>;
	readonly records: RecordType[];
	readonly headerLookup: HeaderLookup;
	/** Of `#pragma pack`. */
	readonly packing: PackState;
	nextId: number;
	/** Depth of nesting, so that absurd input ends in a diagnostic and not in our stack. */
	depth: number;
	/** Operands of sizeof and typeof are not evaluated: no "used uninitialised", no unused-ness. */
	unevaluated: number;
	/** Inside statement expressions, whose last value is used. */
	valueDepth: number;
};

/** What an expression with an error has: compares unlike any other type object, so that nobody complains twice. */
export const errorType: CType = {...intType};
export const isErrorType = (type: CType): boolean => type === errorType;

export const createScope = (parent: Scope | undefined): Scope => ({
	parent,
	names: new Map(),
	tags: new Map(),
	variables: [],
});
