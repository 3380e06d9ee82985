// Thread-specific data, cancellation with clean-up handlers, detached threads, names, the end of the first thread.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_key_t key;
static int fds[2];
static _Thread_local int own = 5;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void destroy(void *value)
{
	printf("destroy %s\n", (char *)value);
}

static void clean_up(void *arg)
{
	printf("clean up %s\n", (char *)arg);
}

static void *use_key(void *arg)
{
	pthread_setspecific(key, arg);
	own++;
	errno = own;
	printf("%s %d %d\n", (char *)pthread_getspecific(key), own, errno);
	pthread_cleanup_push(clean_up, "not run");
	pthread_cleanup_pop(0);
	pthread_cleanup_push(clean_up, "run");
	pthread_cleanup_pop(1);
	pthread_exit((void *)"value");
}

static void *block_in_read(void *arg)
{
	char c;

	pthread_cleanup_push(clean_up, "outer");
	pthread_cleanup_push(clean_up, arg);
	if (read(fds[0], &c, 1) == 1)
		printf("read\n");
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void unlock(void *arg)
{
	printf("unlock %d\n", pthread_mutex_unlock(arg));
}

static void *block_in_wait(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;)
		pthread_cond_wait(&never, &mutex);
	pthread_cleanup_pop(1);
	return NULL;
}

static void *refuse(void *arg)
{
	int old;

	(void)arg;
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
	usleep(60000);
	printf("still here\n");
	pthread_setcancelstate(old, NULL);
	pthread_testcancel();
	printf("not reached\n");
	return NULL;
}

static void cancel(void *(*f)(void *), const char *what)
{
	pthread_t thread;
	void *result;
	int error;

	pthread_create(&thread, NULL, f, (void *)what);
	usleep(20000);
	error = pthread_cancel(thread);
	pthread_join(thread, &result);
	printf("%s %d %d\n", what, error, result == PTHREAD_CANCELED);
}

static void *outlive(void *arg)
{
	(void)arg;
	usleep(40000);
	printf("the last thread ends the process\n");
	return NULL;
}

static void at_end(void)
{
	printf("exit handler\n");
}

int main(void)
{
	pthread_t thread;
	pthread_attr_t attr;
	void *result;
	char name[16];
	size_t size;

	atexit(at_end);
	pthread_key_create(&key, destroy);
	pthread_setspecific(key, "main's");
	pthread_create(&thread, NULL, use_key, "thread's");
	pthread_join(thread, &result);
	printf("%s %s %d\n", (char *)result, (char *)pthread_getspecific(key), own);
	if (pipe(fds) < 0)
		return 1;
	cancel(block_in_read, "inner");
	cancel(block_in_wait, "wait");
	cancel(refuse, "refused");
	pthread_attr_init(&attr);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attr, 65536);
	pthread_attr_getstacksize(&attr, &size);
	printf("%zu\n", size);
	pthread_create(&thread, &attr, outlive, NULL);
	pthread_setname_np(pthread_self(), "first");
	pthread_getname_np(pthread_self(), name, sizeof name);
	printf("%s %d %d\n", name, pthread_equal(pthread_self(), thread), pthread_kill(pthread_self(), 0));
	pthread_exit(NULL);
}
