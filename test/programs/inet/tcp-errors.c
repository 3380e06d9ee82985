// Errors of TCP calls in the wrong state, in the order Linux checks.
// expect: fresh: 1 POLLOUT POLLHUP
// expect: short bind: -1 Invalid argument
// expect: foreign bind: -1 Cannot assign requested address
// expect: wrong family: -1 Address family not supported by protocol
// expect: accept: -1 Invalid argument
// expect: shutdown: -1 Transport endpoint is not connected
// expect: bad shutdown: -1 Invalid argument
// expect: bind: 0 
// expect: listen: 0 
// expect: listen again: 0 
// expect: listening: 0
// expect: recv on listener: -1 Transport endpoint is not connected
// expect: connect listener: -1 Transport endpoint is already connected
// expect: connect: 0 
// expect: connect twice: -1 Transport endpoint is already connected
// expect: listen connected: -1 Invalid argument
// expect: bind connected: -1 Invalid argument
// expect: accept connected: -1 Invalid argument
// expect: connected: 1 POLLOUT
// expect: waiting: 1 POLLIN
// expect: FIONREAD: 0 
// expect: 5
// expect: FIONREAD listener: -1 Invalid argument
// expect: sendto with address: 1 
// expect: recvfrom: 5 
// expect: address length 0
// expect: recv 0: -1 Resource temporarily unavailable
// expect: recv dontwait: -1 Resource temporarily unavailable
// expect: bad pointer: -1 Resource temporarily unavailable
// expect: bad send: -1 Bad address
// expect: shut write: 0 
// expect: peer shut: 1 POLLIN POLLOUT POLLRDHUP
// expect: shut itself: 1 POLLIN POLLOUT
// expect: read at end: 0 
// expect: write after shutdown: -1 Broken pipe
// expect: shut write c: 0 
// expect: both shut: 1 POLLIN POLLOUT POLLRDHUP POLLHUP
// expect: both shut: 1 POLLIN POLLOUT POLLRDHUP POLLHUP
// expect: peer name after both: -1 Transport endpoint is not connected
// expect: peer name after both: -1 Transport endpoint is not connected
// expect: shutdown again: -1 Transport endpoint is not connected
// expect: shutdown again: -1 Transport endpoint is not connected
// expect: read k: 1 
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
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
	int s = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0), k, n;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, other = a;
	socklen_t l = sizeof a;
	char b[32];
	signal(SIGPIPE, SIG_IGN);
	show("fresh", s);
	result("short bind", bind(s, (struct sockaddr *)&a, 8));
	other.sin_addr.s_addr = htonl(0x01020304);
	result("foreign bind", bind(s, (struct sockaddr *)&other, sizeof other));
	other.sin_family = AF_UNIX;
	result("wrong family", bind(s, (struct sockaddr *)&other, sizeof other));
	result("accept", accept(s, NULL, NULL));
	result("shutdown", shutdown(socket(AF_INET, SOCK_STREAM, 0), SHUT_RDWR));
	result("bad shutdown", shutdown(s, 7));
	result("bind", bind(s, (struct sockaddr *)&a, sizeof a));
	getsockname(s, (struct sockaddr *)&a, &l);
	result("listen", listen(s, 2));
	result("listen again", listen(s, 5));
	show("listening", s);
	result("recv on listener", recv(s, b, 1, 0));
	result("connect listener", connect(s, (struct sockaddr *)&a, sizeof a));
	result("connect", connect(c, (struct sockaddr *)&a, sizeof a));
	result("connect twice", connect(c, (struct sockaddr *)&a, sizeof a));
	result("listen connected", listen(c, 1));
	result("bind connected", bind(c, (struct sockaddr *)&a, sizeof a));
	result("accept connected", accept(c, NULL, NULL));
	show("connected", c);
	show("waiting", s);
	k = accept(s, NULL, NULL);
	send(k, "hello", 5, 0);
	usleep(20000);
	result("FIONREAD", ioctl(c, FIONREAD, &n));
	printf("%d\n", n);
	result("FIONREAD listener", ioctl(s, FIONREAD, &n));
	result("sendto with address", sendto(c, "x", 1, 0, (struct sockaddr *)&a, sizeof a));
	l = sizeof a;
	other.sin_port = 77;
	result("recvfrom", recvfrom(c, b, 5, 0, (struct sockaddr *)&other, &l));
	printf("address length %d\n", (int)l);
	result("recv 0", recv(c, b, 0, MSG_DONTWAIT));
	result("recv dontwait", recv(c, b, 1, MSG_DONTWAIT));
	result("bad pointer", recv(c, (void *)16, 1, MSG_DONTWAIT));
	result("bad send", send(c, (void *)16, 1, 0));
	result("shut write", shutdown(k, SHUT_WR));
	usleep(20000);
	show("peer shut", c);
	show("shut itself", k);
	result("read at end", recv(c, b, 1, 0));
	result("write after shutdown", send(k, "x", 1, 0));
	result("shut write c", shutdown(c, SHUT_WR));
	usleep(20000);
	show("both shut", k);
	show("both shut", c);
	l = sizeof a;
	result("peer name after both", getpeername(k, (struct sockaddr *)&a, &l));
	result("peer name after both", getpeername(c, (struct sockaddr *)&a, &l));
	result("shutdown again", shutdown(k, SHUT_WR));
	result("shutdown again", shutdown(c, SHUT_WR));
	result("read k", recv(k, b, 1, 0));
	return 0;
}
