/*
 * A pipe from parent to child. The child sleeps in read() while the pipe is
 * empty and is woken when something has been written: it asks only once for
 * each message and burns no CPU time in between.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const lines[] = {
	"a pipe has two ends\n",
	"what goes in first comes out first\n",
	"an empty pipe makes its reader wait\n",
	"the last writer to close ends it\n",
};

static void writer(int pipe_end)
{
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		usleep(3000);
		if (write(pipe_end, lines[i], strlen(lines[i])) == -1) {
			perror("write");
			exit(1);
		}
	}
}

static void reader(int pipe_end)
{
	char buffer[64];
	ssize_t count;

	while ((count = read(pipe_end, buffer, sizeof buffer)) > 0)
		fwrite(buffer, 1, count, stdout);
	printf("end of file\n");
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
		close(fd[1]);		/* or end of file would never come */
		reader(fd[0]);
		exit(0);
	}
	close(fd[0]);
	writer(fd[1]);
	close(fd[1]);
	waitpid(child, NULL, 0);
	return 0;
}
