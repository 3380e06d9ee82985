// SO_RCVTIMEO ends a wait with EAGAIN; so does a full socket with SO_SNDTIMEO, after a partial write.
// expect: read -1 Resource temporarily unavailable waited 1
// expect: waitall 4
// expect: write partial 1
// expect: write -1 Resource temporarily unavailable
// expect: accept -1 Resource temporarily unavailable
// expect: recv -1 Resource temporarily unavailable
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

int main(void)
{
	int sv[2], s = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0), n;
	struct timeval tv = {0, 50000};
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char b[64];
	static char big[1 << 20];
	double before;
	socketpair(AF_UNIX, SOCK_STREAM, 0, sv);
	setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	setsockopt(sv[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof tv);
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	setsockopt(u, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
	before = now();
	n = (int)read(sv[0], b, sizeof b);
	printf("read %d %s waited %d\n", n, strerror(errno), now() - before >= 0.05);
	write(sv[1], "part", 4);
	n = (int)recv(sv[0], b, sizeof b, MSG_WAITALL);
	printf("waitall %d\n", n);
	n = (int)write(sv[0], big, sizeof big);
	printf("write partial %d\n", n > 0 && n < (int)sizeof big);
	n = (int)write(sv[0], big, sizeof big);
	printf("write %d %s\n", n, strerror(errno));
	bind(s, (struct sockaddr *)&a, sizeof a);
	listen(s, 1);
	n = accept(s, NULL, NULL);
	printf("accept %d %s\n", n, strerror(errno));
	n = (int)recv(u, b, sizeof b, 0);
	printf("recv %d %s\n", n, strerror(errno));
	return 0;
}
