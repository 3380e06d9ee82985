// What pthreads refuse: joining and detaching what is detached or joined, real-time policies without a privilege; a spin
// lock that was never initialised is taken, as glibc has it on x86-64.
// expect: detached after its end, joined: EINVAL
// expect: detached twice: EINVAL
// expect: joined twice: 0 ESRCH, detached then: ESRCH
// expect: itself: EDEADLK
// expect: real-time policy: EPERM
// expect: spin lock of zeros: EBUSY, initialised: 0 EBUSY 0
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_spinlock_t never, initialised;

static void *end(void *arg)
{
	return arg;
}

static void *stay(void *arg)
{
	usleep(20000);
	return arg;
}

static const char *why(int error)
{
	switch (error) {
	case 0:
		return "0";
	case EINVAL:
		return "EINVAL";
	case ESRCH:
		return "ESRCH";
	case EDEADLK:
		return "EDEADLK";
	case EPERM:
		return "EPERM";
	case EBUSY:
		return "EBUSY";
	default:
		return strerror(error);
	}
}

int main(void)
{
	struct sched_param priority = {10};
	pthread_attr_t attributes;
	pthread_t thread;
	const char *first, *second;

	pthread_create(&thread, NULL, end, NULL);
	usleep(10000);
	pthread_detach(thread);
	printf("detached after its end, joined: %s\n", why(pthread_join(thread, NULL)));
	pthread_create(&thread, NULL, stay, NULL);
	pthread_detach(thread);
	printf("detached twice: %s\n", why(pthread_detach(thread)));
	pthread_create(&thread, NULL, end, NULL);
	first = why(pthread_join(thread, NULL));
	second = why(pthread_join(thread, NULL));
	printf("joined twice: %s %s, detached then: %s\n", first, second, why(pthread_detach(thread)));
	printf("itself: %s\n", why(pthread_join(pthread_self(), NULL)));
	pthread_attr_init(&attributes);
	pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&attributes, SCHED_FIFO);
	pthread_attr_setschedparam(&attributes, &priority);
	printf("real-time policy: %s\n", why(pthread_create(&thread, &attributes, end, NULL)));
	first = why(pthread_spin_trylock(&never));
	printf("spin lock of zeros: %s", first);
	pthread_spin_init(&initialised, PTHREAD_PROCESS_PRIVATE);
	printf(", initialised: %s", why(pthread_spin_lock(&initialised)));
	printf(" %s", why(pthread_spin_trylock(&initialised)));
	printf(" %s\n", why(pthread_spin_unlock(&initialised)));
	return 0;
}
