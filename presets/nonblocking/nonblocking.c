/*
 * The same pipe read in two ways: first with O_NONBLOCK, asking again and
 * again and hearing EAGAIN, then as it was, sleeping until something comes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void writer(int pipe_end)
{
	for (char letter = 'a'; letter <= 'd'; letter++) {
		usleep(3000);
		if (write(pipe_end, &letter, 1) != 1)
			exit(1);
	}
}

static char ask_until_there(int pipe_end)
{
	char letter;

	while (read(pipe_end, &letter, 1) == -1)
		if (errno != EAGAIN)
			exit(1);
	return letter;
}

static void reader(int pipe_end)
{
	char letter;
	int flags = fcntl(pipe_end, F_GETFL);

	fcntl(pipe_end, F_SETFL, flags | O_NONBLOCK);
	printf("asked for %c\n", ask_until_there(pipe_end));
	printf("asked for %c\n", ask_until_there(pipe_end));
	fcntl(pipe_end, F_SETFL, flags);
	while (read(pipe_end, &letter, 1) == 1)	/* sleeps until there is one */
		printf("slept for %c\n", letter);
}

int main(void)
{
	int fd[2];

	if (pipe(fd) == -1) {
		perror("pipe");
		return 1;
	}
	prctl(PR_SET_NAME, "writer");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "reader");
		close(fd[1]);
		reader(fd[0]);
		exit(0);
	}
	close(fd[0]);
	writer(fd[1]);
	close(fd[1]);
	waitpid(child, NULL, 0);
	return 0;
}
