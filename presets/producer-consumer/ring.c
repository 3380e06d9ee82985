/*
 * Two producers, one consumer, a ring of four places in shared memory. Three
 * semaphores: `items` counts what can be taken, `places` counts the room that
 * is left, and `mutex` lets only one producer at a time into the ring.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLACES 4
#define EACH 6				/* what a producer makes */

struct ring {
	sem_t items, places, mutex;
	int in, out;
	int filled;			/* only to be watched */
	int place[PLACES];
};

static struct ring *ring;

static void produce(int first)
{
	for (int item = first; item < first + EACH; item++) {
		sem_wait(&ring->places);	/* is there room? */
		sem_wait(&ring->mutex);
		ring->place[ring->in] = item;
		ring->in = (ring->in + 1) % PLACES;
		ring->filled++;
		sem_post(&ring->mutex);
		sem_post(&ring->items);		/* tell the consumer */
	}
	exit(0);
}

static int take(void)
{
	sem_wait(&ring->items);			/* is there anything? */
	sem_wait(&ring->mutex);
	int item = ring->place[ring->out];
	ring->out = (ring->out + 1) % PLACES;
	ring->filled--;
	sem_post(&ring->mutex);
	sem_post(&ring->places);		/* tell the producers */
	return item;
}

int main(void)
{
	const char *names[] = {"producer-a", "producer-b"};
	int count = 0, sum = 0;

	ring = mmap(NULL, sizeof *ring, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (ring == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	sem_init(&ring->items, 1, 0);
	sem_init(&ring->places, 1, PLACES);
	sem_init(&ring->mutex, 1, 1);

	for (int i = 0; i < 2; i++) {
		if (fork() == 0) {
			prctl(PR_SET_NAME, names[i]);
			produce(100 * (i + 1));
		}
	}
	prctl(PR_SET_NAME, "consumer");
	for (; count < 2 * EACH; count++) {
		usleep(800);			/* a slow consumer */
		sum += take();
	}
	while (wait(NULL) > 0)
		;
	printf("consumer: %d items, their sum is %d\n", count, sum);
	return 0;
}
