// Error-checking and recursive mutexes, a read-write lock, a barrier, once, thread-specific data, semaphores.
// expect: relock 35, unlock by other 1
// expect: recursive 0 0
// expect: readers together, writer refused 16
// expect: serial threads 1
// expect: once 1
// expect: own value 7, other (nil)
// expect: semaphore 2 1 11
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static pthread_mutex_t checked;
static int initialised, serial;

static void initialise(void) { initialised++; }

static void *meet(void *unused)
{
	pthread_once(&once, initialise);
	if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
		__sync_fetch_and_add(&serial, 1);
	return unused;
}

static void *other(void *unused)
{
	(void)unused;
	return (void *)(long)pthread_mutex_unlock(&checked);
}

static void *look(void *unused)
{
	(void)unused;
	return pthread_getspecific(key);
}

int main(void)
{
	pthread_mutexattr_t attribute;
	pthread_mutex_t recursive;
	pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
	pthread_t threads[3], thread;
	void *result;
	sem_t semaphore;
	int value;

	pthread_mutexattr_init(&attribute);
	pthread_mutexattr_settype(&attribute, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&checked, &attribute);
	pthread_mutex_lock(&checked);
	int again = pthread_mutex_lock(&checked);
	pthread_create(&thread, NULL, other, NULL);
	pthread_join(thread, &result);
	printf("relock %d, unlock by other %ld\n", again, (long)result);

	pthread_mutexattr_settype(&attribute, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&recursive, &attribute);
	pthread_mutex_lock(&recursive);
	again = pthread_mutex_lock(&recursive);
	printf("recursive %d %d\n", again, pthread_mutex_unlock(&recursive));

	pthread_rwlock_rdlock(&lock);
	if (pthread_rwlock_tryrdlock(&lock) == 0)
		printf("readers together, writer refused %d\n", pthread_rwlock_trywrlock(&lock));

	pthread_barrier_init(&barrier, NULL, 3);
	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, meet, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	printf("serial threads %d\nonce %d\n", serial, initialised);

	pthread_key_create(&key, NULL);
	pthread_setspecific(key, (void *)7L);
	pthread_create(&thread, NULL, look, NULL);
	pthread_join(thread, &result);
	printf("own value %ld, other %s\n", (long)pthread_getspecific(key), result == NULL ? "(nil)" : "?");

	sem_init(&semaphore, 0, 2);
	sem_getvalue(&semaphore, &value);
	printf("semaphore %d ", value);
	sem_wait(&semaphore);
	sem_getvalue(&semaphore, &value);
	sem_wait(&semaphore);
	int refused = sem_trywait(&semaphore) == -1 ? errno : 0;
	printf("%d %d\n", value, refused);
	return 0;
}
