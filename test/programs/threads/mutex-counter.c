// Threads share globals; a mutex around the addition loses nothing; join delivers results.
// expect: 4000 10 20 30 40
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter;

static void *work(void *argument)
{
	long number = (long)argument;

	for (int i = 0; i < 1000; i++) {
		pthread_mutex_lock(&mutex);
		counter++;
		pthread_mutex_unlock(&mutex);
	}
	return (void *)(number * 10);
}

int main(void)
{
	pthread_t threads[4];
	void *result[4];

	for (long i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, work, (void *)(i + 1));
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], &result[i]);
	printf("%d %ld %ld %ld %ld\n", counter, (long)result[0], (long)result[1], (long)result[2], (long)result[3]);
	return 0;
}
