/*
 * The reader forgot to close its own copy of the write end. The writer ends,
 * but the pipe still has a writer: the reader itself. It waits for ever.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void reader(int pipe_end)
{
	char letter;

	while (read(pipe_end, &letter, 1) == 1) {
		printf("reader: %c\n", letter);
		fflush(stdout);
	}
	printf("reader: end of file\n");	/* never printed */
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
		/* close(fd[1]) is missing here */
		reader(fd[0]);
		exit(0);
	}
	close(fd[0]);
	usleep(500);			/* let the reader come first */
	if (write(fd[1], "abc", 3) != 3)
		perror("write");
	close(fd[1]);
	waitpid(child, NULL, 0);
	return 0;
}
