#ifndef _STRING_H
#define _STRING_H

#include <features.h>
#include <stddef.h>
#include <strings.h>

extern void *memcpy(void *__restrict __to, const void *__restrict __from, size_t __n);
extern void *memmove(void *__to, const void *__from, size_t __n);
extern void *memccpy(void *__restrict __to, const void *__restrict __from, int __c, size_t __n);
extern void *memset(void *__s, int __c, size_t __n);
extern int memcmp(const void *__a, const void *__b, size_t __n);
extern void *memchr(const void *__s, int __c, size_t __n);
extern char *strcpy(char *__restrict __to, const char *__restrict __from);
extern char *strncpy(char *__restrict __to, const char *__restrict __from, size_t __n);
extern char *stpcpy(char *__restrict __to, const char *__restrict __from);
extern char *stpncpy(char *__restrict __to, const char *__restrict __from, size_t __n);
extern char *strcat(char *__restrict __to, const char *__restrict __from);
extern char *strncat(char *__restrict __to, const char *__restrict __from, size_t __n);
extern int strcmp(const char *__a, const char *__b);
extern int strncmp(const char *__a, const char *__b, size_t __n);
extern int strcoll(const char *__a, const char *__b);
extern size_t strxfrm(char *__restrict __to, const char *__restrict __from, size_t __n);
extern char *strdup(const char *__s);
extern char *strndup(const char *__s, size_t __n);
extern char *strchr(const char *__s, int __c);
extern char *strrchr(const char *__s, int __c);
extern size_t strspn(const char *__s, const char *__accept);
extern size_t strcspn(const char *__s, const char *__reject);
extern char *strpbrk(const char *__s, const char *__accept);
extern char *strstr(const char *__haystack, const char *__needle);
extern char *strtok(char *__restrict __s, const char *__restrict __delimiters);
extern char *strtok_r(char *__restrict __s, const char *__restrict __delimiters, char **__restrict __save);
extern char *strsep(char **__restrict __s, const char *__restrict __delimiters);
extern size_t strlen(const char *__s);
extern size_t strnlen(const char *__s, size_t __max);
extern char *strerror(int __error);
extern char *strsignal(int __signal);
extern void explicit_bzero(void *__s, size_t __n);
#ifdef __USE_GNU
extern char *strerror_r(int __error, char *__buffer, size_t __size);
extern const char *strerrorname_np(int __error);
extern const char *strerrordesc_np(int __error);
extern const char *sigabbrev_np(int __signal);
extern const char *sigdescr_np(int __signal);
extern void *mempcpy(void *__restrict __to, const void *__restrict __from, size_t __n);
extern void *memrchr(const void *__s, int __c, size_t __n);
extern void *rawmemchr(const void *__s, int __c);
extern void *memmem(const void *__haystack, size_t __haystack_length, const void *__needle, size_t __needle_length);
extern void *memfrob(void *__s, size_t __n);
extern char *strchrnul(const char *__s, int __c);
extern char *strcasestr(const char *__haystack, const char *__needle);
extern int strverscmp(const char *__a, const char *__b);
extern char *strfry(char *__s);
#ifndef basename
extern char *basename(const char *__path);
#endif
#else
extern int __xpg_strerror_r(int __error, char *__buffer, size_t __size);
#define strerror_r __xpg_strerror_r
#endif

#endif
