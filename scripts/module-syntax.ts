// What one TypeScript module imports, which global names it uses, and which
// syntax matters to the layer rules (async code, classes). Read from the syntax
// tree, with scopes, because the kernel's favourite variable is called `process`.

import {parseAst} from 'rolldown/parseAst';

export type ModuleImport = {
	readonly specifier: string;
	/** Erased by the compiler: it loads nothing when the program runs. */
	readonly isTypeOnly: boolean;
	readonly line: number;
};

export type Use = {
	/** `Date`, `Math.random`, `process.exit`: a global with the member taken from it, if any. */
	readonly name: string;
	readonly line: number;
};

export type ModuleSyntax = {
	readonly imports: readonly ModuleImport[];
	readonly globals: readonly Use[];
	readonly asyncCode: readonly Use[];
	readonly classes: readonly Use[];
};

type Node = {readonly type: string; readonly start: number; readonly [key: string]: unknown};

type Walk = {
	readonly lineOf: (node: Node) => number;
	readonly scopes: Set<string>[];
	readonly imports: ModuleImport[];
	readonly globals: Use[];
	readonly asyncCode: Use[];
	readonly classes: Use[];
};

export const readModule = (path: string, text: string): ModuleSyntax => {
	const program = parseAst(
		text,
		{lang: path.endsWith('x') ? 'tsx' : 'ts', astType: 'ts', sourceType: 'module'},
		path,
	) as unknown as Node;
	const lineOf = createLineFinder(text);
	const walk: Walk = {lineOf, scopes: [], imports: [], globals: [], asyncCode: [], classes: []};
	visit(walk, program);
	return walk;
};

/** Looks lines up by bisection: a large module has thousands of names. */
const createLineFinder = (text: string): ((node: Node) => number) => {
	const starts = [...text.matchAll(/^/gm)].map(({index}) => index);
	return ({start}) => {
		let [low, high] = [0, starts.length];
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (starts[middle]! <= start) low = middle;
			else high = middle;
		}
		return low + 1;
	};
};

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): readonly Node[] =>
	Object.values(node)
		.flatMap(value => (Array.isArray(value) ? value : [value]))
		.filter(isNode);

/** The only type-level nodes that hold an expression which runs. */
const typedExpressions = new Set([
	'TSAsExpression',
	'TSNonNullExpression',
	'TSSatisfiesExpression',
	'TSTypeAssertion',
	'TSInstantiationExpression',
]);
const moduleEdges = new Set([
	'ImportDeclaration',
	'ExportNamedDeclaration',
	'ExportAllDeclaration',
]);

const visit = (walk: Walk, node: Node): void => {
	if (typedExpressions.has(node.type)) {
		visit(walk, node['expression'] as Node);
		return;
	}
	noteModuleEdge(walk, node);
	if (node.type.startsWith('TS') || node.type === 'ImportDeclaration') return;
	if (node.type === 'ImportExpression') noteDynamicImport(walk, node);
	if (node['async'] === true || node['await'] === true || node.type === 'AwaitExpression') {
		walk.asyncCode.push({name: 'async', line: walk.lineOf(node)});
	}
	if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') {
		const name = (node['id'] as Node | null)?.['name'] as string | undefined;
		walk.classes.push({name: name ?? 'anonymous', line: walk.lineOf(node)});
	}
	if (node.type === 'Identifier') {
		noteReference(walk, node, '');
		return;
	}
	if (node.type === 'MemberExpression' && noteMember(walk, node)) return;

	const names = namesDeclaredIn(node);
	if (names) walk.scopes.push(names);
	for (const child of runningChildrenOf(node)) visit(walk, child);
	if (names) walk.scopes.pop();
};

/** The children of a node without those identifiers that are mere names: keys, members, labels. */
const runningChildrenOf = (node: Node): readonly Node[] => {
	const isComputed = node['computed'] === true;
	const names: Readonly<Record<string, readonly string[]>> = {
		MemberExpression: isComputed ? [] : ['property'],
		Property: isComputed ? [] : ['key'],
		MethodDefinition: isComputed ? [] : ['key'],
		PropertyDefinition: isComputed ? [] : ['key'],
		LabeledStatement: ['label'],
		BreakStatement: ['label'],
		ContinueStatement: ['label'],
		ExportSpecifier: ['local', 'exported'],
		MetaProperty: ['meta', 'property'],
		JSXAttribute: ['name'],
	};
	const skipped = (names[node.type] ?? []).map(key => node[key]);
	return childrenOf(node).filter(child => !skipped.includes(child));
};

const noteModuleEdge = (walk: Walk, node: Node): void => {
	const source = node['source'];
	if (!moduleEdges.has(node.type) || !isNode(source)) return;
	const specifiers = (node['specifiers'] ?? []) as readonly Node[];
	const kinds = [node, ...specifiers].map(part => part['importKind'] ?? part['exportKind']);
	const isErased = specifiers.length > 0 && kinds.slice(1).every(kind => kind === 'type');
	walk.imports.push({
		specifier: String(source['value']),
		isTypeOnly: kinds[0] === 'type' || isErased,
		line: walk.lineOf(node),
	});
};

const noteDynamicImport = (walk: Walk, node: Node): void => {
	const source = node['source'] as Node;
	const specifier = typeof source['value'] === 'string' ? source['value'] : '(computed)';
	walk.imports.push({specifier, isTypeOnly: false, line: walk.lineOf(node)});
};

/** Notes `global.member` as one use. */
const noteMember = (walk: Walk, node: Node): boolean => {
	const object = node['object'] as Node;
	if (object.type !== 'Identifier' || node['computed'] === true) return false;
	noteReference(walk, object, `.${(node['property'] as Node)['name'] as string}`);
	return true;
};

const noteReference = (walk: Walk, identifier: Node, member: string): void => {
	const name = identifier['name'] as string;
	if (walk.scopes.some(scope => scope.has(name))) return;
	walk.globals.push({name: name + member, line: walk.lineOf(identifier)});
};

const scopeNodes =
	/^(Program|BlockStatement|StaticBlock|SwitchStatement|For\w*Statement|CatchClause|ArrowFunctionExpression|FunctionDeclaration|FunctionExpression|ClassDeclaration|ClassExpression)$/;

/** The names that a node brings into being for what stands inside it. */
const namesDeclaredIn = (node: Node): Set<string> | undefined => {
	if (!scopeNodes.test(node.type)) return undefined;
	const names = new Set<string>();
	if (isNode(node['id'])) addPatternNames(names, node['id']);
	if (isNode(node['param'])) addPatternNames(names, node['param']);
	for (const param of (node['params'] ?? []) as readonly Node[]) addPatternNames(names, param);
	for (const child of childrenOf(node)) addDeclaredNames(names, child);
	return names;
};

const addDeclaredNames = (names: Set<string>, statement: Node): void => {
	switch (statement.type) {
		case 'VariableDeclaration':
			for (const {id} of statement['declarations'] as readonly {id: Node}[]) {
				addPatternNames(names, id);
			}
			break;
		case 'FunctionDeclaration':
		case 'ClassDeclaration':
		case 'TSDeclareFunction':
		case 'TSEnumDeclaration':
			addPatternNames(names, statement['id'] as Node);
			break;
		case 'ImportDeclaration':
			for (const {local} of statement['specifiers'] as readonly {local: Node}[]) {
				addPatternNames(names, local);
			}
			break;
		case 'ExportNamedDeclaration':
		case 'ExportDefaultDeclaration':
			if (isNode(statement['declaration'])) addDeclaredNames(names, statement['declaration']);
			break;
		case 'SwitchCase':
			for (const child of statement['consequent'] as readonly Node[])
				addDeclaredNames(names, child);
			break;
		default:
			break;
	}
};

const addPatternNames = (names: Set<string>, pattern: Node | null): void => {
	switch (pattern?.type) {
		case 'Identifier':
			names.add(pattern['name'] as string);
			break;
		case 'AssignmentPattern':
			addPatternNames(names, pattern['left'] as Node);
			break;
		case 'RestElement':
			addPatternNames(names, pattern['argument'] as Node);
			break;
		case 'Property':
			addPatternNames(names, pattern['value'] as Node);
			break;
		case 'ArrayPattern':
			for (const element of pattern['elements'] as readonly (Node | null)[]) {
				addPatternNames(names, element);
			}
			break;
		case 'ObjectPattern':
			for (const property of pattern['properties'] as readonly Node[]) {
				addPatternNames(names, property);
			}
			break;
		default:
			break;
	}
};
