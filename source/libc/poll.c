/* Waiting for many descriptors: select(2), poll(2), epoll(7), and eventfd(2), timerfd_create(2), signalfd(2). */
#include "internal.h"
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

void __fd_zero(fd_set *set)
{
	memset(set, 0, sizeof *set);
}

int select(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional, struct timeval *restrict timeout)
{
	return (int)__BLOCKING(select, count, readable, writable, exceptional, timeout, 0);
}

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional, const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
	struct timespec copy;
	long mask_and_size[2];

	if (timeout) {
		copy = *timeout;
		timeout = &copy;
	}
	mask_and_size[0] = (long)mask;
	mask_and_size[1] = 8;
	return (int)__BLOCKING(pselect6, count, readable, writable, exceptional, timeout, mask_and_size);
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
	return (int)__BLOCKING(poll, fds, count, timeout, 0, 0, 0);
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
	struct timespec copy;

	if (timeout) {
		copy = *timeout;
		timeout = &copy;
	}
	return (int)__BLOCKING(ppoll, fds, count, timeout, mask, 8, 0);
}

int epoll_create(int size)
{
	return (int)__SYSCALL1(epoll_create, size);
}

int epoll_create1(int flags)
{
	return (int)__SYSCALL1(epoll_create1, flags);
}

int epoll_ctl(int epfd, int operation, int fd, struct epoll_event *event)
{
	return (int)__SYSCALL4(epoll_ctl, epfd, operation, fd, event);
}

int epoll_wait(int epfd, struct epoll_event *events, int max, int timeout)
{
	return (int)__BLOCKING(epoll_wait, epfd, events, max, timeout, 0, 0);
}

int epoll_pwait(int epfd, struct epoll_event *events, int max, int timeout, const sigset_t *mask)
{
	return (int)__BLOCKING(epoll_pwait, epfd, events, max, timeout, mask, 8);
}

int eventfd(unsigned int value, int flags)
{
	return (int)__SYSCALL2(eventfd2, value, flags);
}

int eventfd_read(int fd, eventfd_t *value)
{
	return read(fd, value, sizeof *value) == sizeof *value ? 0 : -1;
}

int eventfd_write(int fd, eventfd_t value)
{
	return write(fd, &value, sizeof value) == sizeof value ? 0 : -1;
}

int timerfd_create(clockid_t clock, int flags)
{
	return (int)__SYSCALL2(timerfd_create, clock, flags);
}

int timerfd_settime(int fd, int flags, const struct itimerspec *new, struct itimerspec *old)
{
	return (int)__SYSCALL4(timerfd_settime, fd, flags, new, old);
}

int timerfd_gettime(int fd, struct itimerspec *value)
{
	return (int)__SYSCALL2(timerfd_gettime, fd, value);
}

int signalfd(int fd, const sigset_t *mask, int flags)
{
	return (int)__SYSCALL4(signalfd4, fd, mask, 8, flags);
}
