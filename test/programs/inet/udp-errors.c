// UDP in odd situations: sizes, states, errors of connected sockets.
// expect: bind: 0 
// expect: listen: -1 Operation not supported
// expect: accept: -1 Operation not supported
// expect: getpeername: -1 Transport endpoint is not connected
// expect: port 0: -1 Invalid argument
// expect: short address: -1 Invalid argument
// expect: too long: -1 Message too long
// expect: longest: 65507 
// expect: recv dontwait: 32 
// expect: empty datagram: 0 
// expect: FIONREAD: 0 
// expect: 0
// expect: recv empty: 0 
// expect: shutdown unconnected: -1 Transport endpoint is not connected
// expect: send after: -1 Broken pipe
// expect: connect: 0 
// expect: local address 127.0.0.1 has port 1
// expect: send: 3 
// expect: send to another: 3 
// expect: recvfrom: 3 
// expect: recv: 3 
// expect: send to nobody: 1 
// expect: poll 1 in 0 out 1 err 1
// expect: second send: -1 Connection refused
// expect: recv: -1 Resource temporarily unavailable
// expect: disconnect: 0 
// expect: send now: -1 Destination address required
// expect: port after disconnect 1
// expect: broadcast: -1 Permission denied
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void result(const char *what, long r)
{
	printf("%s: %ld %s\n", what, r, r < 0 ? strerror(errno) : "");
}

int main(void)
{
	int s = socket(AF_INET, SOCK_DGRAM, 0), c = socket(AF_INET, SOCK_DGRAM, 0), d, n;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}, from, none = a;
	socklen_t l = sizeof a;
	static char big[70000];
	char b[32];
	struct sockaddr un = {.sa_family = AF_UNSPEC};
	result("bind", bind(s, (struct sockaddr *)&a, sizeof a));
	getsockname(s, (struct sockaddr *)&a, &l);
	result("listen", listen(s, 1));
	result("accept", accept(s, NULL, NULL));
	result("getpeername", getpeername(s, (struct sockaddr *)&from, &l));
	result("port 0", sendto(c, "x", 1, 0, (struct sockaddr *)&none, sizeof none));
	result("short address", sendto(c, "x", 1, 0, (struct sockaddr *)&a, 4));
	result("too long", sendto(c, big, 65508, 0, (struct sockaddr *)&a, sizeof a));
	result("longest", sendto(c, big, 65507, 0, (struct sockaddr *)&a, sizeof a));
	result("recv dontwait", recv(s, b, sizeof b, MSG_DONTWAIT));
	result("empty datagram", sendto(c, "", 0, 0, (struct sockaddr *)&a, sizeof a));
	result("FIONREAD", ioctl(s, FIONREAD, &n));
	printf("%d\n", n);
	result("recv empty", recv(s, b, sizeof b, 0));
	result("shutdown unconnected", shutdown(c, SHUT_WR));
	result("send after", sendto(c, "x", 1, MSG_NOSIGNAL, (struct sockaddr *)&a, sizeof a));
	c = socket(AF_INET, SOCK_DGRAM, 0);
	result("connect", connect(c, (struct sockaddr *)&a, sizeof a));
	l = sizeof from;
	getsockname(c, (struct sockaddr *)&from, &l);
	printf("local address %s has port %d\n", inet_ntoa(from.sin_addr), from.sin_port != 0);
	result("send", send(c, "one", 3, 0));
	result("send to another", sendto(c, "two", 3, 0, (struct sockaddr *)&a, sizeof a));
	l = sizeof from;
	result("recvfrom", recvfrom(s, b, sizeof b, 0, (struct sockaddr *)&from, &l));
	result("recv", recv(s, b, sizeof b, 0));
	close(s);
	result("send to nobody", send(c, "x", 1, 0));
	usleep(20000);
	{
		struct pollfd p = {c, POLLIN | POLLOUT, 0};
		n = poll(&p, 1, 0);
		printf("poll %d in %d out %d err %d\n", n, !!(p.revents & POLLIN), !!(p.revents & POLLOUT), !!(p.revents & POLLERR));
	}
	result("second send", send(c, "x", 1, 0));
	usleep(20000);
	result("recv", recv(c, b, 1, MSG_DONTWAIT));
	result("disconnect", connect(c, &un, sizeof un));
	result("send now", send(c, "x", 1, 0));
	l = sizeof from;
	getsockname(c, (struct sockaddr *)&from, &l);
	printf("port after disconnect %d\n", from.sin_port != 0);
	d = socket(AF_INET, SOCK_DGRAM, 0);
	none.sin_addr.s_addr = htonl(INADDR_BROADCAST);
	none.sin_port = htons(9);
	result("broadcast", sendto(d, "x", 1, 0, (struct sockaddr *)&none, sizeof none));
	return 0;
}
