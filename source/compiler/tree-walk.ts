/**
 * Walks over the tree: what lies directly below an expression, and what lies anywhere in a statement.
 */
import type {Expression, Statement} from './ast.js';

/** Calls `visit` for each direct operand, in order of evaluation as far as C fixes one. */
export const forEachOperand = (node: Expression, visit: (operand: Expression) => void): void => {
	switch (node.kind) {
		case 'integer':
		case 'float':
		case 'string':
		case 'variable':
		case 'function': {
			return;
		}

		case 'dereference':
		case 'address-of':
		case 'cast':
		case 'unary': {
			visit(node.operand);
			return;
		}

		case 'member': {
			visit(node.object);
			return;
		}

		case 'compound-literal': {
			for (const item of node.initializer.items) visit(item.value);
			return;
		}

		case 'binary':
		case 'compare':
		case 'logical':
		case 'comma':
		case 'pointer-difference': {
			visit(node.left);
			visit(node.right);
			return;
		}

		case 'conditional': {
			visit(node.condition);
			visit(node.consequent);
			visit(node.alternate);
			return;
		}

		case 'assign':
		case 'compound-assign': {
			visit(node.target);
			visit(node.value);
			return;
		}

		case 'increment': {
			visit(node.target);
			return;
		}

		case 'pointer-add': {
			visit(node.pointer);
			visit(node.index);
			return;
		}

		case 'call': {
			visit(node.callee);
			node.args.forEach(visit);
			return;
		}

		case 'builtin': {
			node.args.forEach(visit);
			return;
		}

		case 'statement-expression': {
			forEachExpressionOf(node.body, visit);
			if (node.result) visit(node.result);
		}
	}
};

/** Whether `test` holds for a direct operand. */
export const someOperand = (node: Expression, test: (operand: Expression) => boolean): boolean => {
	let found = false;
	forEachOperand(node, operand => {
		found ||= test(operand);
	});
	return found;
};

/** Calls `visit` for `node` and for all in it that is evaluated whenever `node` is, from outside to inside. */
export const forEachCertain = (node: Expression, visit: (node: Expression) => void): void => {
	visit(node);
	switch (node.kind) {
		case 'logical': {
			forEachCertain(node.left, visit);
			return;
		}

		case 'conditional': {
			forEachCertain(node.condition, visit);
			return;
		}

		case 'statement-expression': {
			return;
		}

		default: {
			forEachOperand(node, operand => {
				forEachCertain(operand, visit);
			});
		}
	}
};

/** Calls `visit` for a statement and for those in it, from outside to inside. */
export const forEachStatement = (
	statement: Statement,
	visit: (statement: Statement) => void,
): void => {
	visit(statement);
	switch (statement.kind) {
		case 'block': {
			for (const inner of statement.statements) forEachStatement(inner, visit);
			return;
		}

		case 'if': {
			forEachStatement(statement.consequent, visit);
			if (statement.alternate) forEachStatement(statement.alternate, visit);
			return;
		}

		case 'for': {
			for (const inner of statement.initializer) forEachStatement(inner, visit);
			forEachStatement(statement.body, visit);
			return;
		}

		case 'while':
		case 'do':
		case 'switch':
		case 'case':
		case 'label': {
			forEachStatement(statement.body, visit);
			return;
		}

		default: {
			break;
		}
	}
};

/** Calls `visit` for the outermost expressions of a statement, not for those of the statements in it. */
const forEachOwnExpression = (
	statement: Statement,
	visit: (expression: Expression) => void,
): void => {
	switch (statement.kind) {
		case 'expression': {
			visit(statement.expression);
			return;
		}

		case 'declaration': {
			for (const item of statement.initializer?.items ?? []) visit(item.value);
			return;
		}

		case 'variable-array': {
			visit(statement.allocation);
			return;
		}

		case 'if':
		case 'while':
		case 'do':
		case 'switch': {
			visit(statement.condition);
			return;
		}

		case 'for': {
			if (statement.condition) visit(statement.condition);
			if (statement.step) visit(statement.step);
			return;
		}

		case 'return': {
			if (statement.value) visit(statement.value);
			return;
		}

		case 'computed-goto': {
			visit(statement.address);
			return;
		}

		default: {
			break;
		}
	}
};

/** Calls `visit` for the outermost expressions of a statement and of the statements in it. */
export const forEachExpressionOf = (
	statement: Statement,
	visit: (expression: Expression) => void,
): void => {
	forEachStatement(statement, inner => {
		forEachOwnExpression(inner, visit);
	});
};

/** Whether `test` holds for one of these. */
export const someExpressionOf = (
	statement: Statement,
	test: (expression: Expression) => boolean,
): boolean => {
	let found = false;
	forEachExpressionOf(statement, expression => {
		found ||= test(expression);
	});
	return found;
};

/** Whether there are GNU statement expressions in one of these: the statements hidden there could jump. */
export const hidesStatements = (statement: Statement): boolean =>
	someExpressionOf(statement, isOrHasStatement);

const isOrHasStatement = (node: Expression): boolean =>
	node.kind === 'statement-expression' || someOperand(node, isOrHasStatement);

/** Whether an expression has no operands. */
export const isLeaf = (node: Expression): boolean =>
	node.kind === 'integer' ||
	node.kind === 'variable' ||
	node.kind === 'float' ||
	node.kind === 'string' ||
	node.kind === 'function';

/** Whether evaluating `node` can change anything: calls, assignments, builtins, statements. */
export const hasEffects = (node: Expression): boolean => {
	if (isLeaf(node)) return false;
	switch (node.kind) {
		case 'assign':
		case 'compound-assign':
		case 'increment':
		case 'call':
		case 'builtin':
		case 'statement-expression': {
			return true;
		}

		default: {
			return someOperand(node, hasEffects);
		}
	}
};
