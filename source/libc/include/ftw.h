#ifndef _FTW_H
#define _FTW_H

#include <sys/types.h>
#include <sys/stat.h>

enum {
	FTW_F,
	FTW_D,
	FTW_DNR,
	FTW_NS,
	FTW_SL,
	FTW_DP,
	FTW_SLN
};
#define FTW_F FTW_F
#define FTW_D FTW_D
#define FTW_DNR FTW_DNR
#define FTW_NS FTW_NS
#define FTW_SL FTW_SL
#define FTW_DP FTW_DP
#define FTW_SLN FTW_SLN

#define FTW_PHYS 1
#define FTW_MOUNT 2
#define FTW_CHDIR 4
#define FTW_DEPTH 8
#define FTW_ACTIONRETVAL 16
#define FTW_CONTINUE 0
#define FTW_STOP 1
#define FTW_SKIP_SUBTREE 2
#define FTW_SKIP_SIBLINGS 3

struct FTW {
	int base;
	int level;
};

extern int ftw(const char *__path, int (*__function)(const char *, const struct stat *, int), int __descriptors);
extern int nftw(const char *__path, int (*__function)(const char *, const struct stat *, int, struct FTW *), int __descriptors, int __flags);

#endif
