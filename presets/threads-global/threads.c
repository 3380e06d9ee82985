/*
 * Threads of one process share its globals without asking. One thread waits
 * for the other by looking at a variable: no fork(), no mmap(), the same busy
 * waiting.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define MESSAGES 4

static volatile int message;		/* shared: it is one process */

static void *writer(void *unused)
{
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(2000);
		message = number;
		while (message != 0)
			usleep(100);		/* until it has been taken */
	}
	return unused;
}

int main(void)
{
	pthread_t thread;
	int number;

	if (pthread_create(&thread, NULL, writer, NULL) != 0)
		return 1;
	do {
		while (message == 0)
			;			/* busy waiting */
		number = message;
		printf("main: got %d\n", number);
		message = 0;
	} while (number != MESSAGES);
	pthread_join(thread, NULL);
	return 0;
}
