#ifndef _PWD_H
#define _PWD_H

#include <bits/types.h>
#include <stddef.h>

struct passwd {
	char *pw_name;
	char *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_gecos;
	char *pw_dir;
	char *pw_shell;
};

extern struct passwd *getpwuid(uid_t __id);
extern struct passwd *getpwnam(const char *__name);
extern int getpwuid_r(uid_t __id, struct passwd *__user, char *__buffer, size_t __size, struct passwd **__result);
extern int getpwnam_r(const char *__name, struct passwd *__user, char *__buffer, size_t __size, struct passwd **__result);
extern struct passwd *getpwent(void);
extern void setpwent(void);
extern void endpwent(void);

#endif
