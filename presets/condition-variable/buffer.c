/*
 * A producer and a consumer thread with a buffer of three places. A mutex keeps
 * them apart; two condition variables tell each when to go on.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define SIZE 3
#define ITEMS 8

static int buffer[SIZE], count, in, out;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;

static void put(int item)
{
	pthread_mutex_lock(&mutex);
	while (count == SIZE)
		pthread_cond_wait(&not_full, &mutex);
	buffer[in] = item;
	in = (in + 1) % SIZE;
	count++;
	pthread_cond_signal(&not_empty);
	pthread_mutex_unlock(&mutex);
}

static int get(void)
{
	pthread_mutex_lock(&mutex);
	while (count == 0)
		pthread_cond_wait(&not_empty, &mutex);
	int item = buffer[out];
	out = (out + 1) % SIZE;
	count--;
	pthread_cond_signal(&not_full);
	pthread_mutex_unlock(&mutex);
	return item;
}

static void *produce(void *unused)
{
	for (int item = 1; item <= ITEMS; item++)
		put(item);
	return unused;
}

int main(void)
{
	pthread_t producer;

	pthread_create(&producer, NULL, produce, NULL);
	for (int i = 0; i < ITEMS; i++) {
		usleep(1500);			/* a slow consumer */
		printf("consumed %d\n", get());
	}
	pthread_join(producer, NULL);
	return 0;
}
