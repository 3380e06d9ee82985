/* A minimal wchar.h for the C locale, where a wide character is a byte. */
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>
#include <ctype.h>
#include <errno.h>
#include <string.h>

size_t wcslen(const wchar_t *s)
{
	const wchar_t *p = s;

	while (*p)
		p++;
	return (size_t)(p - s);
}

wchar_t *wmemcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	return memcpy(to, from, n * sizeof(wchar_t));
}

wchar_t *wmemset(wchar_t *s, wchar_t c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		s[i] = c;
	return s;
}

wchar_t *wcscpy(wchar_t *restrict to, const wchar_t *restrict from)
{
	return wmemcpy(to, from, wcslen(from) + 1);
}

wchar_t *wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
	size_t i;

	for (i = 0; i < n && from[i]; i++)
		to[i] = from[i];
	for (; i < n; i++)
		to[i] = 0;
	return to;
}

wchar_t *wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
	wcscpy(to + wcslen(to), from);
	return to;
}

int wcsncmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b)
			return *a < *b ? -1 : 1;
		if (!*a)
			break;
	}
	return 0;
}

int wcscmp(const wchar_t *a, const wchar_t *b)
{
	return wcsncmp(a, b, (size_t)-1);
}

wchar_t *wcschr(const wchar_t *s, wchar_t c)
{
	for (; *s != c; s++) {
		if (!*s)
			return NULL;
	}
	return (wchar_t *)s;
}

wchar_t *wcsrchr(const wchar_t *s, wchar_t c)
{
	const wchar_t *p = s + wcslen(s);

	for (; *p != c; p--) {
		if (p == s)
			return NULL;
	}
	return (wchar_t *)p;
}

wint_t btowc(int c)
{
	return c >= 0 && c < 128 ? (wint_t)c : WEOF;
}

int wctob(wint_t c)
{
	return c < 128 ? (int)c : EOF;
}

int mbtowc(wchar_t *restrict wc, const char *restrict s, size_t n)
{
	if (!s)
		return 0;
	if (n == 0)
		return -1;
	if (wc)
		*wc = (unsigned char)*s;
	return *s != 0;
}

int mblen(const char *s, size_t n)
{
	return mbtowc(NULL, s, n);
}

int wctomb(char *s, wchar_t wc)
{
	if (!s)
		return 0;
	if ((unsigned)wc > 255)
		return -1;
	*s = (char)wc;
	return 1;
}

size_t mbrtowc(wchar_t *restrict wc, const char *restrict s, size_t n, mbstate_t *restrict state)
{
	(void)state;
	if (!s)
		return 0;
	return n == 0 ? (size_t)-2 : (size_t)mbtowc(wc, s, n);
}

size_t wcrtomb(char *restrict s, wchar_t wc, mbstate_t *restrict state)
{
	(void)state;
	if (!s)
		return 1;
	if ((unsigned)wc > 255) {
		errno = EILSEQ;
		return (size_t)-1;
	}
	*s = (char)wc;
	return 1;
}

size_t mbstowcs(wchar_t *restrict to, const char *restrict from, size_t n)
{
	size_t i;

	if (!to)
		return strlen(from);
	for (i = 0; i < n; i++) {
		to[i] = (unsigned char)from[i];
		if (!from[i])
			break;
	}
	return i;
}

size_t wcstombs(char *restrict to, const wchar_t *restrict from, size_t n)
{
	size_t i;

	if (!to)
		return wcslen(from);
	for (i = 0; i < n; i++) {
		if ((unsigned)from[i] > 255)
			return (size_t)-1;
		to[i] = (char)from[i];
		if (!from[i])
			break;
	}
	return i;
}

int iswalnum(wint_t c)
{
	return c < 128 && isalnum((int)c);
}

int iswalpha(wint_t c)
{
	return c < 128 && isalpha((int)c);
}

int iswdigit(wint_t c)
{
	return c < 128 && isdigit((int)c);
}

int iswlower(wint_t c)
{
	return c < 128 && islower((int)c);
}

int iswupper(wint_t c)
{
	return c < 128 && isupper((int)c);
}

int iswspace(wint_t c)
{
	return c < 128 && isspace((int)c);
}

int iswpunct(wint_t c)
{
	return c < 128 && ispunct((int)c);
}

int iswprint(wint_t c)
{
	return c < 128 && isprint((int)c);
}

wint_t towlower(wint_t c)
{
	return c < 128 ? (wint_t)tolower((int)c) : c;
}

wint_t towupper(wint_t c)
{
	return c < 128 ? (wint_t)toupper((int)c) : c;
}
