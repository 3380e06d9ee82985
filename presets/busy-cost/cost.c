/*
 * The same work is done twice while somebody waits for its result: first a
 * child that sleeps in read(), then a child that looks at a shared variable
 * all the time. On one CPU the second child takes half of every two time
 * slices from the very work that it is waiting for.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int *result;
static int primes;			/* found so far */

static int work(void)
{
	primes = 0;
	for (int n = 2; n < 250; n++) {
		int divisor = 2;

		while (n % divisor != 0)
			divisor++;
		if (divisor == n)
			primes++;
	}
	return primes;
}

static void beside_a_sleeper(void)
{
	int fd[2], value;

	if (pipe(fd) == -1)
		exit(1);
	if (fork() == 0) {
		prctl(PR_SET_NAME, "sleeper");
		if (read(fd[0], &value, sizeof value) == sizeof value)
			printf("sleeper: %d primes\n", value);
		exit(0);
	}
	usleep(100);			/* let it go to sleep */
	value = work();
	if (write(fd[1], &value, sizeof value) != sizeof value)
		exit(1);
	wait(NULL);
}

static void beside_a_spinner(void)
{
	if (fork() == 0) {
		prctl(PR_SET_NAME, "spinner");
		while (*result == 0)
			;			/* busy waiting */
		printf("spinner: %d primes\n", *result);
		exit(0);
	}
	usleep(100);			/* let it begin to wait */
	*result = work();
	wait(NULL);
}

int main(void)
{
	result = mmap(NULL, sizeof *result, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (result == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	prctl(PR_SET_NAME, "worker");
	beside_a_sleeper();
	beside_a_spinner();
	return 0;
}
