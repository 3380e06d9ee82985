// alarm() ends a sleep; a child is stopped, continued and killed, and its parent sees each.
// expect: some left 1, alarmed 1
// expect: stopped by 19
// expect: continued
// expect: killed by 15
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int alarmed;

static void on_alarm(int signal)
{
	(void)signal;
	alarmed = 1;
}

int main(void)
{
	int status;

	signal(SIGALRM, on_alarm);
	alarm(1);
	unsigned left = sleep(3);
	printf("some left %d, alarmed %d\n", left > 0, alarmed);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		for (;;)
			pause();
	}
	kill(child, SIGSTOP);
	waitpid(child, &status, WUNTRACED);
	printf("stopped by %d\n", WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
	kill(child, SIGCONT);
	waitpid(child, &status, WCONTINUED);
	printf("%s\n", WIFCONTINUED(status) ? "continued" : "?");
	kill(child, SIGTERM);
	waitpid(child, &status, 0);
	printf("killed by %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	return 0;
}
