// A thread that returns between pthread_cleanup_push() and pthread_cleanup_pop() leaves its handlers behind: on Linux nobody
// calls them. pthread_exit() and cancellation do. A new attribute tells the stack size of Linux.
// expect: returned 1
// expect: second of exit
// expect: first of exit
// expect: exited 2
// expect: first of cancel
// expect: cancelled 1
// expect: default stack 8388608, locals of 4 MiB 1
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void handler(void *text)
{
	printf("%s\n", (char *)text);
}

static void *leave(void *arg)
{
	pthread_cleanup_push(handler, "first of return");
	pthread_cleanup_push(handler, "second of return");
	if (arg)
		return (void *)1;
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *quit(void *arg)
{
	pthread_cleanup_push(handler, "first of exit");
	pthread_cleanup_push(handler, "second of exit");
	if (arg)
		pthread_exit((void *)2);
	pthread_cleanup_pop(0);
	pthread_cleanup_pop(0);
	return NULL;
}

static void *wait(void *arg)
{
	pthread_cleanup_push(handler, "first of cancel");
	pause();
	pthread_cleanup_pop(0);
	return arg;
}

static void *use_stack(void *arg)
{
	char locals[4 << 20];

	(void)arg;
	memset(locals, 1, sizeof locals);
	return (void *)(long)locals[12345];
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	size_t size;
	void *result;

	pthread_create(&thread, NULL, leave, &thread);
	pthread_join(thread, &result);
	printf("returned %ld\n", (long)result);
	pthread_create(&thread, NULL, quit, &thread);
	pthread_join(thread, &result);
	printf("exited %ld\n", (long)result);
	pthread_create(&thread, NULL, wait, NULL);
	usleep(10000);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	printf("cancelled %d\n", result == PTHREAD_CANCELED);
	pthread_attr_init(&attributes);
	pthread_attr_getstacksize(&attributes, &size);
	pthread_create(&thread, NULL, use_stack, NULL);
	pthread_join(thread, &result);
	printf("default stack %zu, locals of 4 MiB %ld\n", size, (long)result);
	return 0;
}
