// Urgent data of TCP: MSG_OOB, reads that stop at the mark, sockatmark(3), SIGURG, POLLPRI, SO_OOBINLINE.
// expect: no urgent data: EINVAL
// expect: SIGURG 1, POLLPRI 1
// expect: before the mark: 123
// expect: at the mark: 1
// expect: urgent byte: 4, again: EINVAL
// expect: behind the mark: 56, at the mark: 0
// expect: passed over unread: ab then d
// expect: in line: xy then z!
// expect: a datagram has none: EOPNOTSUPP
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t urgent;

static void on_urgent(int signal)
{
	(void)signal;
	urgent = 1;
}

static const char *name(long result)
{
	return result >= 0 ? "no error" : errno == EINVAL ? "EINVAL" : errno == EOPNOTSUPP ? "EOPNOTSUPP" : "other";
}

static int get(int fd, char *buffer, int flags)
{
	int n = (int)recv(fd, buffer, 100, flags);

	buffer[n < 0 ? 0 : n] = 0;
	return n;
}

/* Until everything sent has arrived. */
static void settle(void)
{
	usleep(50000);
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0), a = socket(AF_INET, SOCK_STREAM, 0), b, on = 1;
	char buffer[128], more[128];
	struct pollfd poll_ = {.events = POLLPRI};

	if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 1) < 0 ||
	    getsockname(listener, (struct sockaddr *)&address, &length) < 0 ||
	    connect(a, (struct sockaddr *)&address, sizeof address) < 0)
		return 1;
	b = accept(listener, NULL, NULL);
	signal(SIGURG, on_urgent);
	fcntl(b, F_SETOWN, getpid());
	printf("no urgent data: %s\n", name(recv(b, buffer, 1, MSG_OOB)));

	send(a, "123", 3, 0);
	send(a, "4", 1, MSG_OOB);
	send(a, "56", 2, 0);
	settle();
	poll_.fd = b;
	poll(&poll_, 1, 1000);
	printf("SIGURG %d, POLLPRI %d\n", (int)urgent, (poll_.revents & POLLPRI) != 0);
	get(b, buffer, 0);
	printf("before the mark: %s\n", buffer);
	printf("at the mark: %d\n", sockatmark(b));
	get(b, buffer, MSG_OOB);
	printf("urgent byte: %s, again: %s\n", buffer, name(recv(b, more, 1, MSG_OOB)));
	get(b, buffer, 0);
	printf("behind the mark: %s, at the mark: %d\n", buffer, sockatmark(b));

	send(a, "abc", 3, MSG_OOB);
	send(a, "d", 1, 0);
	settle();
	get(b, buffer, 0);
	get(b, more, 0);
	printf("passed over unread: %s then %s\n", buffer, more);

	setsockopt(b, SOL_SOCKET, SO_OOBINLINE, &on, sizeof on);
	send(a, "xyz", 3, MSG_OOB);
	send(a, "!", 1, 0);
	settle();
	get(b, buffer, 0);
	get(b, more, 0);
	printf("in line: %s then %s\n", buffer, more);
	listener = socket(AF_INET, SOCK_DGRAM, 0);
	printf("a datagram has none: %s\n", name(sendto(listener, "x", 1, MSG_OOB, (struct sockaddr *)&address, sizeof address)));
	return 0;
}
