/*
 * The reader polls: it asks a shared variable again and again until the
 * writer has put something there. Compare with blocking.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 6

static volatile int *shared;

static void write_slowly(void)
{
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(2500);
		*shared = number;
		while (*shared != 0)
			usleep(100);		/* not taken yet */
	}
}

static void poll_for_numbers(void)
{
	int number;

	do {
		while (*shared == 0)
			;			/* busy waiting */
		number = *shared;
		printf("polling: got %d\n", number);
		*shared = 0;
	} while (number != MESSAGES);
}

int main(void)
{
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	prctl(PR_SET_NAME, "poll-reader");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "poll-writer");
		write_slowly();
		exit(0);
	}
	poll_for_numbers();
	waitpid(child, NULL, 0);
	return 0;
}
