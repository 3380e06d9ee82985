/** The node for an instruction of the machine. */
import type {Builtin, BuiltinExpression, Expression, Position} from '../ast.js';
import type {CType} from '../types/c-types.js';

export const builtinNode = (
	builtin: Builtin,
	args: readonly Expression[],
	type: CType,
	position: Position,
): BuiltinExpression => ({kind: 'builtin', builtin, args, type, position});
