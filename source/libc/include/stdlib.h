#ifndef _STDLIB_H
#define _STDLIB_H

#include <bits/types.h>
#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
extern size_t __mb_cur_max(void);
#define MB_CUR_MAX (__mb_cur_max())

/* stdlib.h gives the macros of wait(2), too. */
#include <bits/waitstatus.h>
/* and the types of sys/types.h */
#include <sys/types.h>
#include <alloca.h>

typedef struct {
	int quot;
	int rem;
} div_t;

typedef struct {
	long quot;
	long rem;
} ldiv_t;

typedef struct {
	long long quot;
	long long rem;
} lldiv_t;

struct random_data {
	int *fptr, *rptr, *state;
	int rand_type, rand_deg, rand_sep;
	int *end_ptr;
};

typedef int (*__compar_fn_t)(const void *, const void *);
#ifdef __USE_GNU
typedef __compar_fn_t comparison_fn_t;
#endif

extern void *malloc(size_t __size) __attribute__((__malloc__));
extern void *calloc(size_t __count, size_t __size) __attribute__((__malloc__));
extern void *realloc(void *__p, size_t __size);
extern void *reallocarray(void *__p, size_t __count, size_t __size);
extern void free(void *__p);
extern void *aligned_alloc(size_t __alignment, size_t __size);
extern int posix_memalign(void **__p, size_t __alignment, size_t __size);
extern void *valloc(size_t __size);

extern void abort(void) __attribute__((__noreturn__));
extern void exit(int __status) __attribute__((__noreturn__));
extern void _Exit(int __status) __attribute__((__noreturn__));
extern void quick_exit(int __status) __attribute__((__noreturn__));
extern int atexit(void (*__f)(void));
extern int at_quick_exit(void (*__f)(void));
extern int on_exit(void (*__f)(int __status, void *__arg), void *__arg);
extern int system(const char *__command);

extern char *getenv(const char *__name);
extern int setenv(const char *__name, const char *__value, int __replace);
extern int putenv(char *__string);
extern int unsetenv(const char *__name);
extern int clearenv(void);
#ifdef __USE_GNU
extern char *secure_getenv(const char *__name);
#endif

extern int atoi(const char *__s);
extern long atol(const char *__s);
extern long long atoll(const char *__s);
extern double atof(const char *__s);
extern long strtol(const char *__restrict __s, char **__restrict __end, int __base);
extern long long strtoll(const char *__restrict __s, char **__restrict __end, int __base);
extern unsigned long strtoul(const char *__restrict __s, char **__restrict __end, int __base);
extern unsigned long long strtoull(const char *__restrict __s, char **__restrict __end, int __base);
extern double strtod(const char *__restrict __s, char **__restrict __end);
extern float strtof(const char *__restrict __s, char **__restrict __end);
extern long double strtold(const char *__restrict __s, char **__restrict __end);

extern int abs(int __x) __attribute__((__const__));
extern long labs(long __x) __attribute__((__const__));
extern long long llabs(long long __x) __attribute__((__const__));
extern div_t div(int __a, int __b) __attribute__((__const__));
extern ldiv_t ldiv(long __a, long __b) __attribute__((__const__));
extern lldiv_t lldiv(long long __a, long long __b) __attribute__((__const__));

extern int rand(void);
extern void srand(unsigned int __seed);
extern int rand_r(unsigned int *__seed);
extern long random(void);
extern void srandom(unsigned int __seed);
extern char *initstate(unsigned int __seed, char *__state, size_t __size);
extern char *setstate(char *__state);
extern double drand48(void);
extern double erand48(unsigned short __x[3]);
extern long lrand48(void);
extern long nrand48(unsigned short __x[3]);
extern long mrand48(void);
extern long jrand48(unsigned short __x[3]);
extern void srand48(long __seed);
extern unsigned short *seed48(unsigned short __x[3]);
extern void lcong48(unsigned short __p[7]);
extern unsigned int arc4random(void);
extern unsigned int arc4random_uniform(unsigned int __bound);
extern void arc4random_buf(void *__buffer, size_t __size);

extern void qsort(void *__base, size_t __count, size_t __size, __compar_fn_t __compare);
extern void *bsearch(const void *__key, const void *__base, size_t __count, size_t __size, __compar_fn_t __compare);
#ifdef __USE_GNU
extern void qsort_r(void *__base, size_t __count, size_t __size, int (*__compare)(const void *, const void *, void *), void *__arg);
#endif

extern int mblen(const char *__s, size_t __n);
extern int mbtowc(wchar_t *__restrict __wc, const char *__restrict __s, size_t __n);
extern int wctomb(char *__s, wchar_t __wc);
extern size_t mbstowcs(wchar_t *__restrict __to, const char *__restrict __from, size_t __n);
extern size_t wcstombs(char *__restrict __to, const wchar_t *__restrict __from, size_t __n);

extern char *mktemp(char *__template);
extern int mkstemp(char *__template);
extern int mkstemps(char *__template, int __suffix_length);
#ifdef __USE_GNU
extern int mkostemp(char *__template, int __flags);
extern char *canonicalize_file_name(const char *__path);
#endif
#if defined _XOPEN_SOURCE || defined __USE_GNU
extern int posix_openpt(int __flags);
extern int grantpt(int __fd);
extern int unlockpt(int __fd);
extern char *ptsname(int __fd);
#endif
#ifdef __USE_GNU
extern int ptsname_r(int __fd, char *__buffer, size_t __size);
extern int getpt(void);
#endif
extern char *mkdtemp(char *__template);
extern char *realpath(const char *__restrict __path, char *__restrict __resolved);
extern int getsubopt(char **__restrict __option, char *const *__restrict __tokens, char **__restrict __value);
extern int getloadavg(double __averages[], int __count);

#endif
