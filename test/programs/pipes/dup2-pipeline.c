// Two processes joined as a shell joins them: the output of one is the input of the other.
// expect: sorted input: 3 lines, 14 bytes
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int fd[2];

	if (pipe(fd) == -1)
		return 1;
	if (fork() == 0) {
		dup2(fd[1], STDOUT_FILENO);
		close(fd[0]);
		close(fd[1]);
		printf("one\ntwo\nthree\n");
		exit(0);
	}
	if (fork() == 0) {
		int lines = 0, bytes = 0, c;
		dup2(fd[0], STDIN_FILENO);
		close(fd[0]);
		close(fd[1]);
		while ((c = getchar()) != EOF) {
			bytes++;
			lines += c == '\n';
		}
		printf("sorted input: %d lines, %d bytes\n", lines, bytes);
		exit(0);
	}
	close(fd[0]);
	close(fd[1]);
	while (wait(NULL) > 0)
		;
	return 0;
}
