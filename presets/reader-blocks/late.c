/*
 * The smallest lesson in blocking: the reader calls read() first, the writer
 * computes for a while and writes once. Watch the reader's state:
 * running, blocked, ready, running.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned think(void)
{
	unsigned thought = 1;

	for (int i = 0; i < 2000; i++)
		thought = thought * 1103515245 + 12345;
	return thought;
}

int main(void)
{
	int fd[2];
	char letter;

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
		if (read(fd[0], &letter, 1) == 1)	/* sleeps here */
			printf("reader: %c\n", letter);
		exit(0);
	}
	usleep(100);			/* let the reader come first */
	letter = think() != 0 ? '!' : '?';
	if (write(fd[1], &letter, 1) != 1)
		perror("write");
	think();				/* it does not wait for the reader */
	waitpid(child, NULL, 0);
	return 0;
}
