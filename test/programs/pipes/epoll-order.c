// What epoll_wait(2) reports comes in the order in which it became ready; what is reported by level goes to the end of
// the list, what is reported by edge leaves it until the next change. epoll(7).
// expect: the last written first: 2 1 0
// expect: one at a time: 2
// expect: the next: 1
// expect: and all, those reported behind: 0 2 1
// expect: without the one read: 0 2
// expect: it comes last: 0 2 1
// expect: edge once: 0 2 1
// expect: by level only: 0 1
// expect: a new edge comes behind: 0 1 2
// expect: one taken away: 1
// expect: ready when added: 1 0
// expect: once: 1
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

static int set, pipes[3][2];

static void show(const char *when, int limit)
{
	struct epoll_event events[4];
	int i, n = epoll_wait(set, events, limit, 0);

	printf("%s:", when);
	for (i = 0; i < n; i++)
		printf(" %d", events[i].data.fd);
	printf("\n");
}

static void change(int operation, int which, unsigned events)
{
	struct epoll_event event = { .events = events, .data = { .fd = which } };

	epoll_ctl(set, operation, pipes[which][0], &event);
}

int main(void)
{
	char byte;

	set = epoll_create1(0);
	for (int i = 0; i < 3; i++) {
		if (pipe(pipes[i]) < 0)
			return 1;
		change(EPOLL_CTL_ADD, i, EPOLLIN);
	}
	for (int i = 2; i >= 0; i--)
		if (write(pipes[i][1], "a", 1) != 1)
			return 1;
	show("the last written first", 4);
	show("one at a time", 1);
	show("the next", 1);
	show("and all, those reported behind", 4);
	if (read(pipes[1][0], &byte, 1) != 1)
		return 1;
	show("without the one read", 4);
	if (write(pipes[1][1], "b", 1) != 1)
		return 1;
	show("it comes last", 4);
	change(EPOLL_CTL_MOD, 2, EPOLLIN | EPOLLET);
	show("edge once", 4);
	show("by level only", 4);
	if (write(pipes[2][1], "c", 1) != 1)
		return 1;
	show("a new edge comes behind", 4);
	change(EPOLL_CTL_DEL, 0, 0);
	if (write(pipes[0][1], "d", 1) != 1)
		return 1;
	show("one taken away", 4);
	change(EPOLL_CTL_ADD, 0, EPOLLIN | EPOLLONESHOT);
	show("ready when added", 4);
	show("once", 4);
	return 0;
}
