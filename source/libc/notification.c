/* SIGEV_THREAD of timer_create(2) and mq_notify(3): the kernel sends a signal of the library's own to a helper thread, which
   starts a thread for each. The helper is made at the first use and hears of nothing else. */
#include "internal.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct notification {
	void (*function)(sigval_t);
	sigval_t value;
	pthread_attr_t attr;
	int has_attr;
};

static int helper_lock;
static int helper_tid; /* 0: there is none. */

static void *run_notification(void *arg)
{
	struct notification *n = arg;

	__restore_signals(0); /* As in glibc, it begins with no signal blocked. */
	n->function(n->value);
	return NULL;
}

static void start_thread(struct notification *n)
{
	pthread_attr_t attr;
	pthread_t thread;

	if (n->has_attr)
		attr = n->attr;
	else
		pthread_attr_init(&attr);
	attr.__detach_state = PTHREAD_CREATE_DETACHED;
	pthread_create(&thread, &attr, run_notification, n);
}

static void *wait_for_notifications(void *arg)
{
	unsigned long set = 1UL << (__SIGNOTIFY - 1);
	siginfo_t info;

	(void)arg;
	__block_all_signals();
	/* The helper keeps no process alive. */
	__sync_fetch_and_sub(&__thread_count, 1);
	__sync_lock_test_and_set(&helper_tid, __thread_id());
	__futex_wake(&helper_tid, 1, 0);
	for (;;) {
		if (__syscall(SYS_rt_sigtimedwait, (long)&set, (long)&info, 0L, 8L) == __SIGNOTIFY)
			start_thread(info.si_ptr);
	}
	return NULL;
}

/* In the child of a fork there is no helper. */
static void forget_helper(void)
{
	helper_tid = 0;
	helper_lock = 0;
}

static int start_helper(void)
{
	static int is_registered;
	pthread_attr_t attr;
	pthread_t thread;
	unsigned long mask;
	int error;

	if (!is_registered)
		pthread_atfork(NULL, NULL, forget_helper);
	is_registered = 1;
	pthread_attr_init(&attr);
	attr.__detach_state = PTHREAD_CREATE_DETACHED;
	attr.__stack_size = 16384;
	mask = __block_all_signals();
	error = pthread_create(&thread, &attr, wait_for_notifications, NULL);
	__restore_signals(mask);
	if (error)
		return error;
	while (*(volatile int *)&helper_tid == 0)
		__futex_wait(&helper_tid, 0, 0);
	return 0;
}

int __prepare_notification(const struct sigevent *from, struct sigevent *to)
{
	struct notification *n = malloc(sizeof *n);
	int error = 0;

	if (!n)
		return -1;
	n->function = from->sigev_notify_function;
	n->value = from->sigev_value;
	n->has_attr = from->sigev_notify_attributes != NULL;
	if (n->has_attr)
		n->attr = *from->sigev_notify_attributes;
	__lock_slow(&helper_lock);
	if (helper_tid == 0)
		error = start_helper();
	__unlock_slow(&helper_lock);
	if (error) {
		free(n);
		errno = error;
		return -1;
	}
	memset(to, 0, sizeof *to);
	to->sigev_notify = SIGEV_THREAD_ID;
	to->sigev_signo = __SIGNOTIFY;
	to->sigev_value.sival_ptr = n;
	to->_sigev_un._tid = helper_tid;
	return 0;
}
