/**
 * Jumps into the scope of a variable length array: its memory would never have been allocated (C11 6.8.6.1, 6.8.4.2).
 */
import type {
	BlockStatement,
	GotoStatement,
	LabeledStatement,
	Statement,
	VariableArrayStatement,
} from '../ast.js';
import {error} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';

/** A label or goto with the arrays in whose scope it stands. */
type Placed<T> = {readonly statement: T; readonly arrays: readonly VariableArrayStatement[]};

type Walk = {
	readonly p: Parser;
	/** Arrays in scope. */
	readonly arrays: VariableArrayStatement[];
	readonly gotos: Array<Placed<GotoStatement>>;
	readonly labels: Array<Placed<LabeledStatement>>;
};

const complain = (
	{p}: Walk,
	position: number,
	jump: string,
	{allocation}: VariableArrayStatement,
): void => {
	const {target} = allocation;
	error(p, position, `${jump} into scope of identifier with variably modified type`, [
		[target.position, `'${target.kind === 'variable' ? target.symbol.name : ''}' declared here`],
	]);
};

const walkScope = (walk: Walk, statements: readonly Statement[], switchDepth: number): void => {
	const {length} = walk.arrays;
	for (const statement of statements) walkStatement(walk, statement, switchDepth);
	walk.arrays.length = length;
};

/** `switchDepth`: how many arrays were in scope at the innermost switch. */
const walkStatement = (walk: Walk, statement: Statement, switchDepth: number): void => {
	const {arrays} = walk;
	switch (statement.kind) {
		case 'variable-array': {
			arrays.push(statement);
			return;
		}

		case 'block': {
			walkScope(walk, statement.statements, switchDepth);
			return;
		}

		case 'for': {
			walkScope(walk, [...statement.initializer, statement.body], switchDepth);
			return;
		}

		case 'if': {
			walkStatement(walk, statement.consequent, switchDepth);
			if (statement.alternate) walkStatement(walk, statement.alternate, switchDepth);
			return;
		}

		case 'switch': {
			walkStatement(walk, statement.body, arrays.length);
			return;
		}

		case 'case': {
			const passed = arrays[switchDepth];
			if (passed) complain(walk, statement.position, 'switch jumps', passed);
			walkStatement(walk, statement.body, switchDepth);
			return;
		}

		case 'label': {
			walk.labels.push({statement, arrays: [...arrays]});
			walkStatement(walk, statement.body, switchDepth);
			return;
		}

		case 'goto': {
			walk.gotos.push({statement, arrays: [...arrays]});
			return;
		}

		case 'while':
		case 'do': {
			walkStatement(walk, statement.body, switchDepth);
			return;
		}

		default: {
			break;
		}
	}
};

/** Reports jumps into the scope of the function's variable length arrays. */
export const checkJumpScopes = (p: Parser, body: BlockStatement): void => {
	const walk: Walk = {p, arrays: [], gotos: [], labels: []};
	walkStatement(walk, body, 0);
	for (const {statement, arrays} of walk.gotos) {
		const target = walk.labels.find(label => label.statement.label === statement.label);
		const passed = target?.arrays.find(array => !arrays.includes(array));
		if (passed) complain(walk, statement.position, 'jump', passed);
	}
};
