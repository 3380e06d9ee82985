/* Walking a tree of files: ftw(3), nftw(3). */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct walk {
	int (*function)(const char *, const struct stat *, int);
	int (*long_function)(const char *, const struct stat *, int, struct FTW *);
	int flags;
	ino_t *seen; /* Directories visited, where symbolic links are followed. */
	size_t seen_count;
	char path[PATH_MAX];
};

static int call(struct walk *w, const struct stat *st, int type, struct FTW *where)
{
	if (w->long_function)
		return w->long_function(w->path, st, type, where);
	/* ftw knows fewer types. */
	return w->function(w->path, st, type == FTW_SLN ? FTW_NS : type == FTW_DP ? FTW_D : type);
}

static int type_of(struct walk *w, struct stat *st)
{
	int is_physical = w->flags & FTW_PHYS;

	memset(st, 0, sizeof *st);
	if ((is_physical ? lstat(w->path, st) : stat(w->path, st)) < 0) {
		if (errno == ENOENT && !is_physical && lstat(w->path, st) == 0 && S_ISLNK(st->st_mode))
			return FTW_SLN;
		return FTW_NS;
	}
	if (S_ISDIR(st->st_mode))
		return FTW_D;
	return S_ISLNK(st->st_mode) ? FTW_SL : FTW_F;
}

static int visit(struct walk *w, int level, int base);

static int visit_entries(struct walk *w, DIR *directory, int level)
{
	size_t length = strlen(w->path);
	struct dirent *entry;
	int result = 0;

	while (result == 0 && (entry = readdir(directory))) {
		const char *slash = w->path[length - 1] == '/' ? "" : "/";
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (length + strlen(entry->d_name) + 2 > sizeof w->path) {
			errno = ENAMETOOLONG;
			result = -1;
			break;
		}
		strcat(strcpy(w->path + length, slash), entry->d_name);
		result = visit(w, level + 1, (int)(length + strlen(slash)));
		w->path[length] = 0;
		if (w->flags & FTW_ACTIONRETVAL && result == FTW_SKIP_SUBTREE)
			result = 0;
	}
	return w->flags & FTW_ACTIONRETVAL && result == FTW_SKIP_SIBLINGS ? 0 : result;
}

/* Whether a directory was visited before; if not, it is now. */
static int was_seen(struct walk *w, ino_t number)
{
	ino_t *more;
	size_t i;

	for (i = 0; i < w->seen_count; i++) {
		if (w->seen[i] == number)
			return 1;
	}
	more = realloc(w->seen, (w->seen_count + 1) * sizeof *more);
	if (!more)
		return 1;
	w->seen = more;
	w->seen[w->seen_count++] = number;
	return 0;
}

static int visit(struct walk *w, int level, int base)
{
	struct FTW where = { base, level };
	struct stat st;
	int type = type_of(w, &st), result = 0;
	DIR *directory;

	if (type == FTW_NS && level == 0 && errno != EACCES)
		return -1;
	if (type != FTW_D)
		return call(w, &st, type, &where);
	if (!(w->flags & FTW_PHYS) && was_seen(w, st.st_ino))
		return 0;
	directory = opendir(w->path);
	if (!directory)
		return errno == EACCES ? call(w, &st, FTW_DNR, &where) : -1;
	if (!(w->flags & FTW_DEPTH))
		result = call(w, &st, FTW_D, &where);
	if (result == 0)
		result = visit_entries(w, directory, level);
	closedir(directory);
	if (result == 0 && w->flags & FTW_DEPTH)
		result = call(w, &st, FTW_DP, &where);
	return result;
}

static int start(struct walk *w, const char *path)
{
	const char *slash;
	int result;

	if (strlen(path) >= sizeof w->path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(w->path, path);
	slash = strrchr(path, '/');
	w->seen = NULL;
	w->seen_count = 0;
	result = visit(w, 0, slash && slash[1] ? (int)(slash - path) + 1 : 0);
	free(w->seen);
	if (w->flags & FTW_ACTIONRETVAL && (result == FTW_SKIP_SUBTREE || result == FTW_SKIP_SIBLINGS))
		return 0;
	return result;
}

int ftw(const char *path, int (*function)(const char *, const struct stat *, int), int descriptors)
{
	struct walk w = { .function = function };

	(void)descriptors;
	return start(&w, path);
}

int nftw(const char *path, int (*function)(const char *, const struct stat *, int, struct FTW *), int descriptors, int flags)
{
	struct walk w = { .long_function = function, .flags = flags };

	(void)descriptors;
	return start(&w, path);
}
