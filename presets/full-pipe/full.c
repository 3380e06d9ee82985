/*
 * A pipe holds 65,536 bytes. A writer that is faster than its reader fills it,
 * and then sleeps in write() until the reader has made room.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define BLOCK 8192
#define BLOCKS 12

static char block[BLOCK];

static void writer(int pipe_end)
{
	memset(block, '#', sizeof block);
	for (int i = 0; i < BLOCKS; i++) {
		if (write(pipe_end, block, sizeof block) == -1) {
			perror("write");
			exit(1);
		}
	}
}

static void reader(int pipe_end)
{
	long total = 0;
	ssize_t count;

	do {
		usleep(2000);			/* a slow reader */
		count = read(pipe_end, block, sizeof block);
		total += count > 0 ? count : 0;
	} while (count > 0);
	printf("reader: %ld bytes\n", total);
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
