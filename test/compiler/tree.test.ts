import {expect, test} from 'vitest';
import type {Expression, Statement} from '../../source/compiler/ast.js';
import {typeName} from '../../source/compiler/types/type-names.js';
import {locate} from '../../source/compiler/text/source-text.js';
import {check} from './front-end.js';

/** A tree as a line: `(int + (int) c@char 1)`; casts as `(type conversion …)`. */
const show = (node: Expression): string => {
	switch (node.kind) {
		case 'integer':
		case 'float': {
			return `${node.value}:${typeName(node.type)}`;
		}

		case 'variable':
		case 'function': {
			return node.symbol.name;
		}

		case 'cast': {
			return `(${typeName(node.type)} ${node.conversion} ${show(node.operand)})`;
		}

		case 'binary':
		case 'compare':
		case 'logical': {
			return `(${node.operator} ${show(node.left)} ${show(node.right)})`;
		}

		case 'unary': {
			return `(${node.operator} ${show(node.operand)})`;
		}

		case 'dereference': {
			return `*${show(node.operand)}`;
		}

		case 'address-of': {
			return `&${show(node.operand)}`;
		}

		case 'member': {
			return `${show(node.object)}.${node.member.name ?? '<anonymous>'}`;
		}

		case 'pointer-add': {
			return `(${show(node.pointer)} ${node.isSubtraction ? '-' : '+'}${node.elementSize} ${show(node.index)})`;
		}

		case 'pointer-difference': {
			return `(${show(node.left)} -/${node.elementSize} ${show(node.right)})`;
		}

		case 'assign': {
			return `(= ${show(node.target)} ${show(node.value)})`;
		}

		case 'compound-assign': {
			return `(${node.operator}= ${show(node.target)} ${show(node.value)} in ${typeName(node.computeType)})`;
		}

		case 'increment': {
			return `(${node.isPrefix ? 'pre' : 'post'}${node.delta} ${show(node.target)}${node.elementSize === undefined ? '' : ` by ${node.elementSize}`})`;
		}

		case 'comma': {
			return `(, ${show(node.left)} ${show(node.right)})`;
		}

		case 'conditional': {
			return `(? ${show(node.condition)} ${show(node.consequent)} ${show(node.alternate)})`;
		}

		case 'call': {
			return `${show(node.callee)}(${node.args.map((argument, index) => `${index === node.variadicFrom ? '... ' : ''}${show(argument)}`).join(', ')})`;
		}

		case 'builtin': {
			return `${node.builtin}(${node.args.map(argument => show(argument)).join(', ')})`;
		}

		default: {
			return node.kind;
		}
	}
};

const prelude = `struct s { int m; short h; unsigned b : 3; struct { char deep; }; } v, *p; char c; unsigned char uc; short sh; int i; unsigned u; long l; unsigned long ul;
float f; double d; int a[4], *ip; char *cp; int (*fp)(int); int fn(int); int va(char *, ...); _Atomic int at; _Bool bo; struct s give(void); typedef __builtin_va_list va_list;`;

const expressionOf = (text: string): Expression => {
	const {unit, diagnostics} = check(`${prelude}\nvoid test(int n, ...) { va_list ap; ${text}; }`);
	expect(diagnostics.filter(({severity}) => severity === 'error')).toEqual([]);
	const statement: Statement | undefined = unit.functions[0]?.body.statements.at(-1);
	if (statement?.kind !== 'expression') throw new Error('the snippet is not an expression');
	return statement.expression;
};

test.each([
	// Promotions and the usual conversions
	['i = c + 1', '(= i (+ (int integer c) 1:int))'],
	['l = i + u', '(= l (long int integer (+ (unsigned int integer i) u)))'],
	['l = i + ul', '(= l (long int integer (+ (long unsigned int integer i) ul)))'],
	['d = i * f', '(= d (double float (* (float integer-to-float i) f)))'],
	['c = uc << l', '(= c (char integer (<< (int integer uc) (int integer l))))'],
	['i = -sh', '(= i (- (int integer sh)))'],
	['i = v.b + 1', '(= i (+ (int integer v.b) 1:int))'],
	['bo = d', '(= bo (_Bool boolean d))'],
	['i = d', '(= i (int float-to-integer d))'],
	['i = i < ul', '(= i (< (long unsigned int integer i) ul))'],
	['i = 2 + 3 * 4 - sizeof(int)', '(= i 10:int)'],
	['c = 200', '(= c -56:char)'],
	['i = i ? c : 1.5f', '(= i (int float-to-integer (? i (float integer-to-float c) 1.5:float)))'],
	// Pointers
	['ip = a + 2', '(= ip ((int * array-decay a) +4 2:long int))'],
	['i = a[i]', '(= i *((int * array-decay a) +4 (long int integer i)))'],
	['i = i[a]', '(= i *((int * array-decay a) +4 (long int integer i)))'],
	['ip = &a[1]', '(= ip ((int * array-decay a) +4 1:long int))'],
	['l = ip - a', '(= l (ip -/4 (int * array-decay a)))'],
	['ip = 0', '(= ip 0:int *)'],
	['i = ip == 0', '(= i (== ip 0:int *))'],
	['i = !ip && c', '(= i (&& (! ip) c))'],
	['p->h = 1', '(= *p.h 1:short int)'],
	['c = p->deep', '(= c *p.<anonymous>.deep)'],
	['i = give().m', '(= i give().m)'],
	['ip = &*ip', '(= ip ip)'],
	['ip = &v.m', '(= ip &v.m)'],
	// Calls
	['fn(c)', 'fn((int integer c))'],
	['fp = fn', '(= fp (int (*)(int) function-decay fn))'],
	['fp(1), (*fp)(2), (**fp)(3)', '(, (, fp(1:int) fp(2:int)) fp(3:int))'],
	['va(cp, c, f, sh, u)', 'va(cp, ... (int integer c), (double float f), (int integer sh), u)'],
	// Assignment operators
	['c += 1', '(+= c 1:int in int)'],
	['i += d', '(+= i d in double)'],
	['sh <<= l', '(<<= sh (int integer l) in int)'],
	['ip += i', '(+= ip (long int integer i) in int *)'],
	['p--', '(post-1 p by 8)'],
	['++c', '(pre1 c)'],
	// Atomics: one indivisible operation, the rest on temporaries
	['at++', 'atomic-add(&at, 1:int)'],
	['i = at += 3', '(= i (int integer (+ (long int integer atomic-add(&at, 3:int)) 3:long int)))'],
	['i = __sync_lock_test_and_set(&i, 1)', '(= i atomic-exchange(&i, 1:int))'],
	['i = __sync_val_compare_and_swap(&i, 1, 2)', '(= i atomic-compare-exchange(&i, 1:int, 2:int))'],
	['i = __atomic_load_n(&i, 5)', '(= i *&i)'],
	// Variable arguments
	['__builtin_va_start(ap, n)', '(void void (= ap variadic-area()))'],
	[
		'i = __builtin_va_arg(ap, int)',
		'(= i *(int * pointer ((+= ap 8:long int in char *) -1 8:long int)))',
	],
	[
		'v = __builtin_va_arg(ap, struct s)',
		'(= v *(struct s * pointer ((+= ap 8:long int in char *) -1 8:long int)))',
	],
	[
		'l = __syscall(1, i, cp)',
		'(= l syscall(1:long int, (long int integer i), (long int pointer-to-integer cp)))',
	],
	['d = __builtin_sqrt(i)', '(= d math1:sqrt((double integer-to-float i)))'],
	['l = (long)&((struct s *)0)->h', '(= l 4:long int)'],
	['i = ({ int t = i; t * 2; })', '(= i statement-expression)'],
])('%s', (text, expected) => {
	expect(show(expressionOf(text))).toBe(expected);
});

test('an array of variable length is a pointer to memory of a size kept in a hidden local', () => {
	const {unit} = check('int f(int n) { int a[n][n + 1]; a[1][2] = 3; return sizeof a; }');
	const [definition] = unit.functions;
	expect(definition?.usesAlloca).toBe(true);
	expect(definition?.locals.map(({name, isHidden, type}) => [name, isHidden, type.kind])).toEqual([
		['.size', true, 'integer'],
		['.size', true, 'integer'],
		['a', false, 'pointer'],
	]);
	const shown = definition?.body.statements.map(statement =>
		statement.kind === 'expression'
			? show(statement.expression)
			: statement.kind === 'variable-array'
				? show(statement.allocation)
				: statement.kind,
	);
	expect(shown?.slice(0, 3)).toEqual([
		'(= .size (* (long unsigned int integer (+ n 1:int)) 4:long unsigned int))',
		'(= .size (* (long unsigned int integer n) .size))',
		'(= a (int (*)[] pointer alloca(.size)))',
	]);
});

test('case labels carry values in the type of the condition, ranges and default too', () => {
	const {unit} = check(
		"int f(char c, unsigned long u) { switch (c) { case 'a': case -1: return 1; case 3 ... 5: break; default: break; } switch (u) { case -1: return 2; } return 0; }",
	);
	const switches =
		unit.functions[0]?.body.statements.filter(statement => statement.kind === 'switch') ?? [];
	expect(
		switches.map(({cases, defaultLabel}) => [
			cases.map(({low, high}) => [low, high]),
			defaultLabel !== undefined,
		]),
	).toEqual([
		[
			[
				[97n, 97n],
				[-1n, -1n],
				[3n, 5n],
			],
			true,
		],
		[[[18_446_744_073_709_551_615n, 18_446_744_073_709_551_615n]], false],
	]);
});

test('main returns 0 at its end, and only there', () => {
	const last = (text: string): string | undefined =>
		check(text).unit.functions[0]?.body.statements.at(-1)?.kind;
	expect(last('int main(void) { int i; i = 1; }')).toBe('return');
	expect(last('int main(void) { for (;;) ; }')).toBe('for');
	expect(last('int notMain(void) { int i; i = 1; }')).toBe('expression');
});

test('scopes, addresses taken and positions are recorded with the variables', () => {
	const {unit} = check(
		'int f(int n) {\n\tint a = n, b = 0;\n\t{\n\t\tint *p = &b;\n\t\ta += *p;\n\t}\n\treturn a;\n}',
	);
	const [definition] = unit.functions;
	const describe = definition?.locals.map(({name, isAddressTaken, scope, position}) => [
		name,
		isAddressTaken,
		locate(unit.sourceMap, position)?.line,
		scope && locate(unit.sourceMap, scope.end)?.line,
	]);
	expect(describe).toEqual([
		['a', false, 2, 8],
		['b', true, 2, 8],
		['p', false, 4, 6],
	]);
});

test('an initialised local array is zeroed first and then stored into, item by item', () => {
	const {unit} = check(
		'void f(int n) { struct {int a, b[3]; char s[4];} x = {.b[1] = n, 7, "hi"}; (void)x; }',
	);
	const statement = unit.functions[0]?.body.statements[0];
	if (statement?.kind !== 'declaration' || !statement.initializer)
		throw new Error('no declaration');
	expect(statement.initializer.isZeroFilled).toBe(true);
	expect(
		statement.initializer.items.map(({offset, type, value}) => [
			offset,
			typeName(type),
			value.kind,
		]),
	).toEqual([
		[8, 'int', 'variable'],
		[12, 'int', 'integer'],
		[16, 'char[4]', 'string'],
	]);
});
