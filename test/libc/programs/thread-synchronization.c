// Mutexes of all types, condition variables, read-write locks, barriers, semaphores, once.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define THREADS 5

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t turns;
static int by_mutex, by_rwlock, by_semaphore, queue, order[THREADS], woken, once_calls, serial;

static struct timespec soon(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	t.tv_nsec += 20000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

static void first_time(void)
{
	once_calls++;
}

static void *work(void *arg)
{
	int i;

	(void)arg;
	pthread_once(&once, first_time);
	for (i = 0; i < 200; i++) {
		pthread_mutex_lock(&mutex);
		by_mutex++;
		pthread_mutex_unlock(&mutex);
		pthread_rwlock_rdlock(&rwlock);
		pthread_rwlock_unlock(&rwlock);
		pthread_rwlock_wrlock(&rwlock);
		by_rwlock++;
		pthread_rwlock_unlock(&rwlock);
		sem_wait(&turns);
		by_semaphore++;
		sem_post(&turns);
	}
	if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
		serial++;
	return arg;
}

/* Waits without looking at a condition: only a wake-up that was meant for it may end it. */
static void *wait_in_line(void *arg)
{
	pthread_mutex_lock(&mutex);
	queue++;
	pthread_cond_wait(&changed, &mutex);
	order[woken++] = *(int *)arg;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void run(void *(*f)(void *), int *numbers, pthread_t *threads)
{
	int i;

	for (i = 0; i < THREADS; i++) {
		numbers[i] = i;
		pthread_create(&threads[i], NULL, f, &numbers[i]);
		if (f == wait_in_line)
			usleep(20000);
	}
}

static void signal_one_by_one(pthread_t *threads, int *numbers)
{
	int i;

	run(wait_in_line, numbers, threads);
	for (i = 0; i < 2; i++) {
		pthread_mutex_lock(&mutex);
		pthread_cond_signal(&changed);
		pthread_mutex_unlock(&mutex);
		usleep(20000);
		printf("%d of %d\n", woken, queue);
	}
	pthread_cond_broadcast(&changed);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("%d of %d, first %d, second %d\n", woken, queue, order[0], order[1]);
}

static void mutex_types(void)
{
	pthread_mutexattr_t attr;
	pthread_mutex_t m;
	struct timespec until = soon(CLOCK_REALTIME);

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&m, &attr);
	printf("%d %d ", pthread_mutex_lock(&m), pthread_mutex_lock(&m));
	printf("%d %d ", pthread_mutex_unlock(&m), pthread_mutex_trylock(&m));
	printf("%d %d ", pthread_mutex_unlock(&m), pthread_mutex_unlock(&m));
	printf("%d\n", pthread_mutex_unlock(&m) == EPERM);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&m, &attr);
	printf("%d ", pthread_mutex_unlock(&m) == EPERM);
	printf("%d ", pthread_mutex_lock(&m));
	printf("%d %d\n", pthread_mutex_lock(&m) == EDEADLK, pthread_mutex_trylock(&m) == EBUSY);
	pthread_mutex_lock(&mutex);
	printf("%d %d\n", pthread_mutex_trylock(&mutex) == EBUSY, pthread_mutex_timedlock(&mutex, &until) == ETIMEDOUT);
	until = soon(CLOCK_REALTIME);
	printf("%d ", pthread_cond_timedwait(&changed, &mutex, &until) == ETIMEDOUT);
	pthread_mutex_unlock(&mutex);
	until = soon(CLOCK_REALTIME);
	printf("%d %d ", sem_timedwait(&turns, &until), sem_trywait(&turns));
	printf("%d\n", errno == EAGAIN);
}

int main(void)
{
	pthread_t threads[THREADS];
	int numbers[THREADS], i;

	pthread_barrier_init(&barrier, NULL, THREADS);
	sem_init(&turns, 0, 1);
	run(work, numbers, threads);
	for (i = 0; i < THREADS; i++) {
		void *result;
		pthread_join(threads[i], &result);
		if (result != &numbers[i])
			printf("wrong result\n");
	}
	printf("%d %d %d, %d %d\n", by_mutex, by_rwlock, by_semaphore, once_calls, serial);
	signal_one_by_one(threads, numbers);
	mutex_types();
	return 0;
}
