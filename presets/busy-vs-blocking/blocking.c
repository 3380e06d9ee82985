/*
 * The reader blocks: it asks once for each line, in read(), and the kernel
 * wakes it when the writer has put one into the pipe. Compare with polling.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 6

static void write_slowly(int pipe_end)
{
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(2500);
		if (dprintf(pipe_end, "%d\n", number) < 0) {
			perror("write");
			exit(1);
		}
	}
}

static void block_for_numbers(int pipe_end)
{
	FILE *pipe_stream = fdopen(pipe_end, "r");
	char line[80];

	while (fgets(line, sizeof line, pipe_stream) != NULL)	/* sleeps in read() */
		printf("blocking: got %s", line);
}

int main(void)
{
	int fd[2];

	if (pipe(fd) == -1) {
		perror("pipe");
		return 1;
	}
	prctl(PR_SET_NAME, "pipe-reader");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "pipe-writer");
		close(fd[0]);
		write_slowly(fd[1]);
		exit(0);
	}
	close(fd[1]);
	block_for_numbers(fd[0]);
	waitpid(child, NULL, 0);
	return 0;
}
