/* The users of the machine: getpwuid(3), getgrgid(3), getlogin(3). There are root and the one who runs the programs. */
#include "internal.h"
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#define USER_ID 1000

static struct passwd users[2] = {
	{ "root", "x", 0, 0, "root", "/root", "/bin/sh" },
	{ "user", "x", USER_ID, USER_ID, "", "/home/user", "/bin/sh" }
};
static char *no_members[1];
static struct group groups[2] = { { "root", "x", 0, no_members }, { "user", "x", USER_ID, no_members } };

struct passwd *getpwuid(uid_t id)
{
	return id == 0 ? &users[0] : id == USER_ID ? &users[1] : NULL;
}

struct passwd *getpwnam(const char *name)
{
	return strcmp(name, "root") == 0 ? &users[0] : strcmp(name, "user") == 0 ? &users[1] : NULL;
}

struct group *getgrgid(gid_t id)
{
	return id == 0 ? &groups[0] : id == USER_ID ? &groups[1] : NULL;
}

struct group *getgrnam(const char *name)
{
	return strcmp(name, "root") == 0 ? &groups[0] : strcmp(name, "user") == 0 ? &groups[1] : NULL;
}

/* The reentrant ones. What they point to never changes, so the caller's buffer stays unused. */

static int give_user(const struct passwd *from, struct passwd *to, struct passwd **result)
{
	*result = NULL;
	if (from) {
		*to = *from;
		*result = to;
	}
	return 0;
}

static int give_group(const struct group *from, struct group *to, struct group **result)
{
	*result = NULL;
	if (from) {
		*to = *from;
		*result = to;
	}
	return 0;
}

int getpwuid_r(uid_t id, struct passwd *user, char *buffer, size_t size, struct passwd **result)
{
	(void)buffer;
	(void)size;
	return give_user(getpwuid(id), user, result);
}

int getpwnam_r(const char *name, struct passwd *user, char *buffer, size_t size, struct passwd **result)
{
	(void)buffer;
	(void)size;
	return give_user(getpwnam(name), user, result);
}

int getgrgid_r(gid_t id, struct group *group, char *buffer, size_t size, struct group **result)
{
	(void)buffer;
	(void)size;
	return give_group(getgrgid(id), group, result);
}

int getgrnam_r(const char *name, struct group *group, char *buffer, size_t size, struct group **result)
{
	(void)buffer;
	(void)size;
	return give_group(getgrnam(name), group, result);
}

static int next_user, next_group;

struct passwd *getpwent(void)
{
	return next_user < 2 ? &users[next_user++] : NULL;
}

void setpwent(void)
{
	next_user = 0;
}

void endpwent(void)
{
	next_user = 0;
}

struct group *getgrent(void)
{
	return next_group < 2 ? &groups[next_group++] : NULL;
}

int getgrent_r(struct group *group, char *buffer, size_t size, struct group **result)
{
	struct group *next = getgrent();

	(void)buffer;
	(void)size;
	give_group(next, group, result);
	return next ? 0 : ENOENT;
}

void setgrent(void)
{
	next_group = 0;
}

void endgrent(void)
{
	next_group = 0;
}

int getgrouplist(const char *user, gid_t group, gid_t *list, int *count)
{
	int room = *count;

	(void)user;
	*count = 1;
	if (room < 1)
		return -1;
	list[0] = group;
	return 1;
}

char *getlogin(void)
{
	struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : NULL;
}

int getlogin_r(char *name, size_t size)
{
	char *login = getlogin();

	if (!login)
		return ENXIO;
	if (strlen(login) >= size)
		return ERANGE;
	strcpy(name, login);
	return 0;
}
