// MSG_OOB on Unix stream sockets, as Linux has it: reads stop at the urgent byte and leave it out, recv() with MSG_OOB gets it
// once, a newer one makes the older ordinary, SO_OOBINLINE leaves it in the stream.
// expect: nothing urgent: EINVAL
// expect: SIGURG 1, POLLPRI 1
// expect: before the mark: abcdef, then at it 1
// expect: urgent: X, then EINVAL
// expect: behind it: ghi
// expect: left out: 12, 34
// expect: taken before its place: Z, 5, 6
// expect: the newer one: A, B
// expect: in the stream: p, qr
// expect: datagrams: EOPNOTSUPP
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];
static volatile sig_atomic_t urgent_signals;
static char buffers[4][32];

static void count(int signal)
{
	(void)signal;
	urgent_signals++;
}

static void say(const char *text, int flags)
{
	send(pair[0], text, strlen(text), flags);
}

/* What a recv gets, or why it gets nothing; `which` of the results this is. */
static const char *hear(int which, int flags)
{
	ssize_t n = recv(pair[1], buffers[which], sizeof buffers[which] - 1, flags | MSG_DONTWAIT);

	if (n < 0)
		return errno == EINVAL ? "EINVAL" : strerror(errno);
	buffers[which][n] = 0;
	return buffers[which];
}

int main(void)
{
	struct pollfd poller;
	int one = 1, mark;
	const char *first, *second, *third;

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	signal(SIGURG, count);
	fcntl(pair[1], F_SETOWN, getpid());
	poller.fd = pair[1];
	poller.events = POLLPRI;
	printf("nothing urgent: %s\n", hear(0, MSG_OOB));
	say("abc", 0);
	say("defX", MSG_OOB);
	say("ghi", 0);
	poll(&poller, 1, 0);
	printf("SIGURG %d, POLLPRI %d\n", (int)urgent_signals, (poller.revents & POLLPRI) != 0);
	first = hear(0, 0);
	ioctl(pair[1], SIOCATMARK, &mark);
	printf("before the mark: %s, then at it %d\n", first, mark);
	first = hear(0, MSG_OOB);
	second = hear(1, MSG_OOB);
	printf("urgent: %s, then %s\n", first, second);
	printf("behind it: %s\n", hear(0, 0));
	say("12", 0);
	say("Y", MSG_OOB);
	say("34", 0);
	first = hear(0, 0);
	second = hear(1, 0);
	printf("left out: %s, %s\n", first, second);
	say("5", 0);
	say("Z", MSG_OOB);
	say("6", 0);
	first = hear(0, MSG_OOB);
	second = hear(1, 0);
	third = hear(2, 0);
	printf("taken before its place: %s, %s, %s\n", first, second, third);
	say("A", MSG_OOB);
	say("B", MSG_OOB);
	first = hear(0, 0);
	second = hear(1, MSG_OOB);
	printf("the newer one: %s, %s\n", first, second);
	setsockopt(pair[1], SOL_SOCKET, SO_OOBINLINE, &one, sizeof one);
	say("p", 0);
	say("q", MSG_OOB);
	say("r", 0);
	first = hear(0, 0);
	second = hear(1, 0);
	printf("in the stream: %s, %s\n", first, second);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	printf("datagrams: %s\n", send(pair[0], "x", 1, MSG_OOB) < 0 && errno == EOPNOTSUPP ? "EOPNOTSUPP" : "?");
	return 0;
}
