/*
 * One variable, one direction: the parent puts numbers into a mailbox that
 * both processes share, the child takes them out. Nothing tells the child
 * that a number has come, so it has to look again and again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 5
#define EMPTY 0

static volatile int *mailbox;

static void writer(void)
{
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(1500);			/* the work that makes the number */
		while (*mailbox != EMPTY)
			;			/* busy waiting: is it free again? */
		*mailbox = number;
	}
}

static void reader(void)
{
	int number;

	do {
		while (*mailbox == EMPTY)
			;			/* busy waiting: has anything come? */
		number = *mailbox;
		printf("reader: got %d\n", number);
		*mailbox = EMPTY;
	} while (number != MESSAGES);
}

int main(void)
{
	mailbox = mmap(NULL, sizeof *mailbox, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (mailbox == MAP_FAILED) {
		perror("mmap");
		return 1;
	}

	prctl(PR_SET_NAME, "writer");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "reader");
		reader();
		exit(0);
	}
	writer();
	waitpid(child, NULL, 0);
	return 0;
}
