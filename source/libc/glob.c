/* File names that match a pattern: glob(3). */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
	glob_t *result;
	int flags;
	int (*error)(const char *, int);
};

static int add(struct search *s, const char *path)
{
	glob_t *g = s->result;
	char **paths = realloc(g->gl_pathv, (g->gl_offs + g->gl_pathc + 2) * sizeof *paths);
	struct stat st;
	size_t length = strlen(path);

	if (!paths)
		return GLOB_NOSPACE;
	g->gl_pathv = paths;
	paths += g->gl_offs + g->gl_pathc;
	if (!(*paths = malloc(length + 2)))
		return GLOB_NOSPACE;
	strcpy(*paths, path);
	if (s->flags & GLOB_MARK && length > 0 && path[length - 1] != '/' && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		strcpy(*paths + length, "/");
	paths[1] = NULL;
	g->gl_pathc++;
	return 0;
}

static int is_pattern(const char *part, size_t length, int flags)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (part[i] == '\\' && !(flags & GLOB_NOESCAPE))
			i++;
		else if (strchr("*?[", part[i]))
			return 1;
	}
	return 0;
}

static void copy_literal(char *to, const char *from, size_t length, int flags)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (from[i] == '\\' && !(flags & GLOB_NOESCAPE) && i + 1 < length)
			i++;
		*to++ = from[i];
	}
	*to = 0;
}

/* Goes on with `rest` of the pattern below `path`, whose first `length` bytes are there. */
static int descend(struct search *s, char *path, size_t length, const char *rest)
{
	const char *slash;
	size_t part;
	DIR *directory;
	struct dirent *entry;
	char name[NAME_MAX + 1];
	int result = 0;

	while (*rest == '/' && length < PATH_MAX - 1)
		path[length++] = *rest++;
	path[length] = 0;
	if (!*rest) {
		struct stat st;
		return lstat(path, &st) == 0 ? add(s, path) : 0;
	}
	slash = strchr(rest, '/');
	part = slash ? (size_t)(slash - rest) : strlen(rest);
	if (part > NAME_MAX)
		return 0;
	if (!is_pattern(rest, part, s->flags)) {
		struct stat st;
		copy_literal(name, rest, part, s->flags);
		if (length + strlen(name) >= PATH_MAX)
			return 0;
		strcpy(path + length, name);
		return lstat(path, &st) == 0 ? descend(s, path, length + strlen(name), rest + part) : 0;
	}
	memcpy(name, rest, part);
	name[part] = 0;
	directory = opendir(length ? path : ".");
	if (!directory) {
		if (errno == ENOTDIR || errno == ENOENT)
			return 0;
		return (s->error && s->error(path, errno)) || s->flags & GLOB_ERR ? GLOB_ABORTED : 0;
	}
	while (result == 0 && (entry = readdir(directory))) {
		int flags = (s->flags & GLOB_PERIOD ? 0 : FNM_PERIOD) | (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
		if (fnmatch(name, entry->d_name, flags) != 0 || length + strlen(entry->d_name) >= PATH_MAX)
			continue;
		strcpy(path + length, entry->d_name);
		result = descend(s, path, length + strlen(entry->d_name), rest + part);
	}
	closedir(directory);
	return result;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int glob(const char *restrict pattern, int flags, int (*error)(const char *path, int number), glob_t *restrict result)
{
	struct search s = { result, flags, error };
	char path[PATH_MAX], home[PATH_MAX];
	size_t before, i;
	int problem;

	if (!(flags & GLOB_APPEND)) {
		result->gl_pathc = 0;
		result->gl_pathv = NULL;
		if (!(flags & GLOB_DOOFFS))
			result->gl_offs = 0;
	}
	before = result->gl_pathc;
	if (flags & GLOB_TILDE && pattern[0] == '~' && (pattern[1] == '/' || !pattern[1]) && getenv("HOME")) {
		snprintf(home, sizeof home, "%s%s", getenv("HOME"), pattern + 1);
		pattern = home;
	}
	problem = descend(&s, path, 0, pattern);
	if (problem == 0 && result->gl_pathc == before) {
		if (!(flags & GLOB_NOCHECK))
			return GLOB_NOMATCH;
		problem = add(&s, pattern);
	}
	for (i = 0; result->gl_pathv && i < result->gl_offs; i++)
		result->gl_pathv[i] = NULL;
	if (!(flags & GLOB_NOSORT) && result->gl_pathv)
		qsort(result->gl_pathv + result->gl_offs + before, result->gl_pathc - before, sizeof(char *), compare);
	return problem;
}

void globfree(glob_t *result)
{
	size_t i;

	for (i = 0; i < result->gl_pathc; i++)
		free(result->gl_pathv[result->gl_offs + i]);
	free(result->gl_pathv);
	result->gl_pathv = NULL;
	result->gl_pathc = 0;
}
