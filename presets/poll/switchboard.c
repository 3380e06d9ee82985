/*
 * One operator, three callers on three pipes. read() can sleep on one pipe
 * only; poll() sleeps on all of them and says which have something.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLERS 3

static void caller(int pipe_end, int number)
{
	char name[] = "caller-0", letter = 'a' + number;

	name[7] += number;
	prctl(PR_SET_NAME, name);
	usleep(6000 - 2000 * number);		/* the last one calls first */
	if (write(pipe_end, &letter, 1) != 1)
		exit(1);
	usleep(7000);				/* hangs up later */
	exit(0);
}

int main(void)
{
	struct pollfd lines[CALLERS];
	int open_lines = CALLERS;
	char letter;

	setlinebuf(stdout);
	for (int i = 0; i < CALLERS; i++) {
		int fd[2];

		if (pipe(fd) == -1) {
			perror("pipe");
			return 1;
		}
		if (fork() == 0)
			caller(fd[1], i);
		close(fd[1]);
		lines[i] = (struct pollfd){.fd = fd[0], .events = POLLIN};
	}
	prctl(PR_SET_NAME, "operator");
	while (open_lines > 0) {
		if (poll(lines, CALLERS, -1) == -1)	/* sleeps on all three */
			return 1;
		for (int i = 0; i < CALLERS; i++) {
			if (lines[i].revents == 0)
				continue;
			if (read(lines[i].fd, &letter, 1) == 1) {
				printf("line %d: %c\n", i, letter);
			} else {
				printf("line %d: hung up\n", i);
				lines[i].fd = -1;	/* poll() skips it */
				open_lines--;
			}
		}
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
