/*
 * The philosophers of `dining`, cured: everybody takes the fork with the
 * smaller number first. The last one reaches for fork 0 before fork 2, so the
 * circle of waits can't close.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define COUNT 3

static pthread_mutex_t fork_[COUNT];
static volatile int meals[COUNT];

static void *philosopher(void *argument)
{
	long seat = (long)argument;
	int left = seat, right = (seat + 1) % COUNT;
	int first = left < right ? left : right;
	int second = left < right ? right : left;

	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&fork_[first]);
		usleep(1000);			/* reach across the table */
		pthread_mutex_lock(&fork_[second]);
		meals[seat]++;
		usleep(1000);			/* eat */
		pthread_mutex_unlock(&fork_[second]);
		pthread_mutex_unlock(&fork_[first]);
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[COUNT - 1];

	for (int i = 0; i < COUNT; i++)
		pthread_mutex_init(&fork_[i], NULL);
	for (long i = 0; i < COUNT - 1; i++)
		pthread_create(&threads[i], NULL, philosopher, (void *)i);
	usleep(200);				/* the main thread comes last */
	philosopher((void *)(COUNT - 1L));
	for (int i = 0; i < COUNT - 1; i++)
		pthread_join(threads[i], NULL);
	printf("meals: %d %d %d\n", meals[0], meals[1], meals[2]);
	return 0;
}
