/* Processes by descriptor: pidfd_open(2), pidfd_getfd(2), pidfd_send_signal(2). */
#include "internal.h"
#include <sys/pidfd.h>

int pidfd_open(pid_t pid, unsigned int flags)
{
	return (int)__SYSCALL2(pidfd_open, pid, flags);
}

int pidfd_getfd(int pidfd, int fd, unsigned int flags)
{
	return (int)__SYSCALL3(pidfd_getfd, pidfd, fd, flags);
}

int pidfd_send_signal(int pidfd, int signal, siginfo_t *info, unsigned int flags)
{
	return (int)__SYSCALL4(pidfd_send_signal, pidfd, signal, info, flags);
}
