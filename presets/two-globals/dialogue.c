/*
 * Two variables, two directions: the parent asks through `left`, the child
 * answers through `right`. Each variable has one writer, so the two never
 * overwrite each other, but both processes wait by looking.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 4
#define EMPTY 0

static volatile int *left;	/* parent to child */
static volatile int *right;	/* child to parent */

static int take(volatile int *box)
{
	int value;

	while ((value = *box) == EMPTY)
		;			/* busy waiting */
	*box = EMPTY;
	return value;
}

static void asker(void)
{
	for (int number = 1; number <= ROUNDS; number++) {
		usleep(1500);		/* think of a question */
		*left = number;
		printf("asker: %d squared is %d\n", number, take(right));
	}
}

static void answerer(void)
{
	int number;

	do {
		number = take(left);
		usleep(1500);		/* work out the answer */
		*right = number * number;
	} while (number != ROUNDS);
}

static volatile int *shared_int(void)
{
	volatile int *address = mmap(NULL, sizeof *address, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (address == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	return address;
}

int main(void)
{
	left = shared_int();
	right = shared_int();

	prctl(PR_SET_NAME, "asker");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "answerer");
		answerer();
		exit(0);
	}
	asker();
	waitpid(child, NULL, 0);
	return 0;
}
