/**
 * Statements. Scopes give back the registers of their variables at their end; loops that have to be judged get their
 * hooks here (see loops.ts for which and why).
 */
import type {
	BlockStatement,
	DeclarationStatement,
	IfStatement,
	ReturnStatement,
	Statement,
	StatementExpression,
} from '../ast.js';
import {generateInto} from './into.js';
import {
	directJump,
	generateComputedGoto,
	generateGoto,
	generateJump,
	generateLabel,
} from './jump.js';
import {generateDo, generateLoop} from './loop.js';
import {generateVariableArray, inScope} from './scope.js';
import {
	type FunctionState,
	type Register,
	emit,
	emitJump,
	giveRegister,
	instructionCount,
	kindOf,
	markLine,
	newLabel,
	none,
	placeLabel,
	resultRegister,
	setOwner,
} from './codegen-state.js';
import {caseLabel, generateSwitch} from './switch.js';
import {livesInRegister} from './walk.js';

const generateBlock = (f: FunctionState, block: BlockStatement): void => {
	inScope(f, () => {
		for (const statement of block.statements) f.visit.statement(f, statement);
	});
};

/** `({ … value; })`: the value outlives the block's variables. */
export const generateStatementExpression = (
	f: FunctionState,
	node: StatementExpression,
	wanted: Register,
): Register => {
	const {body, result} = node;
	const hasValue = result !== undefined && kindOf(result.type) !== 'v';
	const to = hasValue ? resultRegister(f, f.top, wanted) : none;
	inScope(f, () => {
		for (const statement of body.statements) f.visit.statement(f, statement);
		if (result && hasValue) generateInto(f, result, to);
		else if (result) f.visit.effects(f, result);
	});
	return to;
};

const generateDeclaration = (f: FunctionState, node: DeclarationStatement): void => {
	const {symbol, initializer} = node;
	const isRegister = livesInRegister(symbol);
	const register = isRegister ? giveRegister(f, symbol) : none;
	if (initializer) {
		markLine(f, node.position);
		f.visit.initialize(f, symbol, initializer);
	}

	if (isRegister) setOwner(f, symbol, register);
	f.variables.push({symbol, from: instructionCount(f), to: -1});
};

const generateIf = (f: FunctionState, node: IfStatement): void => {
	markLine(f, node.condition.position);
	const direct = node.alternate ? undefined : directJump(f, node.consequent);
	if (direct !== undefined) {
		f.visit.jumpIf(f, node.condition, true, direct);
		return;
	}

	const otherwise = newLabel(f);
	f.visit.jumpIf(f, node.condition, false, otherwise);
	f.visit.statement(f, node.consequent);
	if (node.alternate) {
		const end = newLabel(f);
		emitJump(f, end);
		placeLabel(f, otherwise);
		f.visit.statement(f, node.alternate);
		placeLabel(f, end);
	} else {
		placeLabel(f, otherwise);
	}
};

const generateReturn = (f: FunctionState, node: ReturnStatement): void => {
	markLine(f, node.position);
	const {value} = node;
	if (!value) {
		emit(f, 'RETV');
		return;
	}

	if (kindOf(value.type) === 'v') {
		f.visit.effects(f, value);
		emit(f, 'RETV');
		return;
	}

	if (value.type.kind !== 'record') {
		emit(f, 'RET', f.visit.value(f, value));
		return;
	}

	const place = {kind: 'memory', base: f.resultAddress, offset: 0} as const;
	if (value.kind === 'call') f.visit.call(f, value, none, place);
	else if (value.type.size > 0)
		emit(f, 'COPY', f.resultAddress, f.visit.value(f, value), value.type.size);
	else f.visit.effects(f, value);
	emit(f, 'RET', f.resultAddress);
};

/** A statement; the temporaries of its expressions are free afterwards. */
export const generateStatement = (f: FunctionState, node: Statement): void => {
	const {frameTop} = f;
	if (f.plan.readers.has(node)) {
		markLine(f, node.position, false);
		emit(f, 'LOOPREAD');
	}

	switch (node.kind) {
		case 'expression': {
			markLine(f, node.position);
			f.visit.effects(f, node.expression);
			break;
		}

		case 'declaration': {
			generateDeclaration(f, node);
			break;
		}

		case 'variable-array': {
			markLine(f, node.position);
			generateVariableArray(f, node);
			break;
		}

		case 'block': {
			generateBlock(f, node);
			break;
		}

		case 'if': {
			generateIf(f, node);
			break;
		}

		case 'while': {
			generateLoop(f, node);
			break;
		}

		case 'for': {
			inScope(f, () => {
				for (const statement of node.initializer) f.visit.statement(f, statement);
				generateLoop(f, node);
			});
			break;
		}

		case 'do': {
			generateDo(f, node);
			break;
		}

		case 'switch': {
			generateSwitch(f, node);
			break;
		}

		case 'case': {
			placeLabel(f, caseLabel(f, node.label));
			f.visit.statement(f, node.body);
			break;
		}

		case 'break':
		case 'continue': {
			markLine(f, node.position);
			generateJump(f, node.kind);
			break;
		}

		case 'return': {
			const mark = f.top;
			generateReturn(f, node);
			f.top = mark;
			break;
		}

		case 'goto': {
			markLine(f, node.position);
			generateGoto(f, node.label);
			break;
		}

		case 'computed-goto': {
			const mark = f.top;
			generateComputedGoto(f, node);
			f.top = mark;
			break;
		}

		case 'label': {
			generateLabel(f, node);
			break;
		}

		case 'empty': {
			break;
		}
	}

	f.frameTop = frameTop;
};
