// poll() waits on several pipes at once, and tells data from hang-up.
// expect: timeout 0
// expect: b ready: x
// expect: a hung up 1
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int a[2], b[2];
	char c;

	if (pipe(a) == -1 || pipe(b) == -1)
		return 1;
	struct pollfd fds[2] = {{a[0], POLLIN, 0}, {b[0], POLLIN, 0}};
	printf("timeout %d\n", poll(fds, 2, 10));
	fflush(stdout);
	if (fork() == 0) {
		usleep(5000);
		_exit(write(b[1], "x", 1) != 1);
	}
	int ready = poll(fds, 2, -1);
	if (ready == 1 && fds[1].revents == POLLIN && read(b[0], &c, 1) == 1)
		printf("b ready: %c\n", c);
	wait(NULL);
	close(a[1]);
	ready = poll(fds, 1, 0);
	printf("a hung up %d\n", ready == 1 && (fds[0].revents & POLLHUP) != 0);
	return 0;
}
