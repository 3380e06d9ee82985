#ifndef _WCHAR_H
#define _WCHAR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

typedef unsigned int wint_t;
typedef struct {
	int __count;
	unsigned int __value;
	unsigned int __least;
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
extern size_t wcsnlen(const wchar_t *__s, size_t __n);
extern wchar_t *wcsdup(const wchar_t *__s);
extern wchar_t *wcpcpy(wchar_t *__restrict __to, const wchar_t *__restrict __from);
extern wchar_t *wcpncpy(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern wchar_t *wcsncat(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern wchar_t *wcschrnul(const wchar_t *__s, wchar_t __c);
extern size_t wcscspn(const wchar_t *__s, const wchar_t *__reject);
extern size_t wcsspn(const wchar_t *__s, const wchar_t *__accept);
extern wchar_t *wcspbrk(const wchar_t *__s, const wchar_t *__accept);
extern wchar_t *wcsstr(const wchar_t *__s, const wchar_t *__part);
extern wchar_t *wcstok(wchar_t *__restrict __s, const wchar_t *__restrict __delimiters, wchar_t **__restrict __rest);
extern int wcscasecmp(const wchar_t *__a, const wchar_t *__b);
extern int wcsncasecmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern int wcscoll(const wchar_t *__a, const wchar_t *__b);
extern size_t wcsxfrm(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern wchar_t *wmemchr(const wchar_t *__s, wchar_t __c, size_t __n);
extern int wmemcmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern wchar_t *wmemmove(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wmempcpy(wchar_t *__restrict __to, const wchar_t *__restrict __from, size_t __n);
extern int wcwidth(wchar_t __c);
extern int wcswidth(const wchar_t *__s, size_t __n);

extern long wcstol(const wchar_t *__restrict __s, wchar_t **__restrict __end, int __base);
extern unsigned long wcstoul(const wchar_t *__restrict __s, wchar_t **__restrict __end, int __base);
extern long long wcstoll(const wchar_t *__restrict __s, wchar_t **__restrict __end, int __base);
extern unsigned long long wcstoull(const wchar_t *__restrict __s, wchar_t **__restrict __end, int __base);
extern double wcstod(const wchar_t *__restrict __s, wchar_t **__restrict __end);
extern float wcstof(const wchar_t *__restrict __s, wchar_t **__restrict __end);
extern long double wcstold(const wchar_t *__restrict __s, wchar_t **__restrict __end);
struct tm;
extern size_t wcsftime(wchar_t *__restrict __to, size_t __n, const wchar_t *__restrict __format, const struct tm *__restrict __t);

extern wint_t btowc(int __c);
extern int wctob(wint_t __c);
extern size_t mbrtowc(wchar_t *__restrict __wc, const char *__restrict __s, size_t __n, mbstate_t *__restrict __state);
extern size_t wcrtomb(char *__restrict __s, wchar_t __wc, mbstate_t *__restrict __state);
extern int mbsinit(const mbstate_t *__state);
extern size_t mbrlen(const char *__restrict __s, size_t __n, mbstate_t *__restrict __state);
extern size_t mbsrtowcs(wchar_t *__restrict __to, const char **__restrict __from, size_t __n, mbstate_t *__restrict __state);
extern size_t mbsnrtowcs(wchar_t *__restrict __to, const char **__restrict __from, size_t __bytes, size_t __n, mbstate_t *__restrict __state);
extern size_t wcsrtombs(char *__restrict __to, const wchar_t **__restrict __from, size_t __n, mbstate_t *__restrict __state);
extern size_t wcsnrtombs(char *__restrict __to, const wchar_t **__restrict __from, size_t __count, size_t __n, mbstate_t *__restrict __state);

extern int fwide(FILE *__f, int __mode);
extern wint_t fgetwc(FILE *__f);
extern wint_t fgetwc_unlocked(FILE *__f);
extern wint_t getwc(FILE *__f);
extern wint_t getwchar(void);
extern wint_t fputwc(wchar_t __wc, FILE *__f);
extern wint_t fputwc_unlocked(wchar_t __wc, FILE *__f);
extern wint_t putwc(wchar_t __wc, FILE *__f);
extern wint_t putwchar(wchar_t __wc);
extern wint_t ungetwc(wint_t __c, FILE *__f);
extern wchar_t *fgetws(wchar_t *__restrict __s, int __n, FILE *__restrict __f);
extern wchar_t *fgetws_unlocked(wchar_t *__restrict __s, int __n, FILE *__restrict __f);
extern int fputws(const wchar_t *__restrict __s, FILE *__restrict __f);
extern int fputws_unlocked(const wchar_t *__restrict __s, FILE *__restrict __f);
extern int wprintf(const wchar_t *__restrict __format, ...);
extern int fwprintf(FILE *__restrict __f, const wchar_t *__restrict __format, ...);
extern int swprintf(wchar_t *__restrict __s, size_t __n, const wchar_t *__restrict __format, ...);
extern int vwprintf(const wchar_t *__restrict __format, va_list __args);
extern int vfwprintf(FILE *__restrict __f, const wchar_t *__restrict __format, va_list __args);
extern int vswprintf(wchar_t *__restrict __s, size_t __n, const wchar_t *__restrict __format, va_list __args);
extern int wscanf(const wchar_t *__restrict __format, ...);
extern int fwscanf(FILE *__restrict __f, const wchar_t *__restrict __format, ...);
extern int swscanf(const wchar_t *__restrict __s, const wchar_t *__restrict __format, ...);
extern int vwscanf(const wchar_t *__restrict __format, va_list __args);
extern int vfwscanf(FILE *__restrict __f, const wchar_t *__restrict __format, va_list __args);
extern int vswscanf(const wchar_t *__restrict __s, const wchar_t *__restrict __format, va_list __args);

#endif
