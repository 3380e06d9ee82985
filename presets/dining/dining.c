/*
 * Three philosophers, three forks. Everybody takes the left fork first and then
 * waits for the right one: with a pause in between, everybody holds one fork
 * and nobody will ever get the second.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define COUNT 3

static pthread_mutex_t fork_[COUNT];

static void *philosopher(void *argument)
{
	long seat = (long)argument;
	pthread_mutex_t *left = &fork_[seat], *right = &fork_[(seat + 1) % COUNT];

	pthread_mutex_lock(left);
	usleep(1000);				/* reach across the table */
	pthread_mutex_lock(right);
	printf("philosopher %ld eats\n", seat);
	pthread_mutex_unlock(right);
	pthread_mutex_unlock(left);
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
	printf("all have eaten\n");
	return 0;
}
