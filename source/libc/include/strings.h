#ifndef _STRINGS_H
#define _STRINGS_H

#include <stddef.h>

extern int bcmp(const void *__a, const void *__b, size_t __n);
extern void bcopy(const void *__from, void *__to, size_t __n);
extern void bzero(void *__s, size_t __n);
extern char *index(const char *__s, int __c);
extern char *rindex(const char *__s, int __c);
extern int ffs(int __x);
extern int ffsl(long __x);
extern int ffsll(long long __x);
extern int strcasecmp(const char *__a, const char *__b);
extern int strncasecmp(const char *__a, const char *__b, size_t __n);

#endif
