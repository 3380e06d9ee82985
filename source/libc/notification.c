/* SIGEV_THREAD of timer_create(2) and mq_notify(3): the kernel sends a signal of the library's own, whose handler starts the
   thread. */
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

static void *run_notification(void *arg)
{
	struct notification *n = arg;

	n->function(n->value);
	return NULL;
}

static void handle_notify(int signal, siginfo_t *info, void *context)
{
	struct notification *n = info->si_ptr;
	pthread_attr_t attr;
	pthread_t thread;

	(void)signal;
	(void)context;
	if (n->has_attr)
		attr = n->attr;
	else
		pthread_attr_init(&attr);
	attr.__detach_state = PTHREAD_CREATE_DETACHED;
	pthread_create(&thread, &attr, run_notification, n);
}

int __prepare_notification(const struct sigevent *from, struct sigevent *to)
{
	struct notification *n = malloc(sizeof *n);
	struct __kernel_sigaction action;

	if (!n)
		return -1;
	n->function = from->sigev_notify_function;
	n->value = from->sigev_value;
	n->has_attr = from->sigev_notify_attributes != NULL;
	if (n->has_attr)
		n->attr = *from->sigev_notify_attributes;
	memset(&action, 0, sizeof action);
	action.handler = (void (*)(int))(void *)handle_notify;
	action.flags = SA_SIGINFO | SA_RESTART;
	__syscall(SYS_rt_sigaction, (long)__SIGNOTIFY, (long)&action, 0L, 8L);
	memset(to, 0, sizeof *to);
	to->sigev_notify = SIGEV_SIGNAL;
	to->sigev_signo = __SIGNOTIFY;
	to->sigev_value.sival_ptr = n;
	return 0;
}
