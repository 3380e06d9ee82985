// Without readers a write raises SIGPIPE, or fails with EPIPE where that is ignored.
// expect: child killed by 13
// expect: Broken pipe
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int fd[2], status;

	if (pipe(fd) == -1)
		return 1;
	close(fd[0]);
	if (fork() == 0) {
		if (write(fd[1], "x", 1) == 1)
			_exit(1);
		_exit(2);
	}
	wait(&status);
	printf("child killed by %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	signal(SIGPIPE, SIG_IGN);
	if (write(fd[1], "x", 1) == -1)
		printf("%s\n", strerror(errno));
	return 0;
}
