#ifndef _GRP_H
#define _GRP_H

#include <bits/types.h>
#include <stddef.h>

struct group {
	char *gr_name;
	char *gr_passwd;
	gid_t gr_gid;
	char **gr_mem;
};

extern struct group *getgrgid(gid_t __id);
extern struct group *getgrnam(const char *__name);
extern int getgrgid_r(gid_t __id, struct group *__group, char *__buffer, size_t __size, struct group **__result);
extern int getgrnam_r(const char *__name, struct group *__group, char *__buffer, size_t __size, struct group **__result);
extern struct group *getgrent(void);
extern void setgrent(void);
extern void endgrent(void);
#ifdef __USE_GNU
extern int getgrouplist(const char *__user, gid_t __group, gid_t *__groups, int *__count);
extern int getgrent_r(struct group *__group, char *__buffer, size_t __size, struct group **__result);
#endif

#endif
