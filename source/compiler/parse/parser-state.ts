/**
 * What parsing and checking one translation unit share: the token cursor, the scopes, the symbols made so far. Plain data; the
 * functions here move the cursor and report syntax errors. After a syntax error the parser panics: it says nothing
 * more until a statement or declaration boundary is found (`recover`).
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
import {reportError, reportWarning, type DiagnosticSink, type NoteAt} from '../text/diagnostics.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {lookAlike, nameOfCharacter} from '../text/look-alikes.js';
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
	/** A variable length array is declared in it. */
	hasVariableLengthArrays: boolean;
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
	/** The last expression that stood in parentheses, for -Wparentheses. */
	parenthesized: Expression | undefined;
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
	hasVariableLengthArrays: false,
});

/* ---------- Diagnostics ---------- */

export const error = (
	p: Parser,
	position: Position,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	if (!p.isPanicking) reportError(p.sink, position, message, notes);
};

export const warn = (
	p: Parser,
	position: Position,
	option: string,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	if (!p.isPanicking) reportWarning(p.sink, position, option, message, notes);
};

/** Reports and starts panicking. */
export const syntaxError = (
	p: Parser,
	position: Position,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	error(p, position, message, notes);
	p.isPanicking = true;
};

/** `before 'x'`, as gcc puts it. */
export const beforeToken = (p: Parser): string => {
	const {kind, text} = p.token;
	switch (kind) {
		case tokenKind.endOfFile: {
			return 'at end of input';
		}

		case tokenKind.number: {
			return 'before numeric constant';
		}

		case tokenKind.string: {
			return 'before string constant';
		}

		case tokenKind.punctuator: {
			return `before '${text}' token`;
		}

		default: {
			return `before '${text}'`;
		}
	}
};

/* ---------- The token cursor ---------- */

/** Most that `#pragma pack` aligns members to, in bytes (0: as their types want), and what `push` saved. */
export type PackState = {
	limit: number;
	readonly saved: number[];
};

/** `#pragma pack(n)`, `pack()`, `pack(push, n)`, `pack(pop)` */
const applyPack = ({packing, sink}: Parser, {text, position}: Token): void => {
	const match = /^\((?:(push|pop)?,?(?:[A-Za-z_]\w*,?)?(\d+)?)\)$/.exec(text);
	const number = Number(match?.[2] ?? 0);
	if (!match || ![0, 1, 2, 4, 8, 16].includes(number)) {
		reportWarning(sink, position, '-Wpragmas', `malformed '#pragma pack' - ignored`);
		return;
	}

	if (match[1] === 'push') packing.saved.push(packing.limit);
	if (match[1] === 'pop') {
		const saved = packing.saved.pop();
		if (saved === undefined)
			reportWarning(
				sink,
				position,
				'-Wpragmas',
				"'#pragma pack (pop)' encountered without matching '#pragma pack (push)'",
			);
		packing.limit = saved ?? 0;
	} else if (match[1] === undefined || match[2] !== undefined) {
		packing.limit = number;
	}
};

/** A token that is none of the grammar's. */
const takeAside = (p: Parser, token: Token): void => {
	if (token.kind === tokenKind.pragma) applyPack(p, token);
	else complainAbout(p, token);
};

/** A character that C has no use for. Of one that stands for another, the rest of the statement is not believed. */
const complainAboutStray = (p: Parser, {text, position}: Token): void => {
	const meant = lookAlike(text);
	const advice = meant === ' ' ? 'an ordinary space' : `'${meant ?? ''}'`;
	error(
		p,
		position,
		`stray '${nameOfCharacter(text)}' in program`,
		meant === undefined
			? []
			: [[position, `this character only looks like ${advice}; type ${advice} instead`]],
	);
	if (meant !== undefined && meant !== ' ') p.isPanicking = true;
};

const complainAbout = (p: Parser, token: Token): void => {
	if (token.kind === tokenKind.other) {
		complainAboutStray(p, token);
		return;
	}

	reportError(
		p.sink,
		token.position,
		token.text === '/*'
			? 'unterminated comment'
			: `missing terminating ${token.text.includes('"') ? '"' : "'"} character`,
	);
	p.isPanicking = true; // The rest of the line is lost
};

export const advance = (p: Parser): Token => {
	const {token} = p;
	p.previousEnd = token.position + token.text.length;
	if (token.kind === tokenKind.endOfFile) return token;
	p.index++;
	let next = p.tokens[p.index] as Token;
	while (next.kind >= tokenKind.other) {
		takeAside(p, next);
		p.index++;
		next = p.tokens[p.index] as Token;
	}

	p.token = next;
	return token;
};

export const peek = (p: Parser, distance = 1): Token =>
	p.tokens[Math.min(p.index + distance, p.tokens.length - 1)] as Token;

export const is = (p: Parser, text: string): boolean => p.token.text === text;

export const accept = (p: Parser, text: string): boolean => {
	if (p.token.text !== text) return false;
	advance(p);
	return true;
};

/** Consumes `text` or reports that it is missing: behind the token before if it is to end what stands there, as gcc does. */
export const expect = (p: Parser, text: string): boolean => {
	if (accept(p, text)) return true;
	const {position: at} = p.token;
	const isBehind = [';', ')', ']'].includes(text) && !p.sink.expansions.has(at);
	const position = isBehind ? p.previousEnd : at;
	syntaxError(p, position || p.token.position, `expected '${text}' ${beforeToken(p)}`);
	return false;
};

export const isAtEnd = (p: Parser): boolean => p.token.kind === tokenKind.endOfFile;

/** Skips a balanced group whose opening bracket is the current token. */
export const skipBalanced = (p: Parser): void => {
	let depth = 0;
	while (!isAtEnd(p)) {
		const {text} = advance(p);
		if (text === '(' || text === '{' || text === '[') depth++;
		else if (text === ')' || text === '}' || text === ']') depth--;
		if (depth <= 0) return;
	}
};

/** Ends a panic: to after the next `;`, or before the `}` that closes the group we are in. */
export const recover = (p: Parser): void => {
	while (!isAtEnd(p)) {
		if (is(p, '}')) break;
		if (is(p, ';')) {
			advance(p);
			break;
		}

		if (is(p, '{')) {
			skipBalanced(p);
			break;
		}

		if (is(p, '(') || is(p, '[')) skipGroupOrStop(p);
		else advance(p);
	}

	p.isPanicking = false;
};

/** A parenthesis that isn't closed before the statement ends must not swallow the rest of the file. */
const skipGroupOrStop = (p: Parser): void => {
	advance(p);
	let depth = 1;
	while (!isAtEnd(p) && !is(p, ';') && !is(p, '{') && !is(p, '}')) {
		if (is(p, '(') || is(p, '[')) depth++;
		if (is(p, ')') || is(p, ']')) depth--;
		advance(p);
		if (depth === 0) return;
	}
};

/* ---------- Names ---------- */

export const lookUp = (p: Parser, name: string): NameEntry | undefined => {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		const entry = scope.names.get(name);
		if (entry) return entry;
	}

	return undefined;
};

export const lookUpTag = (p: Parser, tag: string): TagEntry | undefined => {
	for (let scope: Scope | undefined = p.scope; scope; scope = scope.parent) {
		const entry = scope.tags.get(tag);
		if (entry) return entry;
	}

	return undefined;
};

export const isFileScope = (p: Parser): boolean => p.scope === p.fileScope;

/** A new local (or parameter, or static local); the caller enters it into a scope. */
export const createVariable = (
	p: Parser,
	name: string,
	type: CType,
	storage: VariableSymbol['storage'],
	position: Position,
	isHidden = false,
): VariableSymbol => {
	const id = p.nextId++;
	const isInFunction = p.function !== undefined || storage === 'local' || storage === 'parameter';
	const symbol: VariableSymbol = {
		kind: 'variable',
		id,
		name,
		storage,
		linkName: storage === 'static' && (p.function || isHidden) ? `${name}.${id}` : name,
		type,
		alignment: type.alignment,
		isAddressTaken: false,
		isThreadLocal: false,
		isDefined: storage !== 'global',
		isWeak: false,
		constant: undefined,
		initializer: undefined,
		position,
		scope: isInFunction && storage !== 'global' ? {start: position, end: 0} : undefined,
		functionName: p.function?.symbol.name,
		uses: 0,
		isAssigned: false,
		isHidden,
	};
	if (storage === 'local') p.locals.push(symbol);
	else if (storage !== 'parameter') p.variables.push(symbol);
	return symbol;
};

/** A hidden local for a value that is needed twice. */
export const createTemporary = (
	p: Parser,
	type: CType,
	position: Position,
	name = '.tmp',
): VariableSymbol => createVariable(p, name, type, 'local', position, true);

export const openScope = (p: Parser): Scope => {
	p.scope = createScope(p.scope);
	return p.scope;
};

export const closeScope = (p: Parser, end: Position): void => {
	for (const variable of p.scope.variables) {
		if (variable.scope) variable.scope.end = end;
	}

	p.scope = p.scope.parent ?? p.fileScope;
};

/** The literal object for these bytes (a terminating zero is included already). */
export const internString = (p: Parser, bytes: Uint8Array, alignment: number): StringLiteral => {
	let key = String.fromCharCode(alignment);
	for (const byte of bytes) key += String.fromCharCode(byte);
	const known = p.strings.get(key);
	if (known) return known;
	const literal: StringLiteral = {kind: 'string-literal', id: p.nextId++, bytes, alignment};
	p.strings.set(key, literal);
	return literal;
};
