// A handler runs between two instructions; pause() returns after it; SA_SIGINFO tells the sender.
// expect: handled 10
// expect: pause: Interrupted system call
// expect: from child 1
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t seen;
static volatile pid_t sender;

static void note(int signal) { seen = signal; }

static void note_sender(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	sender = info->si_pid;
}

int main(void)
{
	struct sigaction action = {.sa_sigaction = note_sender, .sa_flags = SA_SIGINFO};

	signal(SIGUSR1, note);
	raise(SIGUSR1);
	printf("handled %d\n", seen);
	sigaction(SIGUSR2, &action, NULL);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		usleep(20000);
		kill(getppid(), SIGUSR2);
		_exit(0);
	}
	pause();
	printf("pause: %s\n", strerror(errno));
	printf("from child %d\n", sender == child);
	wait(NULL);
	return 0;
}
