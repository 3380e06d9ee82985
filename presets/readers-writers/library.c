/*
 * Readers and writers. Many may read at the same time, but a writer has to be
 * alone. The first reader locks the room for all readers, the last one opens
 * it again.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <unistd.h>

#define READERS 3
#define ROUNDS 3

static volatile int page_one, page_two;		/* must always be equal */
static volatile int readers, most_readers, torn;
static sem_t room;				/* free for a writer? */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;	/* of `readers` */

static void enter(void)
{
	pthread_mutex_lock(&mutex);
	readers = readers + 1;
	if (readers == 1)
		sem_wait(&room);
	if (readers > most_readers)
		most_readers = readers;
	pthread_mutex_unlock(&mutex);
}

static void leave(void)
{
	pthread_mutex_lock(&mutex);
	readers = readers - 1;
	if (readers == 0)
		sem_post(&room);
	pthread_mutex_unlock(&mutex);
}

static void *reader(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		enter();
		int seen = page_one;
		usleep(1000);			/* turn the page */
		if (page_two != seen)
			torn = torn + 1;
		leave();
		usleep(1500);
	}
	return unused;
}

static void *writer(void *unused)
{
	for (int i = 0; i < ROUNDS; i++) {
		usleep(500);
		sem_wait(&room);
		page_one = page_one + 1;
		usleep(500);			/* one page is new, one is old */
		page_two = page_two + 1;
		sem_post(&room);
	}
	return unused;
}

int main(void)
{
	pthread_t threads[READERS + 1];

	sem_init(&room, 0, 1);
	for (int i = 0; i < READERS; i++)
		pthread_create(&threads[i], NULL, reader, NULL);
	pthread_create(&threads[READERS], NULL, writer, NULL);
	for (int i = 0; i <= READERS; i++)
		pthread_join(threads[i], NULL);
	printf("edition %d, readers together: %s, torn reads: %d\n", page_one,
	       most_readers > 1 ? "yes" : "no", torn);
	return 0;
}
