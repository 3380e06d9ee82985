/* Patterns of file names and of `case`: * ? [...] and \, and the paths that match one; glob(7). */
#include "sh.h"
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <sys/stat.h>

static int in_class(const char *name, size_t length, int c)
{
	static const struct {
		const char *name;
		int (*is_member)(int);
	} classes[] = {
		{"alpha", isalpha}, {"digit", isdigit}, {"alnum", isalnum}, {"upper", isupper}, {"lower", islower},
		{"space", isspace}, {"punct", ispunct}, {"blank", isblank}, {"xdigit", isxdigit},
	};
	size_t i;

	for (i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0)
			return classes[i].is_member(c) != 0;
	}
	return 0;
}

/* Behind the bracket expression at `pattern`; NULL if it is none. */
static const char *match_brackets(const char *pattern, int c, int *found)
{
	int is_inverted = pattern[1] == '!' || pattern[1] == '^', is_first = 1;

	*found = 0;
	pattern += is_inverted ? 2 : 1;
	for (; *pattern && (*pattern != ']' || is_first); is_first = 0) {
		int low, high;
		const char *close = pattern[0] == '[' && pattern[1] == ':' ? strstr(pattern + 2, ":]") : NULL;
		if (close) {
			*found |= in_class(pattern + 2, (size_t)(close - pattern) - 2, c);
			pattern = close + 2;
			continue;
		}
		pattern += *pattern == '\\' && pattern[1];
		low = high = (unsigned char)*pattern++;
		if (pattern[0] == '-' && pattern[1] && pattern[1] != ']') {
			pattern += pattern[1] == '\\' && pattern[2] ? 2 : 1;
			high = (unsigned char)*pattern++;
		}
		*found |= low <= c && c <= high;
	}
	*found ^= is_inverted;
	return *pattern ? pattern + 1 : NULL;
}

int matches_pattern(const char *pattern, const char *text, size_t length)
{
	for (; *pattern; text++, length--) {
		int c = length > 0 ? (unsigned char)*text : -1, found;
		const char *rest;
		if (*pattern == '*') {
			while (*pattern == '*')
				pattern++;
			for (;; text++, length--) {
				if (matches_pattern(pattern, text, length))
					return 1;
				if (length == 0)
					return 0;
			}
		}
		if (c < 0)
			return 0;
		if (*pattern == '[' && (rest = match_brackets(pattern, c, &found)) != NULL) {
			if (!found)
				return 0;
			pattern = rest;
			continue;
		}
		if (*pattern == '?') {
			pattern++;
			continue;
		}
		pattern += *pattern == '\\' && pattern[1];
		if ((unsigned char)*pattern++ != c)
			return 0;
	}
	return length == 0;
}

int has_wildcards(const char *pattern)
{
	for (; *pattern; pattern++) {
		if (*pattern == '\\' && pattern[1])
			pattern++;
		else if (*pattern == '*' || *pattern == '?' || (*pattern == '[' && strchr(pattern + 1, ']')))
			return 1;
	}
	return 0;
}

static void remove_backslashes(char *text)
{
	char *out = text;

	for (; *text; text++) {
		text += *text == '\\' && text[1];
		*out++ = *text;
	}
	*out = 0;
}

struct paths {
	char **list;
	size_t count, capacity;
};

static void add_path(struct paths *paths, const char *path)
{
	if (paths->count == paths->capacity) {
		paths->capacity = paths->capacity * 2 + 16;
		paths->list = realloc(paths->list, paths->capacity * sizeof *paths->list);
	}
	paths->list[paths->count++] = arena_copy(path, strlen(path));
}

/* `prefix` is a path that exists, with its slash; `pattern` what follows. */
static void find_paths(struct paths *paths, const char *prefix, const char *pattern)
{
	const char *slash = strchr(pattern, '/'), *rest = slash;
	char part[NAME_MAX * 2 + 1], path[PATH_MAX];
	size_t length = slash ? (size_t)(slash - pattern) : strlen(pattern);
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	while (rest && *rest == '/')
		rest++;
	if (length >= sizeof part || strlen(prefix) + length + 2 > sizeof path)
		return;
	memcpy(part, pattern, length);
	part[length] = 0;
	if (!has_wildcards(part)) {
		remove_backslashes(part);
		strcpy(path, prefix);
		strcat(path, part);
		if (!rest) {
			if (lstat(path, &st) == 0)
				add_path(paths, path);
			return;
		}
		strcat(path, "/");
		if (stat(path, &st) == 0) {
			if (*rest)
				find_paths(paths, path, rest);
			else
				add_path(paths, path);
		}
		return;
	}
	dir = opendir(*prefix ? prefix : ".");
	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL) {
		if ((entry->d_name[0] == '.' && part[0] != '.') || strlen(prefix) + strlen(entry->d_name) + 2 > sizeof path)
			continue;
		if (!matches_pattern(part, entry->d_name, strlen(entry->d_name)))
			continue;
		strcpy(path, prefix);
		strcat(path, entry->d_name);
		if (!rest) {
			add_path(paths, path);
			continue;
		}
		strcat(path, "/");
		if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode))
			continue;
		if (*rest)
			find_paths(paths, path, rest);
		else
			add_path(paths, path);
	}
	closedir(dir);
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct word **add_paths(const char *pattern, struct word **tail)
{
	struct paths paths = {NULL, 0, 0};
	size_t i;

	if (*pattern == '/') {
		while (*pattern == '/')
			pattern++;
		find_paths(&paths, "/", pattern);
	} else {
		find_paths(&paths, "", pattern);
	}
	if (paths.count > 1)
		qsort(paths.list, paths.count, sizeof *paths.list, compare_paths);
	for (i = 0; i < paths.count; i++) {
		*tail = arena_allocate(sizeof **tail);
		(*tail)->text = paths.list[i];
		tail = &(*tail)->next;
	}
	free(paths.list);
	return tail;
}
