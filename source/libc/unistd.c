/* File descriptor calls and other small wrappers of unistd.h. */
#include "internal.h"
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

ssize_t read(int fd, void *buffer, size_t count)
{
	return __BLOCKING(read, fd, buffer, count, 0, 0, 0);
}

ssize_t write(int fd, const void *buffer, size_t count)
{
	return __BLOCKING(write, fd, buffer, count, 0, 0, 0);
}

ssize_t pread(int fd, void *buffer, size_t count, off_t offset)
{
	return __BLOCKING(pread64, fd, buffer, count, offset, 0, 0);
}

ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset)
{
	return __BLOCKING(pwrite64, fd, buffer, count, offset, 0, 0);
}

ssize_t readv(int fd, const struct iovec *vector, int count)
{
	return __BLOCKING(readv, fd, vector, count, 0, 0, 0);
}

ssize_t writev(int fd, const struct iovec *vector, int count)
{
	return __BLOCKING(writev, fd, vector, count, 0, 0, 0);
}

ssize_t preadv(int fd, const struct iovec *vector, int count, off_t offset)
{
	return __BLOCKING(preadv, fd, vector, count, offset, 0, 0);
}

ssize_t pwritev(int fd, const struct iovec *vector, int count, off_t offset)
{
	return __BLOCKING(pwritev, fd, vector, count, offset, 0, 0);
}

ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long local_count, const struct iovec *remote, unsigned long remote_count, unsigned long flags)
{
	return __SYSCALL6(process_vm_readv, pid, local, local_count, remote, remote_count, flags);
}

ssize_t process_vm_writev(pid_t pid, const struct iovec *local, unsigned long local_count, const struct iovec *remote, unsigned long remote_count, unsigned long flags)
{
	return __SYSCALL6(process_vm_writev, pid, local, local_count, remote, remote_count, flags);
}

int close(int fd)
{
	return (int)__BLOCKING(close, fd, 0, 0, 0, 0, 0);
}

int close_range(unsigned int first, unsigned int last, int flags)
{
	return (int)__SYSCALL3(close_range, first, last, flags);
}

off_t lseek(int fd, off_t offset, int whence)
{
	return __SYSCALL3(lseek, fd, offset, whence);
}

int dup(int fd)
{
	return (int)__SYSCALL1(dup, fd);
}

int dup2(int from, int to)
{
	return (int)__SYSCALL2(dup2, from, to);
}

int dup3(int from, int to, int flags)
{
	return (int)__SYSCALL3(dup3, from, to, flags);
}

int pipe(int fds[2])
{
	return (int)__SYSCALL1(pipe, fds);
}

int pipe2(int fds[2], int flags)
{
	return (int)__SYSCALL2(pipe2, fds, flags);
}

int fsync(int fd)
{
	return (int)__BLOCKING(fsync, fd, 0, 0, 0, 0, 0);
}

int fdatasync(int fd)
{
	return (int)__BLOCKING(fdatasync, fd, 0, 0, 0, 0, 0);
}

void sync(void)
{
	__syscall(SYS_sync);
}

int syncfs(int fd)
{
	return (int)__BLOCKING(syncfs, fd, 0, 0, 0, 0, 0);
}

int ftruncate(int fd, off_t length)
{
	return (int)__SYSCALL2(ftruncate, fd, length);
}

int truncate(const char *path, off_t length)
{
	return (int)__SYSCALL2(truncate, path, length);
}

int isatty(int fd)
{
	struct termios attributes;

	return __SYSCALL3(ioctl, fd, TCGETS, &attributes) == 0;
}

int ttyname_r(int fd, char *buffer, size_t size)
{
	char link[32];
	long n;

	if (!isatty(fd))
		return errno;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = __syscall(SYS_readlink, (long)link, (long)buffer, (long)size);
	if (n < 0) {
		if (size < sizeof "/dev/tty")
			return ERANGE;
		strcpy(buffer, "/dev/tty");
		return 0;
	}
	if ((size_t)n >= size)
		return ERANGE;
	buffer[n] = 0;
	return 0;
}

char *ttyname(int fd)
{
	static char name[64];
	int error = ttyname_r(fd, name, sizeof name);

	if (error) {
		errno = error;
		return NULL;
	}
	return name;
}

char *ctermid(char *s)
{
	static char name[L_ctermid];

	return strcpy(s ? s : name, "/dev/tty");
}

pid_t tcgetpgrp(int fd)
{
	int group;

	return ioctl(fd, TIOCGPGRP, &group) < 0 ? -1 : group;
}

int tcsetpgrp(int fd, pid_t group)
{
	return ioctl(fd, TIOCSPGRP, &group);
}

char *getpass(const char *prompt)
{
	static char line[128];
	size_t n;

	fputs(prompt, stderr);
	if (!fgets(line, sizeof line, stdin))
		return NULL;
	n = strlen(line);
	if (n > 0 && line[n - 1] == '\n')
		line[n - 1] = 0;
	return line;
}

unsigned int alarm(unsigned int seconds)
{
	return (unsigned int)__syscall(SYS_alarm, (long)seconds);
}

int pause(void)
{
	return (int)__BLOCKING(pause, 0, 0, 0, 0, 0, 0);
}

ssize_t getrandom(void *buffer, size_t length, unsigned int flags)
{
	return __BLOCKING(getrandom, buffer, length, flags, 0, 0, 0);
}

int getentropy(void *buffer, size_t length)
{
	if (length > 256) {
		errno = EIO;
		return -1;
	}
	return getrandom(buffer, length, 0) < 0 ? -1 : 0;
}
