/* Names that nobody else has: mkstemp(3), mkdtemp(3), tmpnam(3). */
#include "internal.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* Fills the six X; returns null if they are not there. */
static char *fill_name(char *template, int suffix_length)
{
	size_t length = strlen(template);
	char *x = template + length - 6 - suffix_length;
	unsigned char random[6];
	int i;

	getrandom(random, sizeof random, 0);
	for (i = 0; i < 6; i++)
		x[i] = letters[random[i] % 62];
	return template;
}

static int is_template(const char *template, int suffix_length)
{
	size_t length = strlen(template);

	if (suffix_length >= 0 && length >= 6 + (size_t)suffix_length && memcmp(template + length - 6 - suffix_length, "XXXXXX", 6) == 0)
		return 1;
	errno = EINVAL;
	return 0;
}

static int make_file(char *template, int suffix_length, int flags)
{
	int tries, fd;

	if (!is_template(template, suffix_length))
		return -1;
	for (tries = 0; tries < 100; tries++) {
		fill_name(template, suffix_length);
		fd = open(template, O_RDWR | O_CREAT | O_EXCL | (flags & ~O_ACCMODE), 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

int mkstemp(char *template)
{
	return make_file(template, 0, 0);
}

int mkstemps(char *template, int suffix_length)
{
	return make_file(template, suffix_length, 0);
}

int mkostemp(char *template, int flags)
{
	return make_file(template, 0, flags);
}

char *mkdtemp(char *template)
{
	int tries;

	if (!is_template(template, 0))
		return NULL;
	for (tries = 0; tries < 100; tries++) {
		fill_name(template, 0);
		if (mkdir(template, 0700) == 0)
			return template;
		if (errno != EEXIST)
			break;
	}
	return NULL;
}

char *mktemp(char *template)
{
	int tries;

	if (is_template(template, 0)) {
		for (tries = 0; tries < 100; tries++) {
			fill_name(template, 0);
			if (access(template, F_OK) < 0 && errno == ENOENT)
				return template;
		}
	}
	*template = 0;
	return template;
}

char *tmpnam(char *s)
{
	static char name[L_tmpnam];

	if (!s)
		s = name;
	strcpy(s, "/tmp/fileXXXXXX");
	return *mktemp(s) ? s : NULL;
}

char *tempnam(const char *dir, const char *prefix)
{
	char *name;

	if (!dir || access(dir, W_OK) < 0)
		dir = P_tmpdir;
	if (asprintf(&name, "%s/%.5sXXXXXX", dir, prefix ? prefix : "file") < 0)
		return NULL;
	return mktemp(name);
}
