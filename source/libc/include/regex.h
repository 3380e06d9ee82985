#ifndef _REGEX_H
#define _REGEX_H

#include <stddef.h>
#include <sys/types.h>

typedef int regoff_t;

typedef struct {
	size_t re_nsub;
	struct __regex *__program;
	int __flags;
} regex_t;

typedef struct {
	regoff_t rm_so;
	regoff_t rm_eo;
} regmatch_t;

#define REG_EXTENDED 1
#define REG_ICASE 2
#define REG_NEWLINE 4
#define REG_NOSUB 8

#define REG_NOTBOL 1
#define REG_NOTEOL 2

#define REG_NOERROR 0
#define REG_NOMATCH 1
#define REG_BADPAT 2
#define REG_ECOLLATE 3
#define REG_ECTYPE 4
#define REG_EESCAPE 5
#define REG_ESUBREG 6
#define REG_EBRACK 7
#define REG_EPAREN 8
#define REG_EBRACE 9
#define REG_BADBR 10
#define REG_ERANGE 11
#define REG_ESPACE 12
#define REG_BADRPT 13

extern int regcomp(regex_t *__restrict __regex, const char *__restrict __pattern, int __flags);
extern int regexec(const regex_t *__restrict __regex, const char *__restrict __text, size_t __count, regmatch_t __matches[__restrict], int __flags);
extern size_t regerror(int __error, const regex_t *__restrict __regex, char *__restrict __buffer, size_t __size);
extern void regfree(regex_t *__regex);

#endif
