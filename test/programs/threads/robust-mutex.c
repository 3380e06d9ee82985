// A robust mutex whose owner ends without unlocking: EOWNERDEAD, pthread_mutex_consistent, ENOTRECOVERABLE; in one process
// and between processes, where the owner is killed.
// expect: after the thread: EOWNERDEAD
// expect: made consistent: 0, unlocked: 0, locked again: 0
// expect: unlocked by another: EPERM
// expect: not made consistent: ENOTRECOVERABLE ENOTRECOVERABLE
// expect: after the process: EOWNERDEAD, count 1
// expect: a waiter is woken: EOWNERDEAD
// expect: consistent without need: EINVAL
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
	pthread_mutex_t mutex;
	int count;
};

static const char *name(int error)
{
	switch (error) {
	case 0: return "0";
	case EOWNERDEAD: return "EOWNERDEAD";
	case ENOTRECOVERABLE: return "ENOTRECOVERABLE";
	case EPERM: return "EPERM";
	case EINVAL: return "EINVAL";
	default: return "other";
	}
}

static void init(pthread_mutex_t *mutex, int pshared)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutexattr_setpshared(&attr, pshared);
	pthread_mutex_init(mutex, &attr);
}

static void *lock_and_end(void *mutex)
{
	pthread_mutex_lock(mutex);
	return NULL;
}

static void *lock_and_sleep(void *mutex)
{
	pthread_mutex_lock(mutex);
	usleep(100000);
	return NULL;
}

static void *unlock(void *mutex)
{
	return (void *)(long)pthread_mutex_unlock(mutex);
}

static void *run(void *(*start)(void *), void *arg)
{
	pthread_t thread;
	void *result;

	pthread_create(&thread, NULL, start, arg);
	pthread_join(thread, &result);
	return result;
}

int main(void)
{
	pthread_mutex_t mutex;
	struct shared *shared;
	pthread_t thread;
	pid_t child;
	int error, consistent, unlocked;

	init(&mutex, PTHREAD_PROCESS_PRIVATE);
	run(lock_and_end, &mutex);
	printf("after the thread: %s\n", name(pthread_mutex_lock(&mutex)));
	consistent = pthread_mutex_consistent(&mutex);
	unlocked = pthread_mutex_unlock(&mutex);
	printf("made consistent: %d, unlocked: %d, locked again: %d\n", consistent, unlocked, pthread_mutex_lock(&mutex));
	printf("unlocked by another: %s\n", name((int)(long)run(unlock, &mutex)));
	pthread_mutex_unlock(&mutex);
	run(lock_and_end, &mutex);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	error = pthread_mutex_lock(&mutex);
	printf("not made consistent: %s %s\n", name(error), name(pthread_mutex_trylock(&mutex)));

	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	init(&shared->mutex, PTHREAD_PROCESS_SHARED);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&shared->mutex);
		shared->count++;
		kill(getpid(), SIGKILL);
	}
	waitpid(child, NULL, 0);
	error = pthread_mutex_lock(&shared->mutex);
	printf("after the process: %s, count %d\n", name(error), shared->count);
	pthread_mutex_consistent(&shared->mutex);
	pthread_mutex_unlock(&shared->mutex);

	init(&mutex, PTHREAD_PROCESS_PRIVATE);
	pthread_create(&thread, NULL, lock_and_sleep, &mutex);
	usleep(30000);
	printf("a waiter is woken: %s\n", name(pthread_mutex_lock(&mutex)));
	pthread_join(thread, NULL);
	pthread_mutex_consistent(&mutex);
	printf("consistent without need: %s\n", name(pthread_mutex_consistent(&mutex)));
	return 0;
}
