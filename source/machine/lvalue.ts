// The C lvalues that a debugger's user types: names with `*`, `[n]`, `.member`, `->member` and parentheses, such as
// `*left`, `flag[1]`, `stats.turns`, `(*p).next->value`.

export type Lvalue =
	| {readonly kind: 'name'; readonly name: string}
	| {readonly kind: 'dereference'; readonly of: Lvalue}
	| {readonly kind: 'index'; readonly of: Lvalue; readonly index: number}
	| {readonly kind: 'member'; readonly of: Lvalue; readonly name: string};

type Reader = {readonly tokens: readonly string[]; at: number};

/** The parsed lvalue, or what is wrong with it. */
export const parseLvalue = (text: string): Lvalue | {readonly error: string} => {
	const tokens = text.match(/->|[A-Za-z_]\w*|\d+|[*.()[\]]|\S/g) ?? [];
	const reader: Reader = {tokens, at: 0};
	const value = parsePrefix(reader);
	if ('error' in value) return value;
	const rest = tokens[reader.at];
	return rest === undefined ? value : {error: `unexpected '${rest}' in '${text}'`};
};

// prefix = "*" prefix | postfix
const parsePrefix = (reader: Reader): Lvalue | {readonly error: string} => {
	if (reader.tokens[reader.at] !== '*') return parsePostfix(reader);
	reader.at++;
	const of = parsePrefix(reader);
	return 'error' in of ? of : {kind: 'dereference', of};
};

// postfix = primary ("[" number "]" | "." name | "->" name)*
const parsePostfix = (reader: Reader): Lvalue | {readonly error: string} => {
	let value = parsePrimary(reader);
	while (!('error' in value)) {
		const token = reader.tokens[reader.at];
		const operand = reader.tokens[reader.at + 1] ?? '';
		if (token === '[') {
			if (!/^\d+$/.test(operand) || reader.tokens[reader.at + 2] !== ']')
				return {error: "expected '[number]'"};
			value = {kind: 'index', of: value, index: Number(operand)};
			reader.at += 3;
		} else if (token === '.' || token === '->') {
			if (!/^[A-Za-z_]/.test(operand)) return {error: `expected a member's name after '${token}'`};
			const of: Lvalue = token === '.' ? value : {kind: 'dereference', of: value};
			value = {kind: 'member', of, name: operand};
			reader.at += 2;
		} else {
			break;
		}
	}
	return value;
};

// primary = name | "(" prefix ")"
const parsePrimary = (reader: Reader): Lvalue | {readonly error: string} => {
	const token = reader.tokens[reader.at++];
	if (token === undefined) return {error: 'expected a variable'};
	if (token === '(') {
		const value = parsePrefix(reader);
		if ('error' in value) return value;
		if (reader.tokens[reader.at++] !== ')') return {error: "expected ')'"};
		return value;
	}
	return /^[A-Za-z_]/.test(token)
		? {kind: 'name', name: token}
		: {error: `expected a variable, not '${token}'`};
};
