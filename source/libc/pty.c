/* Pseudo-terminals: posix_openpt(3), ptsname(3), openpty(3), login_tty(3). */
#include "internal.h"
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utmp.h>

#define NAME_SIZE 24

int posix_openpt(int flags)
{
	return open("/dev/ptmx", flags);
}

int getpt(void)
{
	return posix_openpt(O_RDWR);
}

/* The slave belongs to who opened the master from the start. */
int grantpt(int fd)
{
	unsigned int number;

	if (ioctl(fd, TIOCGPTN, &number) == 0)
		return 0;
	if (errno == ENOTTY)
		errno = EINVAL;
	return -1;
}

int unlockpt(int fd)
{
	int lock = 0;

	if (ioctl(fd, TIOCSPTLCK, &lock) == 0)
		return 0;
	if (errno == ENOTTY)
		errno = EINVAL;
	return -1;
}

int ptsname_r(int fd, char *buffer, size_t size)
{
	char name[NAME_SIZE];
	unsigned int number;

	if (ioctl(fd, TIOCGPTN, &number) < 0)
		return errno;
	snprintf(name, sizeof name, "/dev/pts/%u", number);
	if (strlen(name) >= size)
		return errno = ERANGE;
	strcpy(buffer, name);
	return 0;
}

char *ptsname(int fd)
{
	static char name[NAME_SIZE];

	return ptsname_r(fd, name, sizeof name) == 0 ? name : NULL;
}

int openpty(int *master, int *slave, char *name, const struct termios *attributes, const struct winsize *size)
{
	char path[NAME_SIZE];
	int fd = getpt(), other = -1;

	if (fd < 0)
		return -1;
	if (grantpt(fd) == 0 && unlockpt(fd) == 0 && ptsname_r(fd, path, sizeof path) == 0)
		other = open(path, O_RDWR | O_NOCTTY);
	if (other < 0) {
		close(fd);
		return -1;
	}
	if (attributes)
		tcsetattr(other, TCSAFLUSH, attributes);
	if (size)
		ioctl(other, TIOCSWINSZ, size);
	if (name)
		strcpy(name, path);
	*master = fd;
	*slave = other;
	return 0;
}

int login_tty(int fd)
{
	setsid();
	if (ioctl(fd, TIOCSCTTY, 0L) < 0)
		return -1;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
	return 0;
}

pid_t forkpty(int *master, char *name, const struct termios *attributes, const struct winsize *size)
{
	int fd, other;
	pid_t pid;

	if (openpty(&fd, &other, name, attributes, size) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		close(fd);
		if (login_tty(other) < 0)
			_exit(1);
		return 0;
	}
	close(other);
	if (pid < 0)
		close(fd);
	else
		*master = fd;
	return pid;
}
