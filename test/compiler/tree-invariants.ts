/** What ast.ts promises about every tree, as a check: operands have the type their operator computes in, and so on. */
import type {
	Expression,
	FunctionDefinition,
	LocalInitializer,
	Statement,
	TranslationUnit,
} from '../../source/compiler/ast.js';
import {
	isCompatible,
	isScalar,
	unqualified,
	type CType,
} from '../../source/compiler/types/c-types.js';
import {typeName} from '../../source/compiler/types/type-names.js';

type Walk = {readonly problems: string[]; functionName: string; readonly locals: Set<unknown>};

const isSame = (left: CType, right: CType): boolean =>
	isCompatible(unqualified(left), unqualified(right), true);

const require = (walk: Walk, holds: boolean, what: string): void => {
	if (!holds) walk.problems.push(`${walk.functionName}: ${what}`);
};

const requireSame = (walk: Walk, left: CType, right: CType, what: string): void =>
	require(walk, isSame(left, right), `${what}: ${typeName(left)} and ${typeName(right)}`);

const isLvalueKind = (expression: Expression): boolean =>
	['variable', 'string', 'dereference', 'member', 'compound-literal'].includes(expression.kind);

const castProblem = (from: CType, to: CType, conversion: string): boolean => {
	switch (conversion) {
		case 'integer': {
			return from.kind === 'integer' && to.kind === 'integer' && to.rank > 0;
		}

		case 'boolean': {
			return isScalar(from) && to.kind === 'integer' && to.rank === 0;
		}

		case 'integer-to-float': {
			return from.kind === 'integer' && to.kind === 'float';
		}

		case 'float-to-integer': {
			return from.kind === 'float' && to.kind === 'integer' && to.rank > 0;
		}

		case 'float': {
			return from.kind === 'float' && to.kind === 'float';
		}

		case 'pointer': {
			return from.kind === 'pointer' && to.kind === 'pointer';
		}

		case 'integer-to-pointer': {
			return from.kind === 'integer' && from.size === 8 && to.kind === 'pointer';
		}

		case 'pointer-to-integer': {
			return from.kind === 'pointer' && to.kind === 'integer' && to.size === 8;
		}

		case 'array-decay': {
			return from.kind === 'array' && to.kind === 'pointer';
		}

		case 'function-decay': {
			return from.kind === 'function' && to.kind === 'pointer';
		}

		default: {
			return to.kind === 'void';
		}
	}
};

const visitInitializer = (walk: Walk, {items}: LocalInitializer): void => {
	for (const {type, value} of items) {
		visit(walk, value);
		if (value.kind !== 'string' || type.kind !== 'array')
			requireSame(walk, type, value.type, 'initialiser');
	}
};

/** Only arithmetic, pointers, records and void are values; arrays and functions appear below decay, & and calls. */
const visitValue = (walk: Walk, expression: Expression): void => {
	require(walk, expression.type.kind !== 'array' &&
		expression.type.kind !==
			'function', `${expression.kind} of type ${typeName(expression.type)} as a value`);
	visit(walk, expression);
};

const visit = (walk: Walk, expression: Expression): void => {
	require(walk, Number.isInteger(expression.position) &&
		expression.position > 0, `${expression.kind} without a position`);
	switch (expression.kind) {
		case 'variable': {
			const {symbol} = expression;
			if (symbol.storage === 'local' || symbol.storage === 'parameter')
				require(walk, walk.locals.has(symbol), `${symbol.name} is not a local of the function`);
			break;
		}

		case 'binary': {
			visitValue(walk, expression.left);
			visitValue(walk, expression.right);
			requireSame(walk, expression.left.type, expression.type, expression.operator);
			if (expression.operator === '<<' || expression.operator === '>>')
				require(walk, expression.right.type.kind === 'integer' &&
					expression.right.type.name === 'int', 'shift count is int');
			else requireSame(walk, expression.right.type, expression.type, expression.operator);
			break;
		}

		case 'compare': {
			visitValue(walk, expression.left);
			visitValue(walk, expression.right);
			if (expression.left.type.kind !== 'pointer')
				requireSame(walk, expression.left.type, expression.right.type, expression.operator);
			else
				require(walk, expression.right.type.kind ===
					'pointer', 'pointers are compared with pointers');
			require(walk, expression.left.type.kind === 'pointer' ||
				expression.left.type.size >= 4, 'compared values are promoted');
			break;
		}

		case 'logical': {
			visitValue(walk, expression.left);
			visitValue(walk, expression.right);
			break;
		}

		case 'conditional': {
			visitValue(walk, expression.condition);
			visitValue(walk, expression.consequent);
			visitValue(walk, expression.alternate);
			if (expression.type.kind !== 'pointer')
				requireSame(walk, expression.consequent.type, expression.type, '?');
			if (expression.type.kind !== 'pointer')
				requireSame(walk, expression.alternate.type, expression.type, ':');
			break;
		}

		case 'assign': {
			require(walk, isLvalueKind(expression.target), 'assignment to an lvalue');
			visit(walk, expression.target);
			visitValue(walk, expression.value);
			requireSame(walk, expression.target.type, expression.value.type, '=');
			break;
		}

		case 'compound-assign': {
			require(walk, isLvalueKind(expression.target), 'assignment to an lvalue');
			visit(walk, expression.target);
			visitValue(walk, expression.value);
			require(walk, (expression.computeType.kind === 'pointer') ===
				(expression.elementSize !== undefined), 'elementSize is for pointers');
			break;
		}

		case 'cast': {
			visit(walk, expression.operand);
			require(walk, castProblem(
				expression.operand.type,
				expression.type,
				expression.conversion,
			), `cast ${expression.conversion} from ${typeName(expression.operand.type)} to ${typeName(expression.type)}`);
			break;
		}

		case 'pointer-add': {
			visitValue(walk, expression.pointer);
			visitValue(walk, expression.index);
			require(walk, expression.index.type.kind === 'integer' &&
				expression.index.type.size === 8, 'index is long');
			break;
		}

		case 'pointer-difference': {
			visitValue(walk, expression.left);
			visitValue(walk, expression.right);
			break;
		}

		case 'call': {
			visit(walk, expression.callee);
			for (const [index, argument] of expression.args.entries()) {
				visitValue(walk, argument);
				const parameter = expression.calleeType.parameters[index];
				if (parameter) requireSame(walk, parameter.type, argument.type, 'argument');
				else
					require(walk, argument.type.size >= 4 &&
						!(
							argument.type.kind === 'float' && argument.type.size === 4
						), 'variadic arguments are promoted');
			}

			break;
		}

		case 'builtin': {
			for (const argument of expression.args) visitValue(walk, argument);
			break;
		}

		case 'dereference':
		case 'unary': {
			visitValue(walk, expression.operand);
			break;
		}

		case 'address-of': {
			require(walk, isLvalueKind(expression.operand), 'address of an lvalue');
			visit(walk, expression.operand);
			break;
		}

		case 'member': {
			visit(walk, expression.object);
			break;
		}

		case 'increment': {
			visit(walk, expression.target);
			break;
		}

		case 'comma': {
			visit(walk, expression.left);
			visitValue(walk, expression.right);
			break;
		}

		case 'compound-literal': {
			require(walk, walk.locals.has(expression.symbol), 'compound literal is a local');
			visitInitializer(walk, expression.initializer);
			break;
		}

		case 'statement-expression': {
			visitStatement(walk, expression.body);
			if (expression.result) visitValue(walk, expression.result);
			break;
		}

		default: {
			break;
		}
	}
};

const visitStatement = (walk: Walk, statement: Statement): void => {
	switch (statement.kind) {
		case 'expression': {
			visitValue(walk, statement.expression);
			break;
		}

		case 'variable-array': {
			visitValue(walk, statement.allocation);
			break;
		}

		case 'declaration': {
			require(walk, walk.locals.has(statement.symbol), `${statement.symbol.name} is listed`);
			if (statement.initializer) visitInitializer(walk, statement.initializer);
			break;
		}

		case 'block': {
			for (const inner of statement.statements) visitStatement(walk, inner);
			break;
		}

		case 'if': {
			visitValue(walk, statement.condition);
			visitStatement(walk, statement.consequent);
			if (statement.alternate) visitStatement(walk, statement.alternate);
			break;
		}

		case 'for': {
			for (const inner of statement.initializer) visitStatement(walk, inner);
			if (statement.condition) visitValue(walk, statement.condition);
			if (statement.step) visitValue(walk, statement.step);
			visitStatement(walk, statement.body);
			break;
		}

		case 'while':
		case 'do':
		case 'switch': {
			visitValue(walk, statement.condition);
			visitStatement(walk, statement.body);
			break;
		}

		case 'case':
		case 'label': {
			visitStatement(walk, statement.body);
			break;
		}

		case 'return': {
			if (statement.value) visitValue(walk, statement.value);
			break;
		}

		default: {
			break;
		}
	}
};

const visitFunction = (problems: string[], definition: FunctionDefinition): void => {
	const walk: Walk = {
		problems,
		functionName: definition.symbol.name,
		locals: new Set<unknown>([...definition.locals, ...definition.parameters]),
	};
	visitStatement(walk, definition.body);
};

/** Everything in the unit that breaks a promise. */
export const treeProblems = (unit: TranslationUnit): readonly string[] => {
	const problems: string[] = [];
	for (const definition of unit.functions) visitFunction(problems, definition);
	return problems;
};
