// vfork(2): its parent sleeps on whatever handlers are due, and takes the signals afterwards; only one that kills ends the
// wait. clone(2): an exit signal that is none is not sent.
// expect: handler after the child
// expect: killed by 9 before the child has ended
// expect: child goes on
// expect: strange exit signal: 7
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int caught;

static void on_signal(int signal)
{
	caught = signal;
}

static void say(const char *text)
{
	write(1, text, strlen(text));
}

static int seven(void *argument)
{
	return *(int *)argument;
}

int main(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	int status, value = 7;
	char *stack = malloc(65536);
	pid_t middle, child;

	sigaction(SIGUSR1, &action, NULL);
	if (vfork() == 0) {
		kill(getppid(), SIGUSR1);
		usleep(1000);
		_exit(caught);
	}
	wait(&status);
	say(WEXITSTATUS(status) == 0 && caught == SIGUSR1 ? "handler after the child\n" : "handler early\n");

	middle = fork();
	if (middle == 0) {
		volatile int kept = 1;
		if (vfork() == 0) {
			kill(getppid(), SIGKILL);
			usleep(50000);
			say(kept == 1 ? "child goes on\n" : "child is lost\n");
			_exit(0);
		}
		say("parent goes on\n");
		_exit(kept);
	}
	waitpid(middle, &status, 0);
	say(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? "killed by 9 before the child has ended\n" : "not killed\n");
	usleep(100000);

	child = clone(seven, stack + 65536, CLONE_VM | 200, &value);
	waitpid(child, &status, __WALL);
	printf("strange exit signal: %d\n", WEXITSTATUS(status));
	free(stack);
	return 0;
}
