// A descriptor sent over a Unix socket is a new one for the same open file; the message's bytes come with it.
// expect: sendmsg 2
// expect: recvmsg 2, control 24, truncated 0, got one 1
// expect: pipe has 7: through
// expect: end 0
// expect: sendmsg 2
// expect: recvmsg 2, control 0, truncated 1, got one 0
// expect: lost descriptor was closed: 0
// expect: sendmsg 2
// expect: read 2, end 0
// expect: sendmsg 2
// expect: both closed, end 0
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void send_fd(int s, int fd)
{
	char control[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec v = {"ab", 2};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	printf("sendmsg %d\n", (int)sendmsg(s, &m, 0));
	fflush(stdout);
}

static int receive_fd(int s, int room)
{
	char control[64] = {0}, buffer[8];
	struct iovec v = {buffer, sizeof buffer};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = control, .msg_controllen = room};
	int n = (int)recvmsg(s, &m, 0), fd = -1;
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	if (c && c->cmsg_type == SCM_RIGHTS)
		memcpy(&fd, CMSG_DATA(c), sizeof fd);
	printf("recvmsg %d, control %d, truncated %d, got one %d\n", n, (int)m.msg_controllen, (m.msg_flags & MSG_CTRUNC) != 0, fd >= 0);
	fflush(stdout);
	return fd;
}

int main(void)
{
	int sv[2], p[2], fd, n;
	char b[16];
	socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
	pipe(p);
	send_fd(sv[0], p[1]);
	close(p[1]);
	if (fork() == 0) {
		fd = receive_fd(sv[1], 64);
		write(fd, "through", 7);
		_exit(0);
	}
	wait(NULL);
	n = (int)read(p[0], b, sizeof b);
	printf("pipe has %d: %.*s\n", n, n, b);
	printf("end %d\n", (int)read(p[0], b, sizeof b));
	pipe(p);
	send_fd(sv[0], p[1]);
	close(p[1]);
	receive_fd(sv[1], 0);
	printf("lost descriptor was closed: %d\n", (int)read(p[0], b, sizeof b));
	pipe(p);
	send_fd(sv[0], p[1]);
	close(p[1]);
	n = (int)read(sv[1], b, sizeof b);
	printf("read %d, end %d\n", n, (int)read(p[0], b, sizeof b));
	pipe(p);
	send_fd(sv[0], p[1]);
	close(p[1]);
	close(sv[0]);
	close(sv[1]);
	printf("both closed, end %d\n", (int)read(p[0], b, sizeof b));
	return 0;
}
