/* Wide characters as bytes and back: mbrtowc(3), wcrtomb(3) and what is made of them. The C locale has ASCII only; C.UTF-8
   has UTF-8, utf-8(7). */
#include "internal.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int __utf8;

size_t __mb_cur_max(void)
{
	return __utf8 ? 6 : 1;
}

static size_t invalid(void)
{
	errno = EILSEQ;
	return (size_t)-1;
}

/* Bytes that follow the first of a sequence, or -1 if none begins with it. */
static int following(unsigned char first)
{
	if (!__utf8 || first < 0xc2 || first > 0xf4)
		return -1;
	return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

/* A state in the middle of a character has the bytes still missing in __count, and what they gave so far in __value. */
size_t mbrtowc(wchar_t *restrict wc, const char *restrict s, size_t n, mbstate_t *restrict state)
{
	static mbstate_t own;
	size_t used = 0;

	if (!state)
		state = &own;
	if (!s)
		return mbrtowc(NULL, "", 1, state);
	while (used < n) {
		unsigned char byte = (unsigned char)s[used++];

		if (state->__count == 0 && byte < 0x80) {
			state->__value = byte;
		} else if (state->__count == 0) {
			int missing = following(byte);
			if (missing < 0)
				return invalid();
			state->__count = missing;
			state->__value = byte & (0x3fu >> missing);
			state->__least = missing == 1 ? 0x80 : missing == 2 ? 0x800 : 0x10000;
			continue;
		} else {
			if ((byte & 0xc0) != 0x80) {
				state->__count = 0;
				return invalid();
			}
			state->__value = state->__value << 6 | (byte & 0x3f);
			if (--state->__count > 0)
				continue;
			if (state->__value < state->__least || state->__value > 0x10ffff || (state->__value & ~0x7ffu) == 0xd800)
				return invalid();
		}
		if (wc)
			*wc = (wchar_t)state->__value;
		return state->__value ? used : 0;
	}
	return (size_t)-2;
}

size_t wcrtomb(char *restrict s, wchar_t wc, mbstate_t *restrict state)
{
	unsigned c = (unsigned)wc;
	int more, i;

	if (!s)
		return 1;
	if (state)
		state->__count = 0;
	if (c < 0x80) {
		*s = (char)c;
		return 1;
	}
	if (!__utf8 || c > 0x10ffff || (c & ~0x7ffu) == 0xd800)
		return invalid();
	more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
	for (i = more; i > 0; i--, c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	s[0] = (char)((0xff00u >> (more + 1) & 0xff) | c);
	return (size_t)more + 1;
}

int mbsinit(const mbstate_t *state)
{
	return !state || state->__count == 0;
}

size_t mbrlen(const char *restrict s, size_t n, mbstate_t *restrict state)
{
	static mbstate_t own;

	return mbrtowc(NULL, s, n, state ? state : &own);
}

int mbtowc(wchar_t *restrict wc, const char *restrict s, size_t n)
{
	mbstate_t state = { 0, 0, 0 };
	size_t length;

	if (!s)
		return 0;
	length = mbrtowc(wc, s, n, &state);
	return length == (size_t)-2 ? -1 : (int)length;
}

int mblen(const char *s, size_t n)
{
	return mbtowc(NULL, s, n);
}

int wctomb(char *s, wchar_t wc)
{
	return s ? (int)wcrtomb(s, wc, NULL) : 0;
}

/* At most `n` characters of at most `bytes` bytes. Without `to` they are only counted. */
size_t mbsnrtowcs(wchar_t *restrict to, const char **restrict from, size_t bytes, size_t n, mbstate_t *restrict state)
{
	static mbstate_t own;
	const char *s = *from;
	size_t count = 0;

	if (!state)
		state = &own;
	while (!to || count < n) {
		wchar_t wc;
		size_t length = mbrtowc(&wc, s, bytes, state);

		if (length == (size_t)-1) {
			if (to)
				*from = s;
			return length;
		}
		if (length == (size_t)-2) {
			s += bytes;
			break;
		}
		if (to)
			to[count] = wc;
		if (length == 0) {
			s = NULL;
			break;
		}
		s += length;
		bytes -= length;
		count++;
	}
	if (to)
		*from = s;
	return count;
}

size_t mbsrtowcs(wchar_t *restrict to, const char **restrict from, size_t n, mbstate_t *restrict state)
{
	return mbsnrtowcs(to, from, (size_t)LONG_MAX, n, state);
}

size_t mbstowcs(wchar_t *restrict to, const char *restrict from, size_t n)
{
	mbstate_t state = { 0, 0, 0 };

	return mbsrtowcs(to, &from, n, &state);
}

/* At most `n` bytes of at most `count` characters, and no part of a character. */
size_t wcsnrtombs(char *restrict to, const wchar_t **restrict from, size_t count, size_t n, mbstate_t *restrict state)
{
	const wchar_t *s = *from;
	size_t total = 0;

	for (; count > 0; count--, s++) {
		char bytes[MB_LEN_MAX];
		size_t length = wcrtomb(bytes, *s, state);

		if (length == (size_t)-1) {
			if (to)
				*from = s;
			return length;
		}
		if (to && total + length > n)
			break;
		if (to)
			memcpy(to + total, bytes, length);
		if (!*s) {
			s = NULL;
			break;
		}
		total += length;
	}
	if (to)
		*from = s;
	return total;
}

size_t wcsrtombs(char *restrict to, const wchar_t **restrict from, size_t n, mbstate_t *restrict state)
{
	return wcsnrtombs(to, from, (size_t)-1, n, state);
}

size_t wcstombs(char *restrict to, const wchar_t *restrict from, size_t n)
{
	return wcsrtombs(to, &from, n, NULL);
}

wint_t btowc(int c)
{
	return c >= 0 && c < 128 ? (wint_t)c : WEOF;
}

int wctob(wint_t c)
{
	return c < 128 ? (int)c : EOF;
}
