// A read() in a pipe: with SA_RESTART it goes on after the handler, without it fails with EINTR.
// expect: restarted: x
// expect: Interrupted system call
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing(int signal) { (void)signal; }

int main(void)
{
	int fd[2];
	char c = '?';
	struct sigaction action = {.sa_handler = nothing, .sa_flags = SA_RESTART};

	if (pipe(fd) == -1)
		return 1;
	sigaction(SIGUSR1, &action, NULL);
	if (fork() == 0) {
		usleep(10000);
		kill(getppid(), SIGUSR1);
		usleep(10000);
		_exit(write(fd[1], "x", 1) != 1);
	}
	if (read(fd[0], &c, 1) == 1)
		printf("restarted: %c\n", c);
	wait(NULL);
	action.sa_flags = 0;
	sigaction(SIGUSR1, &action, NULL);
	if (fork() == 0) {
		usleep(10000);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	if (read(fd[0], &c, 1) == -1)
		printf("%s\n", strerror(errno));
	wait(NULL);
	return 0;
}
