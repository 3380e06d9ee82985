/* Strings of wide characters beyond the basic ones (wchar.c): searching, comparing without case, numbers and times in them. */
#include "internal.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include <wctype.h>

size_t wcsnlen(const wchar_t *s, size_t n)
{
	size_t length = 0;

	while (length < n && s[length])
		length++;
	return length;
}

wchar_t *wcsdup(const wchar_t *s)
{
	size_t size = wcslen(s) + 1;
	wchar_t *copy = malloc(size * sizeof *copy);

	return copy ? wmemcpy(copy, s, size) : NULL;
}

wchar_t *wcpcpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	return wcscpy(to, from) + wcslen(from);
}

wchar_t *wcpncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	return wcsncpy(to, from, n) + wcsnlen(from, n);
}

wchar_t *wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	size_t length = wcsnlen(from, n);
	wchar_t *end = to + wcslen(to);

	wmemcpy(end, from, length);
	end[length] = 0;
	return to;
}

wchar_t *wcschrnul(const wchar_t *s, wchar_t c)
{
	while (*s && *s != c)
		s++;
	return (wchar_t *)s;
}

size_t wcscspn(const wchar_t *s, const wchar_t *reject)
{
	size_t n = 0;

	while (s[n] && !wcschr(reject, s[n]))
		n++;
	return n;
}

size_t wcsspn(const wchar_t *s, const wchar_t *accept)
{
	size_t n = 0;

	while (s[n] && wcschr(accept, s[n]))
		n++;
	return n;
}

wchar_t *wcspbrk(const wchar_t *s, const wchar_t *accept)
{
	s += wcscspn(s, accept);
	return *s ? (wchar_t *)s : NULL;
}

wchar_t *wcsstr(const wchar_t *s, const wchar_t *part)
{
	size_t length = wcslen(part);

	for (;; s++) {
		if (wcsncmp(s, part, length) == 0)
			return (wchar_t *)s;
		if (!*s)
			return NULL;
	}
}

wchar_t *wcstok(wchar_t *restrict s, const wchar_t *restrict delimiters, wchar_t **restrict rest)
{
	if (!s)
		s = *rest;
	if (s)
		s += wcsspn(s, delimiters);
	if (!s || !*s) {
		*rest = NULL;
		return NULL;
	}
	*rest = wcspbrk(s, delimiters);
	if (*rest)
		*(*rest)++ = 0;
	return s;
}

int wcsncasecmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		wint_t x = towlower((wint_t)*a), y = towlower((wint_t)*b);
		if (x != y)
			return x < y ? -1 : 1;
		if (!x)
			break;
	}
	return 0;
}

int wcscasecmp(const wchar_t *a, const wchar_t *b)
{
	return wcsncasecmp(a, b, (size_t)-1);
}

int wcscoll(const wchar_t *a, const wchar_t *b)
{
	return wcscmp(a, b);
}

size_t wcsxfrm(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	size_t length = wcslen(from);

	if (length < n)
		wcscpy(to, from);
	return length;
}

wchar_t *wmemchr(const wchar_t *s, wchar_t c, size_t n)
{
	for (; n > 0; n--, s++) {
		if (*s == c)
			return (wchar_t *)s;
	}
	return NULL;
}

int wmemcmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b)
			return *a < *b ? -1 : 1;
	}
	return 0;
}

wchar_t *wmemmove(wchar_t *to, const wchar_t *from, size_t n)
{
	return memmove(to, from, n * sizeof *to);
}

wchar_t *wmempcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	return wmemcpy(to, from, n) + n;
}

/* ---- Numbers: what of the string is ASCII, as a string of bytes. Too many characters for one, or no memory: NULL ---- */

static char *ascii_part(const wchar_t *s)
{
	size_t blanks = 0, length = 0, i;
	char *text;

	while (iswspace((wint_t)s[blanks]))
		blanks++;
	while (s[blanks + length] > 0 && s[blanks + length] < 128)
		length++;
	text = malloc(blanks + length + 1);
	if (!text)
		return NULL;
	memset(text, ' ', blanks);
	for (i = blanks; i < blanks + length; i++)
		text[i] = (char)s[i];
	text[blanks + length] = 0;
	return text;
}

#define CONVERT(type, call) \
	char *text = ascii_part(s), *stop = text; \
	type value = 0; \
	if (text) \
		value = call; \
	if (end) \
		*end = (wchar_t *)s + (stop - text); \
	free(text); \
	return value

long wcstol(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
	CONVERT(long, strtol(text, &stop, base));
}

unsigned long wcstoul(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
	CONVERT(unsigned long, strtoul(text, &stop, base));
}

long long wcstoll(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
	return wcstol(s, end, base);
}

unsigned long long wcstoull(const wchar_t *restrict s, wchar_t **restrict end, int base)
{
	return wcstoul(s, end, base);
}

double wcstod(const wchar_t *restrict s, wchar_t **restrict end)
{
	CONVERT(double, strtod(text, &stop));
}

float wcstof(const wchar_t *restrict s, wchar_t **restrict end)
{
	CONVERT(float, strtof(text, &stop));
}

long double wcstold(const wchar_t *restrict s, wchar_t **restrict end)
{
	CONVERT(long double, strtold(text, &stop));
}

size_t wcsftime(wchar_t *restrict to, size_t n, const wchar_t *restrict format, const struct tm *restrict t)
{
	size_t size = wcstombs(NULL, format, 0) + 1, room = 6 * n + 1, length = 0;
	char *narrow, *text;

	if (size == 0)
		return 0;
	narrow = malloc(size);
	text = malloc(room);
	if (narrow && text) {
		wcstombs(narrow, format, size);
		if (strftime(text, room, narrow, t) > 0)
			length = mbstowcs(to, text, n);
	}
	free(narrow);
	free(text);
	return length < n ? length : 0;
}
