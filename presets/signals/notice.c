/*
 * Shared memory carries the number, a signal carries the news. The reader
 * sleeps in sigsuspend() until SIGUSR1 says that a number has come, and answers
 * with SIGUSR1 when it has taken it.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 4

static volatile int *shared;
static volatile sig_atomic_t noticed;

static void on_signal(int number)
{
	(void)number;
	noticed = 1;
}

/* `awake` is the mask with SIGUSR1 let through. */
static void wait_for_notice(const sigset_t *awake)
{
	while (!noticed)
		sigsuspend(awake);	/* lets the signal in and sleeps, in one step */
	noticed = 0;
}

int main(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t usr1, awake;

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	sigaction(SIGUSR1, &action, NULL);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, &awake);	/* only sigsuspend() lets it in */

	prctl(PR_SET_NAME, "writer");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "reader");
		for (int i = 0; i < MESSAGES; i++) {
			wait_for_notice(&awake);
			printf("reader: got %d\n", *shared);
			kill(getppid(), SIGUSR1);	/* taken */
		}
		exit(0);
	}
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(2000);
		*shared = number * 11;
		kill(child, SIGUSR1);			/* it is there */
		wait_for_notice(&awake);
	}
	waitpid(child, NULL, 0);
	return 0;
}
