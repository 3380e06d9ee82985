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
