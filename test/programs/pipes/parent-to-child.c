// Bytes cross a pipe in order; the reader sees end of file when the last write end is closed.
// expect: got 5 bytes: hello
// expect: then 0
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int fd[2];
	char buffer[16];

	if (pipe(fd) == -1)
		return 1;
	if (fork() == 0) {
		close(fd[1]);
		ssize_t count = read(fd[0], buffer, sizeof buffer);
		printf("got %zd bytes: %.*s\n", count, (int)count, buffer);
		printf("then %zd\n", read(fd[0], buffer, sizeof buffer));
		exit(0);
	}
	close(fd[0]);
	if (write(fd[1], "hello", 5) != 5)
		return 1;
	close(fd[1]);
	wait(NULL);
	return 0;
}
