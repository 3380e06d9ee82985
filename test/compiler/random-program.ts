// Random C programs whose behaviour the standard (with gcc's -fwrapv -fno-strict-aliasing) defines completely: whatever
// the seed, they terminate, divide by nothing harmful, index within bounds and never depend on an unspecified order. Each
// is one function `void run_N(void)` with what it needs, so that many fit into one file; they call `report(long)`.

type Random = {state: number};

/** mulberry32 */
const next = (random: Random): number => {
	random.state = (random.state + 0x6d2b79f5) | 0;
	let t = Math.imul(random.state ^ (random.state >>> 15), 1 | random.state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return (t ^ (t >>> 14)) >>> 0;
};

const below = (random: Random, limit: number): number => next(random) % limit;
const chance = (random: Random, percent: number): boolean => below(random, 100) < percent;
const pick = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)]!;

const types = [
	'char',
	'signed char',
	'unsigned char',
	'short',
	'unsigned short',
	'int',
	'int',
	'unsigned',
	'long',
	'unsigned long',
	'_Bool',
] as const;
type TypeName = (typeof types)[number];

type Variable = {readonly text: string; readonly type: TypeName; readonly isWritable: boolean};

type Scope = {
	readonly random: Random;
	readonly id: number;
	/** Scalars in sight. */
	variables: Variable[];
	/** Variables for side effects inside expressions, each used once per full expression. */
	effects: string[];
	names: number;
	loopDepth: number;
	/** How deep statements may still nest. */
	depth: number;
	/** Whether the function may be called from expressions (helpers defined already). */
	readonly helpers: readonly Helper[];
	canCall: boolean;
	readonly isLoopBody: boolean;
};

type Helper = {
	readonly name: string;
	readonly parameters: readonly TypeName[];
	readonly result: TypeName;
};

const constants = [
	'0',
	'1',
	'2',
	'3',
	'5',
	'7',
	'8',
	'10',
	'16',
	'31',
	'63',
	'100',
	'127',
	'128',
	'255',
	'256',
	'1000',
	'32767',
	'32768',
	'65535',
	'65536',
	'0x7fffffff',
	'0x80000000u',
	'0xffffffffu',
	'-1',
	'-2',
	'-128',
	'-32768',
	'(-0x7fffffff - 1)',
	'0x123456789abcdefL',
	'-0x123456789L',
	'0x7fffffffffffffffL',
	'(-0x7fffffffffffffffL - 1)',
	'0xffffffffffffffffUL',
	'0x8000000000000000UL',
	'1L',
	'3u',
	'17UL',
	"'a'",
	'4294967296L',
	'-4294967297L',
] as const;

const literal = (scope: Scope): string =>
	chance(scope.random, 40)
		? `(${below(scope.random, 50) - 10})`
		: `(${pick(scope.random, constants)})`;

/* ---------- Expressions ---------- */

const lvalue = (scope: Scope): Variable | undefined => {
	const writable = scope.variables.filter(variable => variable.isWritable);
	return writable.length === 0 ? undefined : pick(scope.random, writable);
};

const leaf = (scope: Scope): string => {
	if (scope.variables.length > 0 && chance(scope.random, 75))
		return pick(scope.random, scope.variables).text;
	return literal(scope);
};

const effect = (scope: Scope): string => {
	const index = below(scope.random, scope.effects.length);
	const [name] = scope.effects.splice(index, 1);
	switch (below(scope.random, 5)) {
		case 0:
			return `(${name}++)`;
		case 1:
			return `(--${name})`;
		case 2:
			return `(${name} += ${literal(scope)})`;
		case 3:
			return `(${name} = ${literal(scope)}, ${name})`;
		default:
			return `(${name} ^= ${literal(scope)})`;
	}
};

const call = (scope: Scope, depth: number): string => {
	const helper = pick(scope.random, scope.helpers);
	scope.canCall = false; // One call per expression: the order of two would be unspecified.
	const args = helper.parameters.map(() => expression(scope, depth - 1));
	return `${helper.name}(${args.join(', ')})`;
};

const binary = (scope: Scope, depth: number): string => {
	const left = expression(scope, depth - 1);
	const right = expression(scope, depth - 1);
	switch (below(scope.random, 12)) {
		case 0:
			return `(${left} / ((${right} & 15) + 2))`;
		case 1:
			return `(${left} % ((${right} & 63) + 2))`;
		case 2:
			return `(${left} / ((unsigned long)(${right}) | 1))`;
		case 3:
			return `((unsigned)(${left}) % ((unsigned)(${right}) | 1))`;
		case 4:
			return `((int)(${left}) / -(int)(((${right}) & 7) + 2))`;
		case 5:
			return chance(scope.random, 50)
				? `((int)(${left}) ${pick(scope.random, ['<<', '>>'])} ((${right}) & 31))`
				: `((unsigned)(${left}) >> ((${right}) & 31))`;
		case 6:
			return chance(scope.random, 50)
				? `((long)(${left}) ${pick(scope.random, ['<<', '>>'])} ((${right}) & 63))`
				: `((unsigned long)(${left}) ${pick(scope.random, ['<<', '>>'])} ((${right}) & 63))`;
		case 7:
			return `(${left} ${pick(scope.random, ['<', '<=', '>', '>=', '==', '!='])} ${right})`;
		default:
			return `(${left} ${pick(scope.random, ['+', '-', '*', '&', '|', '^'])} ${right})`;
	}
};

const expression = (scope: Scope, depth: number): string => {
	const {random} = scope;
	if (depth <= 0) return leaf(scope);
	const kind = below(random, 100);
	if (kind < 45) return binary(scope, depth);
	if (kind < 55) return `((${pick(random, types)})${expression(scope, depth - 1)})`;
	if (kind < 62) return `(${pick(random, ['-', '~', '!'])}${expression(scope, depth - 1)})`;
	if (kind < 68) {
		const condition = expression(scope, depth - 1);
		return `(${condition} ? ${expression(scope, depth - 1)} : ${expression(scope, depth - 1)})`;
	}
	if (kind < 74) {
		const operator = pick(random, ['&&', '||']);
		return `(${expression(scope, depth - 1)} ${operator} ${expression(scope, depth - 1)})`;
	}
	if (kind < 78 && scope.effects.length > 0) return effect(scope);
	if (kind < 83 && scope.canCall && scope.helpers.length > 0) return call(scope, depth);
	if (kind < 85) return `"random text"[(${expression(scope, depth - 1)}) & 7]`;
	if (kind < 87) return `(long)sizeof(${pick(random, types)})`;
	return leaf(scope);
};

/** A full expression: side effects and the one call are available again. */
const full = (scope: Scope, depth: number): string => {
	scope.effects = [0, 1, 2].map(number => `effect${number}_${scope.id}`);
	scope.canCall = true;
	return expression(scope, depth);
};

/* ---------- Statements ---------- */

const newName = (scope: Scope): string => `v${scope.names++}_${scope.id}`;

const assignment = (scope: Scope): string => {
	const target = lvalue(scope);
	if (!target) return ';';
	const value = full(scope, 3);
	switch (below(scope.random, 8)) {
		case 0:
			return `${target.text} ${pick(scope.random, ['+=', '-=', '*=', '&=', '|=', '^='])} ${value};`;
		case 1:
			return `${target.text} ${pick(scope.random, ['<<=', '>>='])} (${value}) & ${target.type.includes('long') ? 63 : 7};`;
		case 2:
			return `${target.text} ${pick(scope.random, ['/=', '%='])} ((${value}) & 31) + 2;`;
		case 3:
			return pick(scope.random, [
				`${target.text}++;`,
				`--${target.text};`,
				`++${target.text};`,
				`${target.text}--;`,
			]);
		case 4:
			return `report(${target.text} = ${value});`;
		default:
			return `${target.text} = ${value};`;
	}
};

const nested = (scope: Scope, isLoopBody = scope.isLoopBody): Scope => ({
	...scope,
	variables: [...scope.variables],
	depth: scope.depth - 1,
	loopDepth: scope.loopDepth + (isLoopBody && !scope.isLoopBody ? 1 : 0),
	isLoopBody,
});

const inner = (scope: Scope, isLoopBody = scope.isLoopBody): string => {
	const own = nested(scope, isLoopBody);
	const text = block(own, 1 + below(scope.random, 3));
	scope.names = own.names;
	return text;
};

const switchStatement = (scope: Scope): string => {
	const {random} = scope;
	const isDense = chance(random, 60);
	const labels = new Set<number>();
	const count = 3 + below(random, 6);
	while (labels.size < count)
		labels.add(isDense ? below(random, 10) - 2 : below(random, 5000) * 37 - 9000);
	const cases = [...labels].map(label => {
		const ending = chance(random, 75) ? 'break;' : '';
		return `case ${label}: ${inner(scope, false)} ${ending}`;
	});
	if (chance(random, 60))
		cases.splice(below(random, cases.length), 0, `default: ${inner(scope, false)} break;`);
	const condition = isDense
		? `(int)((${full(scope, 2)}) & 15) - 3`
		: `(int)((${full(scope, 2)}) & 8191) * 37 - 9000`;
	return `switch (${condition}) { ${cases.join('\n')} }`;
};

const loop = (scope: Scope): string => {
	const {random} = scope;
	const counter = newName(scope);
	const limit = 1 + below(random, scope.loopDepth > 0 ? 4 : 9);
	const visible: Variable = {text: counter, type: 'int', isWritable: false};
	const own: Scope = {...scope, variables: [...scope.variables, visible]};
	const body = inner(own, true);
	scope.names = own.names;
	switch (below(random, 5)) {
		case 0:
			return `for (int ${counter} = 0; ${counter} < ${limit}; ${counter}++) ${body}`;
		case 1:
			return `{ long ${counter} = ${limit}; while (${counter}-- > 0) ${body} }`;
		case 2:
			return `{ unsigned ${counter} = 0; do ${body} while (++${counter} < ${limit}u); }`;
		case 3: {
			const label = `again_${counter}`;
			const straight = body.replaceAll('continue;', ';').replaceAll(/\bbreak;(?= \/\* loop)/g, ';');
			return `{ int ${counter} = 0; ${label}: ${straight} if (++${counter} < ${limit}) goto ${label}; }`;
		}
		default:
			return `for (short ${counter} = ${limit}; ${counter}; ${counter} -= 1) ${body}`;
	}
};

const declaration = (scope: Scope): string => {
	const type = pick(scope.random, types);
	const text = `${type} ${newName(scope)}`;
	const name = text.slice(type.length + 1);
	const value = full(scope, 2);
	scope.variables.push({text: name, type, isWritable: true});
	return chance(scope.random, 15) ? `volatile ${text} = ${value};` : `${text} = ${value};`;
};

const pointerStatement = (scope: Scope): string => {
	const name = newName(scope);
	const {id} = scope;
	switch (below(scope.random, 5)) {
		case 0:
			return `{ int *${name} = &ints_${id}[(${full(scope, 2)}) & 7]; *${name} += ${full(scope, 1)}; report(*${name}); report(${name} - ints_${id}); }`;
		case 1:
			return `{ struct pair_${id} *${name} = &pairs_${id}[(${full(scope, 2)}) & 3]; ${name}->wide = ${full(scope, 2)}; ${name}->low = ${full(scope, 2)}; report(${name}->low + ${name}->high); }`;
		case 2:
			return `{ unsigned char *${name} = (unsigned char *)&pairs_${id}[1]; long sum = 0; for (int k = 0; k < (int)sizeof(struct pair_${id}); k++) sum = sum * 3 + ${name}[k]; report(sum); }`;
		case 3:
			return `{ struct pair_${id} ${name} = turn_${id}(pairs_${id}[(${full(scope, 1)}) & 3], ${expression(scope, 2)}); pairs_${id}[2] = ${name}; report(${name}.wide); report(${name}.flag); }`;
		default:
			return `{ short *${name} = shorts_${id} + 3; ${name}[(int)((${full(scope, 2)}) & 3) - 2] = ${expression(scope, 2)}; *${name}++ = 5; report(*${name}); report(shorts_${id}[1]); }`;
	}
};

const statement = (scope: Scope): string => {
	const {random} = scope;
	const kind = below(random, 100);
	if (scope.depth <= 0 || kind < 40) return assignment(scope);
	if (kind < 52) return `report(${full(scope, 3)});`;
	if (kind < 62) return declaration(scope);
	if (kind < 72) {
		const otherwise = chance(random, 50) ? ` else ${inner(scope)}` : '';
		return `if (${full(scope, 2)}) ${inner(scope)}${otherwise}`;
	}
	if (kind < 80 && scope.loopDepth < 2) return loop(scope);
	if (kind < 85) return switchStatement(scope);
	if (kind < 93) return pointerStatement(scope);
	if (kind < 95)
		return `report(variadic_${scope.id}(3, (int)(${full(scope, 2)}), (long)(${expression(scope, 1)}), ${expression(scope, 1)} ? 1u : 2u));`;
	if (scope.isLoopBody && kind < 98)
		return `if (${full(scope, 1)}) ${pick(random, ['break;', 'continue;'])} /* loop */`;
	return `${full(scope, 3)};`;
};

const block = (scope: Scope, count: number): string => {
	const statements: string[] = [];
	for (let index = 0; index < count; index++) statements.push(statement(scope));
	return `{\n${statements.join('\n')}\n}`;
};

/* ---------- Programs ---------- */

const helperText = (
	random: Random,
	id: number,
	number: number,
	helpers: readonly Helper[],
): [Helper, string] => {
	const parameters = Array.from({length: 1 + below(random, 5)}, () => pick(random, types));
	const result = pick(random, types);
	const name = `helper${number}_${id}`;
	const scope: Scope = {
		random,
		id,
		variables: parameters.map((type, index) => ({text: `p${index}`, type, isWritable: true})),
		effects: [],
		names: 1000 * (number + 1),
		loopDepth: 1,
		depth: 2,
		helpers,
		canCall: false,
		isLoopBody: false,
	};
	const list = parameters.map((type, index) => `${type} p${index}`).join(', ');
	const locals = [0, 1, 2].map(index => `int effect${index}_${id} = ${index};`).join(' ');
	const body = block(nested(scope), 3).replaceAll('report(', 'sink(');
	const text = `static ${result} ${name}(${list}) { ${locals} ${body} return ${full(scope, 3)}; }`;
	return [{name, parameters, result}, text];
};

const globalScalars = (random: Random, id: number): readonly Variable[] =>
	Array.from({length: 4}, (_, index) => ({
		text: `global${index}_${id}`,
		type: pick(random, types),
		isWritable: true,
	}));

/** The text of program number `id`; equal seeds give equal texts. */
export const randomProgram = (seed: number, id: number): string => {
	const random: Random = {state: Math.imul(seed, 0x9e3779b1) | 0};
	const globals = globalScalars(random, id);
	const widths = Array.from({length: 4}, () => 1 + below(random, 15));
	const helpers: Helper[] = [];
	const helperTexts: string[] = [];
	for (let number = 0; number < 3; number++) {
		const [helper, text] = helperText(random, id, number, helpers);
		helpers.push(helper);
		helperTexts.push(text);
	}

	const scope: Scope = {
		random,
		id,
		variables: [
			...globals,
			{text: `ints_${id}[3]`, type: 'int', isWritable: true},
			{text: `shorts_${id}[2]`, type: 'short', isWritable: true},
			{text: `pairs_${id}[1].low`, type: 'int', isWritable: true},
			{text: `pairs_${id}[2].high`, type: 'unsigned', isWritable: true},
			{text: `pairs_${id}[0].wide`, type: 'long', isWritable: true},
			{text: `pairs_${id}[3].tail`, type: 'int', isWritable: true},
			{text: `local.narrow`, type: 'short', isWritable: true},
			{text: `local.bits`, type: 'unsigned', isWritable: true},
		],
		effects: [],
		names: 0,
		loopDepth: 0,
		depth: 4,
		helpers,
		canCall: true,
		isLoopBody: false,
	};
	const body = block(nested(scope), 8 + below(random, 8));
	const ends = [
		...globals.map(({text}) => text),
		`ints_${id}[5]`,
		`pairs_${id}[2].low`,
		'local.bits',
		'local.narrow',
	];
	return `
struct pair_${id} { int low : ${widths[0]}; unsigned high : ${widths[1]}; long wide; _Bool flag : 1; unsigned char byte; long tail : ${16 + widths[2]!}; };
struct local_${id} { short narrow; unsigned bits : ${widths[3]}; int rest : 5; };
${globals.map(({text, type}, index) => `static ${type} ${text} = ${index * 37 - 20};`).join('\n')}
static int ints_${id}[8] = {1, -2, 3, 400000, [6] = 7};
static short shorts_${id}[8] = {9, 8, [4] = -3};
static struct pair_${id} pairs_${id}[4] = {{1, 2, 3, 1, 5, 6}, {.wide = -7}, {.low = -1, .tail = -9}};
static struct pair_${id} turn_${id}(struct pair_${id} p, long by) { p.wide += by; p.flag = !p.flag; p.byte = by; struct pair_${id} copy = p; copy.high++; p.low = 0; return copy; }
static long variadic_${id}(int count, ...) { __builtin_va_list ap; __builtin_va_start(ap, count); long sum = __builtin_va_arg(ap, int); sum = sum * 3 + __builtin_va_arg(ap, long); sum ^= __builtin_va_arg(ap, unsigned); __builtin_va_end(ap); return sum; }
${helperTexts.join('\n')}
static void run_${id}(void) {
struct local_${id} local = {.narrow = 5, .bits = 1};
int effect0_${id} = 1; long effect1_${id} = 2; unsigned char effect2_${id} = 3;
${body}
${ends.map(text => `report(${text});`).join('\n')}
report(effect0_${id} + effect1_${id} + effect2_${id});
}`;
};

/** Programs `first` to `first + count` in one file, with a `main` that runs them all. */
export const randomBatch = (first: number, count: number): string => {
	const numbers = Array.from({length: count}, (_, index) => first + index);
	return `void report(long);
static long sunk;
static void sink(long value) { sunk = sunk * 5 + value; }
${numbers.map(number => randomProgram(number, number)).join('\n')}
int main(void) {
${numbers.map(number => `report(${1_000_000 + number}); sunk = 0; run_${number}(); report(sunk);`).join('\n')}
return 0;
}
`;
};
