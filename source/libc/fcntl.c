/* Opening files, fcntl(2) and what else works on open files. */
#include "internal.h"
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <unistd.h>

int open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {
		va_list args;
		va_start(args, flags);
		if (__HAS_ARGUMENTS(args))
			mode = va_arg(args, mode_t);
		va_end(args);
	}
	return (int)__BLOCKING(open, path, flags, mode, 0, 0, 0);
}

int openat(int dir, const char *path, int flags, ...)
{
	mode_t mode = 0;

	if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {
		va_list args;
		va_start(args, flags);
		if (__HAS_ARGUMENTS(args))
			mode = va_arg(args, mode_t);
		va_end(args);
	}
	return (int)__BLOCKING(openat, dir, path, flags, mode, 0, 0);
}

int creat(const char *path, mode_t mode)
{
	return (int)__BLOCKING(creat, path, mode, 0, 0, 0, 0);
}

int fcntl(int fd, int command, ...)
{
	va_list args;
	long arg = 0;

	va_start(args, command);
	if (__HAS_ARGUMENTS(args))
		arg = va_arg(args, long);
	va_end(args);
	if (command == F_SETLKW || command == F_OFD_SETLKW)
		return (int)__BLOCKING(fcntl, fd, command, arg, 0, 0, 0);
	return (int)__SYSCALL3(fcntl, fd, command, arg);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	long arg = 0;

	va_start(args, request);
	if (__HAS_ARGUMENTS(args))
		arg = va_arg(args, long);
	va_end(args);
	return (int)__SYSCALL3(ioctl, fd, request, arg);
}

int flock(int fd, int operation)
{
	return (int)__SYSCALL2(flock, fd, operation);
}

int lockf(int fd, int command, off_t length)
{
	struct flock lock;

	memset(&lock, 0, sizeof lock);
	lock.l_type = F_WRLCK;
	lock.l_whence = SEEK_CUR;
	lock.l_len = length;
	switch (command) {
	case F_TEST:
		lock.l_type = F_RDLCK;
		if (fcntl(fd, F_GETLK, &lock) < 0)
			return -1;
		if (lock.l_type == F_UNLCK || lock.l_pid == getpid())
			return 0;
		errno = EACCES;
		return -1;
	case F_ULOCK:
		lock.l_type = F_UNLCK;
		return fcntl(fd, F_SETLK, &lock);
	case F_LOCK:
		return fcntl(fd, F_SETLKW, &lock);
	case F_TLOCK:
		return fcntl(fd, F_SETLK, &lock);
	}
	errno = EINVAL;
	return -1;
}

int posix_fadvise(int fd, off_t offset, off_t length, int advice)
{
	return (int)-__syscall(SYS_fadvise64, (long)fd, offset, length, (long)advice);
}

int fallocate(int fd, int mode, off_t offset, off_t length)
{
	return (int)__SYSCALL4(fallocate, fd, mode, offset, length);
}

int posix_fallocate(int fd, off_t offset, off_t length)
{
	return (int)-__syscall(SYS_fallocate, (long)fd, 0L, offset, length);
}

ssize_t readahead(int fd, off_t offset, size_t count)
{
	return __SYSCALL3(readahead, fd, offset, count);
}

ssize_t splice(int in, off_t *in_offset, int out, off_t *out_offset, size_t length, unsigned int flags)
{
	return __BLOCKING(splice, in, in_offset, out, out_offset, length, flags);
}

ssize_t tee(int in, int out, size_t length, unsigned int flags)
{
	return __BLOCKING(tee, in, out, length, flags, 0, 0);
}

ssize_t vmsplice(int fd, const struct iovec *vector, size_t count, unsigned int flags)
{
	return __BLOCKING(vmsplice, fd, vector, count, flags, 0, 0);
}

ssize_t sendfile(int out, int in, off_t *offset, size_t count)
{
	return __BLOCKING(sendfile, out, in, offset, count, 0, 0);
}

ssize_t copy_file_range(int in, off_t *in_offset, int out, off_t *out_offset, size_t length, unsigned int flags)
{
	return __BLOCKING(copy_file_range, in, in_offset, out, out_offset, length, flags);
}
