/*
 * Threads of one process share its globals without asking. One thread waits
 * for the other by looking at a variable: no fork(), no mmap(), the same busy
 * waiting.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static volatile int message;		/* shared: it is one process */

static void *writer(void *unused)
{
	for (int number = 1; number <= 4; number++) {
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

	if (pthread_create(&thread, NULL, writer, NULL) != 0)
		return 1;
	for (int i = 0; i < 4; i++) {
		while (message == 0)
			;			/* busy waiting */
		printf("main: got %d\n", message);
		message = 0;
	}
	pthread_join(thread, NULL);
	return 0;
}
