#ifndef _STDIO_EXT_H
#define _STDIO_EXT_H

#include <stdio.h>

extern size_t __fbufsize(FILE *__f);
extern size_t __fpending(FILE *__f);
extern int __flbf(FILE *__f);
extern void __fpurge(FILE *__f);

#endif
