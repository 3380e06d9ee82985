/* Directories: opendir(3), readdir(3), scandir(3), getcwd(3), realpath(3). */
#include "internal.h"
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct __dirstream {
	int fd;
	int lock;
	size_t position; /* In the buffer. */
	size_t length;
	long offset; /* Of the next entry, for telldir. */
	long buffer[4096 / sizeof(long)];
};

static DIR *new_directory(int fd)
{
	DIR *dir = malloc(sizeof *dir);

	if (!dir)
		return NULL;
	dir->fd = fd;
	dir->lock = 0;
	dir->position = dir->length = 0;
	dir->offset = 0;
	return dir;
}

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC);
	DIR *dir;

	if (fd < 0)
		return NULL;
	dir = new_directory(fd);
	if (!dir)
		close(fd);
	return dir;
}

DIR *fdopendir(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	return new_directory(fd);
}

int closedir(DIR *dir)
{
	int fd;

	if (!dir) {
		errno = EINVAL;
		return -1;
	}
	fd = dir->fd;
	free(dir);
	return close(fd);
}

struct dirent *readdir(DIR *dir)
{
	struct dirent *entry = NULL;

	__LOCK(&dir->lock);
	if (dir->position >= dir->length) {
		long n = __syscall(SYS_getdents64, (long)dir->fd, (long)dir->buffer, (long)sizeof dir->buffer);
		dir->position = 0;
		dir->length = n > 0 ? (size_t)n : 0;
		if (n < 0 && n != -ENOENT)
			errno = (int)-n;
	}
	if (dir->position < dir->length) {
		entry = (struct dirent *)((char *)dir->buffer + dir->position);
		dir->position += entry->d_reclen;
		dir->offset = entry->d_off;
	}
	__UNLOCK(&dir->lock);
	return entry;
}

int readdir_r(DIR *restrict dir, struct dirent *restrict entry, struct dirent **restrict result)
{
	int saved = errno, error;
	struct dirent *found;

	errno = 0;
	found = readdir(dir);
	error = errno;
	errno = saved;
	*result = NULL;
	if (found) {
		memcpy(entry, found, found->d_reclen);
		*result = entry;
		return 0;
	}
	return error;
}

void seekdir(DIR *dir, long position)
{
	lseek(dir->fd, position, SEEK_SET);
	dir->position = dir->length = 0;
	dir->offset = position;
}

void rewinddir(DIR *dir)
{
	seekdir(dir, 0);
}

long telldir(DIR *dir)
{
	return dir->offset;
}

int dirfd(DIR *dir)
{
	return dir->fd;
}

int alphasort(const struct dirent **a, const struct dirent **b)
{
	return strcoll((*a)->d_name, (*b)->d_name);
}

int scandir(const char *restrict path, struct dirent ***restrict list, int (*select)(const struct dirent *), int (*compare)(const struct dirent **, const struct dirent **))
{
	DIR *dir = opendir(path);
	struct dirent **found = NULL, *entry;
	size_t count = 0, capacity = 0;

	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		struct dirent *copy;
		if (select && !select(entry))
			continue;
		if (count == capacity) {
			struct dirent **grown;
			capacity = capacity ? capacity * 2 : 16;
			grown = realloc(found, capacity * sizeof *found);
			if (!grown)
				break;
			found = grown;
		}
		copy = malloc(entry->d_reclen);
		if (!copy)
			break;
		memcpy(copy, entry, entry->d_reclen);
		found[count++] = copy;
	}
	closedir(dir);
	if (entry) {
		while (count > 0)
			free(found[--count]);
		free(found);
		errno = ENOMEM;
		return -1;
	}
	if (compare)
		qsort(found, count, sizeof *found, (__compar_fn_t)compare);
	*list = found;
	return (int)count;
}

int chdir(const char *path)
{
	return (int)__SYSCALL1(chdir, path);
}

int fchdir(int fd)
{
	return (int)__SYSCALL1(fchdir, fd);
}

int chroot(const char *path)
{
	return (int)__SYSCALL1(chroot, path);
}

char *getcwd(char *buffer, size_t size)
{
	char local[PATH_MAX];
	long n;

	if (size == 0 && buffer) {
		errno = EINVAL;
		return NULL;
	}
	n = __SYSCALL2(getcwd, buffer ? buffer : local, buffer ? size : size ? size : sizeof local);
	if (n < 0)
		return NULL;
	if (buffer)
		return buffer;
	buffer = malloc(size ? size : (size_t)n);
	return buffer ? strcpy(buffer, local) : NULL;
}

char *getwd(char *buffer)
{
	return getcwd(buffer, PATH_MAX);
}

char *get_current_dir_name(void)
{
	return getcwd(NULL, 0);
}

/* Appends one component to the resolved path `out`, following links. Returns 0, or -1 with errno. */
static int resolve(char *out, const char *path, int depth)
{
	char part[NAME_MAX + 1], target[PATH_MAX];

	if (depth > 40) {
		errno = ELOOP;
		return -1;
	}
	if (*path == '/')
		strcpy(out, "/");
	while (*path) {
		size_t n, length;
		long linked;
		while (*path == '/')
			path++;
		n = strcspn(path, "/");
		if (n == 0)
			break;
		if (n > NAME_MAX || strlen(out) + n + 2 > PATH_MAX) {
			errno = ENAMETOOLONG;
			return -1;
		}
		memcpy(part, path, n);
		part[n] = 0;
		path += n;
		if (strcmp(part, ".") == 0)
			continue;
		length = strlen(out);
		if (strcmp(part, "..") == 0) {
			char *slash = strrchr(out, '/');
			slash[slash == out] = 0;
			continue;
		}
		if (length > 1)
			out[length++] = '/';
		strcpy(out + length, part);
		linked = readlink(out, target, sizeof target - 1);
		if (linked < 0) {
			if (errno != EINVAL)
				return -1;
			if (*path == '/') {
				struct stat st;
				if (stat(out, &st) < 0)
					return -1;
				if (!S_ISDIR(st.st_mode)) {
					errno = ENOTDIR;
					return -1;
				}
			}
			continue;
		}
		target[linked] = 0;
		out[length > 1 ? length - 1 : 1] = 0;
		if (resolve(out, target, depth + 1) < 0)
			return -1;
	}
	return 0;
}

char *realpath(const char *restrict path, char *restrict resolved)
{
	char buffer[PATH_MAX];
	int saved = errno;

	if (!path) {
		errno = EINVAL;
		return NULL;
	}
	if (!*path) {
		errno = ENOENT;
		return NULL;
	}
	if (*path != '/' && !getcwd(buffer, sizeof buffer))
		return NULL;
	if (resolve(buffer, path, 0) < 0)
		return NULL;
	errno = saved;
	if (!resolved)
		return strdup(buffer);
	return strcpy(resolved, buffer);
}

char *canonicalize_file_name(const char *path)
{
	return realpath(path, NULL);
}

ssize_t getdents64(int fd, void *buffer, size_t size)
{
	return __SYSCALL3(getdents64, fd, buffer, size);
}
