/* Opening and closing streams: fopen(3), fdopen(3), freopen(3), fclose(3), tmpfile(3). */
#include "internal.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Translates a mode such as "r+e" to the flags of open(2); returns -1 if it is none. */
int __parse_mode(const char *mode, int *flags)
{
	int access, open_flags;
	const char *p;

	*flags = 0;
	if (mode[0] == 'r') {
		access = O_RDONLY;
		open_flags = 0;
		*flags = __F_NO_WRITE;
	} else if (mode[0] == 'w') {
		access = O_WRONLY;
		open_flags = O_CREAT | O_TRUNC;
		*flags = __F_NO_READ;
	} else if (mode[0] == 'a') {
		access = O_WRONLY;
		open_flags = O_CREAT | O_APPEND;
		*flags = __F_NO_READ | __F_APPEND;
	} else {
		errno = EINVAL;
		return -1;
	}
	for (p = mode + 1; *p && *p != ','; p++) {
		if (*p == '+') {
			access = O_RDWR;
			*flags &= ~(__F_NO_READ | __F_NO_WRITE);
		} else if (*p == 'x') {
			open_flags |= O_EXCL;
		} else if (*p == 'e') {
			open_flags |= O_CLOEXEC;
		}
	}
	return access | open_flags;
}

FILE *__new_file(int fd, int flags)
{
	FILE *f = malloc(sizeof *f);

	if (!f)
		return NULL;
	memset(f, 0, sizeof *f);
	f->fd = fd;
	f->flags = flags;
	__LOCK(&__open_files_lock);
	f->next = __open_files;
	__open_files = f;
	__UNLOCK(&__open_files_lock);
	return f;
}

FILE *fopen(const char *restrict path, const char *restrict mode)
{
	int flags, fd, open_flags = __parse_mode(mode, &flags);
	FILE *f;

	if (open_flags < 0)
		return NULL;
	fd = open(path, open_flags, 0666);
	if (fd < 0)
		return NULL;
	f = __new_file(fd, flags);
	if (!f)
		close(fd);
	return f;
}

FILE *fopen64(const char *restrict path, const char *restrict mode)
{
	return fopen(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
	int flags, open_flags = __parse_mode(mode, &flags), present;

	if (open_flags < 0)
		return NULL;
	present = fcntl(fd, F_GETFL);
	if (present < 0)
		return NULL;
	if (((present & O_ACCMODE) == O_RDONLY && !(flags & __F_NO_WRITE)) || ((present & O_ACCMODE) == O_WRONLY && !(flags & __F_NO_READ))) {
		errno = EINVAL;
		return NULL;
	}
	if ((open_flags & O_APPEND) && !(present & O_APPEND))
		fcntl(fd, F_SETFL, present | O_APPEND);
	return __new_file(fd, flags);
}

static void drop_buffer(FILE *f)
{
	if (f->buffer && f->buffer != f->tiny && !(f->flags & __F_USER_BUFFER))
		free(f->buffer);
	f->buffer = f->read_next = f->read_end = f->write_next = f->write_end = NULL;
	f->saved_next = f->saved_end = NULL;
	f->flags &= ~(__F_READING | __F_WRITING);
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict f)
{
	int flags, fd, open_flags = __parse_mode(mode, &flags);

	if (open_flags < 0)
		return NULL;
	__LOCK_FILE(f);
	fflush_unlocked(f);
	drop_buffer(f);
	if (path) {
		fd = open(path, open_flags, 0666);
		if (fd >= 0 && f->fd >= 0 && fd != f->fd) {
			dup3(fd, f->fd, open_flags & O_CLOEXEC);
			close(fd);
			fd = f->fd;
		} else if (fd < 0 && f->fd >= 0) {
			close(f->fd);
		}
		f->fd = fd;
	} else {
		fd = f->fd;
	}
	f->flags = flags | (f->flags & (__F_STATIC | __F_UNBUFFERED));
	f->backend = NULL;
	__UNLOCK_FILE(f);
	return fd < 0 ? NULL : f;
}

static void unlink_file(FILE *f)
{
	FILE **link;

	__LOCK(&__open_files_lock);
	for (link = &__open_files; *link; link = &(*link)->next) {
		if (*link == f) {
			*link = f->next;
			break;
		}
	}
	__UNLOCK(&__open_files_lock);
}

int fclose(FILE *f)
{
	int result;

	if (f->pid > 0)
		return pclose(f);
	unlink_file(f);
	__LOCK_FILE(f);
	result = fflush_unlocked(f);
	if (f->backend) {
		if (f->backend->close && f->backend->close(f))
			result = EOF;
	} else if (close(f->fd) < 0) {
		result = EOF;
	}
	drop_buffer(f);
	f->fd = -1;
	__UNLOCK_FILE(f);
	if (!(f->flags & __F_STATIC))
		free(f);
	return result;
}

int fcloseall(void)
{
	__flush_all();
	return 0;
}

FILE *tmpfile(void)
{
	char name[] = "/tmp/tmpfXXXXXX";
	int fd = mkstemp(name);

	if (fd < 0)
		return NULL;
	unlink(name);
	return fdopen(fd, "w+");
}
