/** The words that are no identifiers: C's and GNU's, and the operators of types and variable arguments (C11 6.4.1). */
import {tokenKind, type Token} from './lexer.js';

export const keywords: ReadonlySet<string> = new Set(
	(
		'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return ' +
		'short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic ' +
		'_Imaginary _Noreturn _Static_assert _Thread_local __attribute__ __attribute __asm__ __asm asm __extension__ __inline __inline__ ' +
		'__restrict __restrict__ __volatile__ __volatile __const __const__ __signed__ __signed typeof __typeof__ __typeof __auto_type __thread ' +
		'__alignof__ __alignof __label__ _Float128 __int128 _Decimal64 __builtin_va_arg __builtin_offsetof __builtin_types_compatible_p __real__ __imag__ __complex__'
	).split(' '),
);

export const isKeyword = (text: string): boolean => keywords.has(text);
export const isIdentifier = (token: Token): boolean =>
	token.kind === tokenKind.identifier && !keywords.has(token.text);
