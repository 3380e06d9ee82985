// A control message with no room but for its header and a part comes cut, with MSG_CTRUNC; without room for the header it
// does not come. unix(7), cmsg(3).
// expect: room 64: 3 bytes, cut 0, used 32, type 1 of 28
// expect: room 32: 3 bytes, cut 0, used 32, type 1 of 28
// expect: room 28: 3 bytes, cut 0, used 28, type 1 of 28
// expect: room 20: 3 bytes, cut 1, used 20, type 1 of 20
// expect: room 16: 3 bytes, cut 1, used 16, type 1 of 16
// expect: room 15: 3 bytes, cut 1, used 0
// expect: room 0: 3 bytes, cut 1, used 0
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static void receive(size_t room)
{
	union {
		struct cmsghdr header;
		char bytes[64];
	} control;
	char text[8];
	struct iovec part = { text, sizeof text };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = room };
	struct cmsghdr *header;
	long n = recvmsg(pair[1], &message, 0);

	printf("room %zu: %ld bytes, cut %d, used %zu", room, n, !!(message.msg_flags & MSG_CTRUNC), (size_t)message.msg_controllen);
	header = CMSG_FIRSTHDR(&message);
	if (header)
		printf(", type %d of %zu", header->cmsg_type == SCM_CREDENTIALS, (size_t)header->cmsg_len);
	printf("\n");
}

int main(void)
{
	static const size_t rooms[] = { 64, 32, 28, 20, 16, 15, 0 };
	int on = 1;

	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		if (send(pair[0], "abc", 3, 0) != 3)
			return 1;
		receive(rooms[i]);
	}
	return 0;
}
