// A blocked signal stays pending, once however often it was sent, and comes when it is unblocked.
// expect: pending 1, handled 0
// expect: handled 1
// expect: sigsuspend let it in: 2
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile int handled;

static void count(int signal)
{
	(void)signal;
	handled++;
}

int main(void)
{
	sigset_t set, old, pending;

	signal(SIGUSR1, count);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	raise(SIGUSR1);
	sigpending(&pending);
	printf("pending %d, handled %d\n", sigismember(&pending, SIGUSR1), handled);
	sigprocmask(SIG_SETMASK, &old, NULL);
	printf("handled %d\n", handled);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	sigsuspend(&old);
	printf("sigsuspend let it in: %d\n", handled);
	return 0;
}
