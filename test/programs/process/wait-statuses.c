// wait() tells how a child ended: its status, or the signal that killed it.
// expect: exited 7
// expect: exited 255
// expect: killed 9
// expect: killed 6
// expect: killed 11
// expect: killed 8
// expect: no more: 1
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void fault(void)
{
	volatile int *nowhere = NULL;
	*nowhere = 1;
}

static void divide(void)
{
	volatile int zero = 0;
	exit(10 / zero);
}

static void seven(void) { exit(7); }
static void minus_one(void) { _exit(-1); }
static void kill_self(void) { kill(getpid(), SIGKILL); }

int main(void)
{
	void (*const endings[])(void) = {seven, minus_one, kill_self, abort, fault, divide};
	int status;

	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		pid_t child = fork();
		if (child == 0) {
			endings[i]();
			_exit(99);
		}
		waitpid(child, &status, 0);
		if (WIFEXITED(status))
			printf("exited %d\n", WEXITSTATUS(status));
		else if (WIFSIGNALED(status))
			printf("killed %d\n", WTERMSIG(status));
	}
	printf("no more: %d\n", wait(&status) == -1 && errno == ECHILD);
	return 0;
}
