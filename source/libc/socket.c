/* Sockets (socket(7)). */
#include "internal.h"
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int socket(int domain, int type, int protocol)
{
	return (int)__SYSCALL3(socket, domain, type, protocol);
}

int socketpair(int domain, int type, int protocol, int fds[2])
{
	return (int)__SYSCALL4(socketpair, domain, type, protocol, fds);
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
	return (int)__SYSCALL3(bind, fd, address, length);
}

int listen(int fd, int backlog)
{
	return (int)__SYSCALL2(listen, fd, backlog);
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
	return (int)__BLOCKING(accept, fd, address, length, 0, 0, 0);
}

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict length, int flags)
{
	return (int)__BLOCKING(accept4, fd, address, length, flags, 0, 0);
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
	return (int)__BLOCKING(connect, fd, address, length, 0, 0, 0);
}

int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
	return (int)__SYSCALL3(getsockname, fd, address, length);
}

int getpeername(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
	return (int)__SYSCALL3(getpeername, fd, address, length);
}

ssize_t sendto(int fd, const void *buffer, size_t count, int flags, const struct sockaddr *address, socklen_t length)
{
	return __BLOCKING(sendto, fd, buffer, count, flags, address, length);
}

ssize_t recvfrom(int fd, void *restrict buffer, size_t count, int flags, struct sockaddr *restrict address, socklen_t *restrict length)
{
	return __BLOCKING(recvfrom, fd, buffer, count, flags, address, length);
}

ssize_t send(int fd, const void *buffer, size_t count, int flags)
{
	return __BLOCKING(sendto, fd, buffer, count, flags, 0, 0);
}

ssize_t recv(int fd, void *buffer, size_t count, int flags)
{
	return __BLOCKING(recvfrom, fd, buffer, count, flags, 0, 0);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	return __BLOCKING(sendmsg, fd, message, flags, 0, 0, 0);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	return __BLOCKING(recvmsg, fd, message, flags, 0, 0, 0);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags)
{
	return (int)__BLOCKING(sendmmsg, fd, messages, count, flags, 0, 0);
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, struct timespec *timeout)
{
	return (int)__BLOCKING(recvmmsg, fd, messages, count, flags, timeout, 0);
}

int getsockopt(int fd, int level, int name, void *restrict value, socklen_t *restrict length)
{
	return (int)__SYSCALL5(getsockopt, fd, level, name, value, length);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t length)
{
	return (int)__SYSCALL5(setsockopt, fd, level, name, value, length);
}

int shutdown(int fd, int how)
{
	return (int)__SYSCALL2(shutdown, fd, how);
}

int sockatmark(int fd)
{
	int answer;

	return ioctl(fd, SIOCATMARK, &answer) < 0 ? -1 : answer;
}

struct cmsghdr *__cmsg_nxthdr(struct msghdr *message, struct cmsghdr *cmsg)
{
	char *end = (char *)message->msg_control + message->msg_controllen, *next;

	if (cmsg->cmsg_len < sizeof(struct cmsghdr))
		return NULL;
	next = (char *)cmsg + CMSG_ALIGN(cmsg->cmsg_len);
	if (next + sizeof(struct cmsghdr) > end || next + CMSG_ALIGN(((struct cmsghdr *)next)->cmsg_len) > end)
		return NULL;
	return (struct cmsghdr *)next;
}
