// Unix sockets in odd situations: autobind, credentials, full queues, dead peers.
// expect: autobind: 0 
// expect: length 8, first byte 0
// expect: bind: 0 
// expect: is a socket 1
// expect: open: -1 No such device or address
// expect: length 6
// expect: listen: -1 Operation not supported
// expect: send: -1 Transport endpoint is not connected
// expect: connect: 0 
// expect: too big: -1 Message too long
// expect: full: -1 Resource temporarily unavailable
// expect: sender of a full queue: 0
// expect: after one was read: 1 POLLOUT
// expect: FIONREAD: 0 
// expect: 1
// expect: send to the dead: -1 Connection refused
// expect: send again: -1 Transport endpoint is not connected
// expect: sendto the dead: -1 Connection refused
// expect: peercred: 0 
// expect: own pid 1
// expect: peer name length 2
// expect: sendto connected: -1 Transport endpoint is already connected
// expect: write 4096s: 4096 
// expect: FIONREAD: 0 
// expect: 4096
// expect: full stream: 0
// expect: stream holds more than 64k 1
// expect: one read: 0
// expect: sixty read: 1 POLLOUT
// expect: shut rd: 0 
// expect: write: -1 Broken pipe
// expect: writer: 1 POLLOUT
// expect: reader: 1 POLLIN POLLOUT POLLRDHUP
// expect: seek: -1 Illegal seek
// expect: fsync: -1 Invalid argument
// expect: socket mode 1
// expect: zero write: 0 
// expect: zero write to the dead: -1 Broken pipe
// expect: write to the dead: -1 Broken pipe
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static void result(const char *what, long r)
{
	printf("%s: %ld %s\n", what, r, r < 0 ? strerror(errno) : "");
}

static void show(const char *what, int fd)
{
	struct pollfd p = {fd, POLLIN | POLLOUT | POLLRDHUP, 0};
	int n = poll(&p, 1, 0);
	printf("%s: %d%s%s%s%s%s\n", what, n, p.revents & POLLIN ? " POLLIN" : "", p.revents & POLLOUT ? " POLLOUT" : "",
	       p.revents & POLLRDHUP ? " POLLRDHUP" : "", p.revents & POLLHUP ? " POLLHUP" : "", p.revents & POLLERR ? " POLLERR" : "");
}

int main(void)
{
	int s = socket(AF_UNIX, SOCK_DGRAM, 0), c = socket(AF_UNIX, SOCK_DGRAM, 0), sv[2], n, i;
	struct sockaddr_un u = {.sun_family = AF_UNIX}, w;
	socklen_t l = sizeof w;
	struct ucred cred;
	struct stat st;
	static char big[300000];
	char b[64];
	signal(SIGPIPE, SIG_IGN);
	result("autobind", bind(c, (struct sockaddr *)&u, sizeof(sa_family_t)));
	getsockname(c, (struct sockaddr *)&w, &l);
	printf("length %d, first byte %d\n", (int)l, w.sun_path[0]);
	strcpy(u.sun_path, "odd");
	result("bind", bind(s, (struct sockaddr *)&u, sizeof u));
	stat("odd", &st);
	printf("is a socket %d\n", S_ISSOCK(st.st_mode));
	result("open", open("odd", O_RDWR));
	l = sizeof w;
	getsockname(s, (struct sockaddr *)&w, &l);
	printf("length %d\n", (int)l);
	result("listen", listen(s, 1));
	result("send", send(c, "x", 1, 0));
	result("connect", connect(c, (struct sockaddr *)&u, sizeof u));
	result("too big", send(c, big, sizeof big, 0));
	for (i = 0; i < 40; i++)
		if (send(c, "m", 1, MSG_DONTWAIT) < 0)
			break;
	result("full", send(c, "m", 1, MSG_DONTWAIT));
	show("sender of a full queue", c);
	recv(s, b, 1, 0);
	show("after one was read", c);
	result("FIONREAD", ioctl(s, FIONREAD, &n));
	printf("%d\n", n);
	close(s);
	result("send to the dead", send(c, "x", 1, 0));
	result("send again", send(c, "x", 1, 0));
	result("sendto the dead", sendto(c, "x", 1, 0, (struct sockaddr *)&u, sizeof u));
	unlink("odd");
	socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
	l = sizeof cred;
	result("peercred", getsockopt(sv[0], SOL_SOCKET, SO_PEERCRED, &cred, &l));
	printf("own pid %d\n", cred.pid == getpid());
	l = sizeof w;
	getpeername(sv[0], (struct sockaddr *)&w, &l);
	printf("peer name length %d\n", (int)l);
	result("sendto connected", sendto(sv[0], "x", 1, 0, (struct sockaddr *)&u, sizeof u));
	fcntl(sv[0], F_SETFL, O_NONBLOCK);
	result("write 4096s", write(sv[0], big, 4096));
	result("FIONREAD", ioctl(sv[1], FIONREAD, &n));
	printf("%d\n", n);
	while (write(sv[0], big, 4096) > 0)
		;
	show("full stream", sv[0]);
	ioctl(sv[1], FIONREAD, &n);
	printf("stream holds more than 64k %d\n", n > 65536);
	read(sv[1], big, 4096);
	show("one read", sv[0]);
	for (i = 0; i < 60; i++)
		recv(sv[1], big, 4096, MSG_DONTWAIT);
	show("sixty read", sv[0]);
	result("shut rd", shutdown(sv[1], SHUT_RD));
	result("write", write(sv[0], "x", 1));
	show("writer", sv[0]);
	show("reader", sv[1]);
	result("seek", lseek(sv[0], 0, SEEK_SET));
	result("fsync", fsync(sv[0]));
	fstat(sv[0], &st);
	printf("socket mode %d\n", S_ISSOCK(st.st_mode));
	result("zero write", write(sv[1], "", 0));
	close(sv[0]);
	result("zero write to the dead", write(sv[1], "", 0));
	result("write to the dead", write(sv[1], "x", 1));
	return 0;
}
