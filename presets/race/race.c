/*
 * Two threads add to one counter. counter++ is a load, an addition and a store;
 * if both load before either stores, one addition is lost. The barrier arranges
 * that accident at every turn. Then the same additions under a mutex.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define TURNS 10

static volatile int counter;
static pthread_barrier_t both_have_looked;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *add_carelessly(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		int seen = counter;

		pthread_barrier_wait(&both_have_looked);
		counter = seen + 1;
		usleep(500);
	}
	return unused;
}

static void *add_carefully(void *unused)
{
	for (int i = 0; i < TURNS; i++) {
		pthread_mutex_lock(&mutex);
		int seen = counter;

		usleep(500);			/* time enough for an accident */
		counter = seen + 1;
		pthread_mutex_unlock(&mutex);
	}
	return unused;
}

static int count(void *(*add)(void *))
{
	pthread_t other;

	counter = 0;
	pthread_create(&other, NULL, add, NULL);
	add(NULL);				/* the main thread is the second one */
	pthread_join(other, NULL);
	return counter;
}

int main(void)
{
	pthread_barrier_init(&both_have_looked, NULL, 2);
	printf("without mutex: %d of %d\n", count(add_carelessly), 2 * TURNS);
	printf("with mutex: %d of %d\n", count(add_carefully), 2 * TURNS);
	return 0;
}
