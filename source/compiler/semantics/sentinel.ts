/** -Wformat: a call of `execl` and its like ends with a null pointer (`__attribute__((sentinel))`), worded like gcc. */
import type {Expression, Position} from '../ast.js';
import {warn} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';

/** A constant 0 of a pointer's type; a mere `0` is an int, of which the callee would read 8 bytes. */
const isNullPointer = (value: Expression): boolean =>
	value.type.kind === 'pointer' && (value.kind === 'cast' ? isZero(value.operand) : isZero(value));

const isZero = (value: Expression): boolean =>
	value.kind === 'integer' ? value.value === 0n : value.kind === 'cast' && isZero(value.operand);

/** `distance`: how many arguments stand behind the null pointer (1 for execle); `named`: parameters before the `...`. */
export const checkSentinel = (
	p: Parser,
	distance: number,
	named: number,
	args: readonly Expression[],
	position: Position,
): void => {
	const sentinel = args[args.length - 1 - distance];
	if (args.length - distance <= named || !sentinel)
		warn(p, position, '-Wformat=', 'not enough variable arguments to fit a sentinel');
	else if (!isNullPointer(sentinel))
		warn(p, position, '-Wformat=', 'missing sentinel in function call');
};
