// A receiver that doesn't read closes its window; the sender's bytes wait and go on when it reads. Reset of a half-read stream.
// expect: filled 1
// expect: all came 1 bad 0
// expect: writable 1
// expect: poll 1 err 1 hup 1
// expect: read: 3 
// expect: read: -1 Connection reset by peer
// expect: read: 0 
// expect: write: -1 Broken pipe
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void result(const char *what, long r)
{
	printf("%s: %ld %s\n", what, r, r < 0 ? strerror(errno) : "");
}

int main(void)
{
	int s = socket(AF_INET, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0), k, n, bad = 0;
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t l = sizeof a;
	static char b[65536];
	long sent = 0, got = 0;
	struct linger li = {1, 0};
	struct pollfd p;
	signal(SIGPIPE, SIG_IGN);
	n = 8192;
	setsockopt(s, SOL_SOCKET, SO_RCVBUF, &n, sizeof n);
	setsockopt(c, SOL_SOCKET, SO_SNDBUF, &n, sizeof n);
	bind(s, (struct sockaddr *)&a, sizeof a);
	getsockname(s, (struct sockaddr *)&a, &l);
	listen(s, 1);
	connect(c, (struct sockaddr *)&a, sizeof a);
	k = accept(s, NULL, NULL);
	fcntl(c, F_SETFL, O_NONBLOCK);
	for (;;) {
		memset(b, (int)(sent / 1000), 1000);
		n = (int)write(c, b, 1000);
		if (n < 0) {
			if (errno != EAGAIN)
				result("write", n);
			usleep(10000);
			p = (struct pollfd){c, POLLOUT, 0};
			if (poll(&p, 1, 0) == 0)
				break;
			continue;
		}
		sent += n;
		if (n != 1000)
			break;
	}
	printf("filled %d\n", sent > 4000 && sent < 200000);
	usleep(600000);
	while (got < sent) {
		n = (int)read(k, b, sizeof b);
		if (n <= 0)
			break;
		got += n;
	}
	printf("all came %d bad %d\n", got == sent, bad);
	p = (struct pollfd){c, POLLOUT, 0};
	printf("writable %d\n", poll(&p, 1, 1000));
	setsockopt(k, SOL_SOCKET, SO_LINGER, &li, sizeof li);
	write(k, "bye", 3);
	usleep(20000);
	close(k);
	usleep(20000);
	p = (struct pollfd){c, POLLIN, 0};
	n = poll(&p, 1, 0);
	printf("poll %d err %d hup %d\n", n, !!(p.revents & POLLERR), !!(p.revents & POLLHUP));
	result("read", read(c, b, 10));
	result("read", read(c, b, 10));
	result("read", read(c, b, 10));
	result("write", write(c, b, 10));
	return 0;
}
