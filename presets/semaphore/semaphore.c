/*
 * Shared memory carries the message, a semaphore carries the news: instead of
 * spinning on the variable the reader sleeps in sem_wait() until sem_post().
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGES 4

struct mailbox {
	sem_t full;		/* there is something to take */
	sem_t empty;		/* there is room */
	int value;
};

static struct mailbox *box;

static void writer(void)
{
	for (int number = 1; number <= MESSAGES; number++) {
		usleep(2000);
		sem_wait(&box->empty);
		box->value = number;
		sem_post(&box->full);
	}
}

static void reader(void)
{
	for (int i = 0; i < MESSAGES; i++) {
		sem_wait(&box->full);		/* sleeps here */
		printf("reader: got %d\n", box->value);
		sem_post(&box->empty);
	}
}

int main(void)
{
	box = mmap(NULL, sizeof *box, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (box == MAP_FAILED) {
		perror("mmap");
		return 1;
	}
	sem_init(&box->full, 1, 0);
	sem_init(&box->empty, 1, 1);

	prctl(PR_SET_NAME, "writer");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "reader");
		reader();
		exit(0);
	}
	writer();
	waitpid(child, NULL, 0);
	return 0;
}
