#ifndef _GLOB_H
#define _GLOB_H

#include <stddef.h>

#define GLOB_ERR 0x1
#define GLOB_MARK 0x2
#define GLOB_NOSORT 0x4
#define GLOB_DOOFFS 0x8
#define GLOB_NOCHECK 0x10
#define GLOB_APPEND 0x20
#define GLOB_NOESCAPE 0x40
#define GLOB_PERIOD 0x80
#define GLOB_TILDE 0x1000
#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3

typedef struct {
	size_t gl_pathc;
	char **gl_pathv;
	size_t gl_offs;
	int gl_flags;
} glob_t;

extern int glob(const char *__restrict __pattern, int __flags, int (*__error)(const char *__path, int __errno), glob_t *__restrict __result);
extern void globfree(glob_t *__result);

#endif
