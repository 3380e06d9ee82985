// Sequenced packets keep boundaries, tell the end of a record, and end like a stream.
// expect: 4 firs truncated 1 record 0
// expect: 6 second
// expect: empty -1 Resource temporarily unavailable
// expect: end 0
// expect: send -1 Broken pipe
// expect: unconnected send -1 Transport endpoint is not connected
// expect: unconnected recv -1 Transport endpoint is not connected
// expect: nameless connect -1 Invalid argument
// expect: bind 0
// expect: listen 0
// expect: stream to seqpacket -1 Protocol wrong type for socket
// expect: connect 0
// expect: empty packet 0
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(void)
{
	int sv[2], n, s, c, a;
	char b[16];
	struct iovec v = {b, 4};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	struct sockaddr_un u = {.sun_family = AF_UNIX};
	socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sv);
	send(sv[0], "first", 5, 0);
	send(sv[0], "second", 6, 0);
	n = (int)recvmsg(sv[1], &m, 0);
	printf("%d %.*s truncated %d record %d\n", n, n, b, (m.msg_flags & MSG_TRUNC) != 0, (m.msg_flags & MSG_EOR) != 0);
	n = (int)read(sv[1], b, sizeof b);
	printf("%d %.*s\n", n, n, b);
	n = (int)recv(sv[1], b, 1, MSG_DONTWAIT);
	printf("empty %d %s\n", n, strerror(errno));
	close(sv[0]);
	printf("end %d\n", (int)recv(sv[1], b, 1, 0));
	n = (int)send(sv[1], "x", 1, MSG_NOSIGNAL);
	printf("send %d %s\n", n, strerror(errno));
	s = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	n = (int)send(s, "x", 1, MSG_NOSIGNAL);
	printf("unconnected send %d %s\n", n, strerror(errno));
	n = (int)recv(s, b, 1, 0);
	printf("unconnected recv %d %s\n", n, strerror(errno));
	n = connect(s, (struct sockaddr *)&u, 2);
	printf("nameless connect %d %s\n", n, strerror(errno));
	strcpy(u.sun_path, "seq");
	printf("bind %d\n", bind(s, (struct sockaddr *)&u, sizeof u));
	printf("listen %d\n", listen(s, 1));
	c = socket(AF_UNIX, SOCK_STREAM, 0);
	n = connect(c, (struct sockaddr *)&u, sizeof u);
	printf("stream to seqpacket %d %s\n", n, strerror(errno));
	c = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	printf("connect %d\n", connect(c, (struct sockaddr *)&u, sizeof u));
	a = accept(s, NULL, NULL);
	send(a, "", 0, 0);
	printf("empty packet %d\n", (int)recv(c, b, 1, 0));
	unlink("seq");
	return 0;
}
