#ifndef _WCHAR_H
#define _WCHAR_H

#include <stddef.h>
#include <stdio.h>

typedef unsigned int wint_t;
typedef struct {
	int __count;
	unsigned int __value;
} mbstate_t;
#define WEOF (0xffffffffu)
#ifndef WCHAR_MIN
#define WCHAR_MIN (-2147483647 - 1)
#define WCHAR_MAX 2147483647
#endif

extern size_t wcslen(const wchar_t *__s);
extern wchar_t *wcscpy(wchar_t *__restrict __to, const wchar_t *__restrict __from);
extern wchar_t *wcsncpy(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern wchar_t *wcscat(wchar_t *__restrict __to, const wchar_t *__restrict __from);
extern int wcscmp(const wchar_t *__a, const wchar_t *__b);
extern int wcsncmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern wchar_t *wcschr(const wchar_t *__s, wchar_t __c);
extern wchar_t *wcsrchr(const wchar_t *__s, wchar_t __c);
extern wchar_t *wmemcpy(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern wchar_t *wmemset(wchar_t *__s, wchar_t __c, size_t __n);
extern wint_t btowc(int __c);
extern int wctob(wint_t __c);
extern size_t mbrtowc(wchar_t *__restrict __wc, const char *__restrict __s, size_t __n, mbstate_t *__restrict __state);
extern size_t wcrtomb(char *__restrict __s, wchar_t __wc, mbstate_t *__restrict __state);

#endif
