// What a Unix socket takes before it is full depends on the size of the messages: each is charged with its buffers. A
// sender without a name has an address of length 0.
// expect: stream 278 167 93 49 34 11
// expect: datagram length 0, 3 bytes
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static char bytes[20000];

static int sends(int type, int size)
{
	int pair[2], count = 0;

	socketpair(AF_UNIX, type, 0, pair);
	while (send(pair[0], bytes, size, MSG_DONTWAIT) == size)
		count++;
	close(pair[0]);
	close(pair[1]);
	return count;
}

int main(void)
{
	struct sockaddr_un name = {AF_UNIX, "box"}, from;
	socklen_t length = sizeof from;
	int box = socket(AF_UNIX, SOCK_DGRAM, 0), sender = socket(AF_UNIX, SOCK_DGRAM, 0);

	printf("stream %d %d %d %d %d %d\n", sends(SOCK_STREAM, 100), sends(SOCK_STREAM, 500), sends(SOCK_STREAM, 1000),
	       sends(SOCK_STREAM, 3000), sends(SOCK_STREAM, 5000), sends(SOCK_STREAM, 20000));
	unlink("box");
	bind(box, (struct sockaddr *)&name, sizeof name);
	sendto(sender, "abc", 3, 0, (struct sockaddr *)&name, sizeof name);
	int count = recvfrom(box, bytes, 10, 0, (struct sockaddr *)&from, &length);
	printf("datagram length %d, %d bytes\n", (int)length, count);
	unlink("box");
	return 0;
}
