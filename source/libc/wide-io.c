/* Streams of wide characters: fgetwc(3), fputws(3), wprintf(3), wscanf(3). The bytes are those of the locale (multibyte.c).
   A stream is oriented by its first use, fwide(3), and then only for one kind of functions. */
#include "internal.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int fwide(FILE *f, int mode)
{
	if (!(f->flags & __F_WIDE) && (f->buffer || f->flags & __F_BYTES))
		return -1;
	if (mode != 0 && !(f->flags & __F_WIDE))
		f->flags |= mode > 0 ? __F_WIDE : __F_BYTES;
	return f->flags & __F_WIDE ? 1 : f->flags & __F_BYTES ? -1 : 0;
}

wint_t fgetwc_unlocked(FILE *f)
{
	mbstate_t state = { 0, 0, 0 };

	if (fwide(f, 1) < 0)
		return WEOF;
	for (;;) {
		int c = __GETC(f);
		char byte = (char)c;
		wchar_t wc;
		size_t length;

		if (c == EOF) {
			if (state.__count == 0)
				return WEOF;
			errno = EILSEQ;
			break;
		}
		length = mbrtowc(&wc, &byte, 1, &state);
		if (length == (size_t)-1)
			break;
		if (length != (size_t)-2)
			return (wint_t)wc;
	}
	f->flags |= __F_ERROR;
	return WEOF;
}

static int put_bytes(FILE *f, const char *bytes, size_t length)
{
	return __fwrite_unlocked(bytes, length, f) == length ? 0 : -1;
}

wint_t fputwc_unlocked(wchar_t wc, FILE *f)
{
	char bytes[MB_LEN_MAX];
	size_t length;

	if (fwide(f, 1) < 0)
		return WEOF;
	length = wcrtomb(bytes, wc, NULL);
	if (length == (size_t)-1) {
		f->flags |= __F_ERROR;
		return WEOF;
	}
	return put_bytes(f, bytes, length) < 0 ? WEOF : (wint_t)wc;
}

wchar_t *fgetws_unlocked(wchar_t *restrict s, int n, FILE *restrict f)
{
	int i = 0;

	while (i < n - 1) {
		wint_t c = fgetwc_unlocked(f);
		if (c == WEOF) {
			if (i == 0 || f->flags & __F_ERROR)
				return NULL;
			break;
		}
		s[i++] = (wchar_t)c;
		if (c == L'\n')
			break;
	}
	s[i] = 0;
	return s;
}

int fputws_unlocked(const wchar_t *restrict s, FILE *restrict f)
{
	for (; *s; s++) {
		if (fputwc_unlocked(*s, f) == WEOF)
			return -1;
	}
	return fwide(f, 1) < 0 ? -1 : 1;
}

wint_t ungetwc(wint_t c, FILE *f)
{
	char bytes[MB_LEN_MAX];
	size_t length;

	if (c == WEOF || fwide(f, 1) < 0)
		return WEOF;
	length = wcrtomb(bytes, (wchar_t)c, NULL);
	if (length == (size_t)-1)
		return WEOF;
	__LOCK_FILE(f);
	while (length > 0 && __ungetc_unlocked((unsigned char)bytes[length - 1], f) != EOF)
		length--;
	__UNLOCK_FILE(f);
	return length > 0 ? WEOF : c;
}

#define LOCKED(type, f, call) \
	type result; \
	__LOCK_FILE(f); \
	result = call; \
	__UNLOCK_FILE(f); \
	return result

wint_t fgetwc(FILE *f)
{
	LOCKED(wint_t, f, fgetwc_unlocked(f));
}

wint_t getwc(FILE *f)
{
	return fgetwc(f);
}

wint_t getwchar(void)
{
	return fgetwc(stdin);
}

wint_t fputwc(wchar_t wc, FILE *f)
{
	LOCKED(wint_t, f, fputwc_unlocked(wc, f));
}

wint_t putwc(wchar_t wc, FILE *f)
{
	return fputwc(wc, f);
}

wint_t putwchar(wchar_t wc)
{
	return fputwc(wc, stdout);
}

wchar_t *fgetws(wchar_t *restrict s, int n, FILE *restrict f)
{
	LOCKED(wchar_t *, f, fgetws_unlocked(s, n, f));
}

int fputws(const wchar_t *restrict s, FILE *restrict f)
{
	LOCKED(int, f, fputws_unlocked(s, f));
}

/* ---- Formatted: with the format, and strings to read, as bytes ---- */

/* On the heap; NULL with errno if a character has no bytes in this locale. */
static char *as_bytes(const wchar_t *s)
{
	size_t size = wcstombs(NULL, s, 0) + 1;
	char *bytes = size == 0 ? NULL : malloc(size);

	if (bytes)
		wcstombs(bytes, s, size);
	return bytes;
}

static char *print(const wchar_t *format, va_list list)
{
	char *narrow = as_bytes(format), *text;
	int length = narrow ? vasprintf(&text, narrow, list) : -1;

	free(narrow);
	return length < 0 ? NULL : text;
}

int vfwprintf(FILE *restrict f, const wchar_t *restrict format, va_list list)
{
	char *text;
	int result = -1;

	if (fwide(f, 1) < 0)
		return -1;
	text = print(format, list);
	if (!text)
		return -1;
	__LOCK_FILE(f);
	if (put_bytes(f, text, strlen(text)) == 0)
		result = (int)mbstowcs(NULL, text, 0);
	__UNLOCK_FILE(f);
	free(text);
	return result;
}

int vwprintf(const wchar_t *restrict format, va_list list)
{
	return vfwprintf(stdout, format, list);
}

int vswprintf(wchar_t *restrict s, size_t n, const wchar_t *restrict format, va_list list)
{
	char *text = print(format, list);
	size_t length;

	if (!text)
		return -1;
	length = mbstowcs(NULL, text, 0);
	/* As glibc: of a text that is too long the beginning is stored, and no end. */
	if (n > 0)
		mbstowcs(s, text, length < n ? n : n - 1);
	free(text);
	return length < n ? (int)length : -1;
}

int vfwscanf(FILE *restrict f, const wchar_t *restrict format, va_list list)
{
	char *narrow = as_bytes(format);
	int result = narrow && fwide(f, 1) > 0 ? vfscanf(f, narrow, list) : EOF;

	free(narrow);
	return result;
}

int vwscanf(const wchar_t *restrict format, va_list list)
{
	return vfwscanf(stdin, format, list);
}

int vswscanf(const wchar_t *restrict s, const wchar_t *restrict format, va_list list)
{
	char *text = as_bytes(s), *narrow = as_bytes(format);
	int result = text && narrow ? vsscanf(text, narrow, list) : EOF;

	free(text);
	free(narrow);
	return result;
}

#define VARIADIC(call) \
	va_list list; \
	int result; \
	va_start(list, format); \
	result = call; \
	va_end(list); \
	return result

int fwprintf(FILE *restrict f, const wchar_t *restrict format, ...)
{
	VARIADIC(vfwprintf(f, format, list));
}

int wprintf(const wchar_t *restrict format, ...)
{
	VARIADIC(vfwprintf(stdout, format, list));
}

int swprintf(wchar_t *restrict s, size_t n, const wchar_t *restrict format, ...)
{
	VARIADIC(vswprintf(s, n, format, list));
}

int fwscanf(FILE *restrict f, const wchar_t *restrict format, ...)
{
	VARIADIC(vfwscanf(f, format, list));
}

int wscanf(const wchar_t *restrict format, ...)
{
	VARIADIC(vfwscanf(stdin, format, list));
}

int swscanf(const wchar_t *restrict s, const wchar_t *restrict format, ...)
{
	VARIADIC(vswscanf(s, format, list));
}
