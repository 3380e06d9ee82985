/* Cancellation and clean-up handlers (pthread_cancel(3), pthread_cleanup_push(3)). A blocking call marks its thread as being
   in a cancellation point; the signal of pthread_cancel then ends the thread from its handler. */
#include "internal.h"
#include <signal.h>
#include <string.h>

#define THREAD(t) ((struct __pthread *)(t))

static int cancel_is_ready;

void __act_on_cancel(struct __pthread *self)
{
	if (self->cancel_state == PTHREAD_CANCEL_DISABLE || self->is_exiting)
		return;
	self->in_cancellation_point = 0;
	pthread_exit(PTHREAD_CANCELED);
}

static void handle_cancel(int signal)
{
	struct __pthread *self = __SELF;

	(void)signal;
	if (self->cancel_requested && (self->in_cancellation_point || self->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS))
		__act_on_cancel(self);
}

int pthread_cancel(pthread_t thread)
{
	struct __pthread *t = THREAD(thread);

	if (!cancel_is_ready) {
		struct __kernel_sigaction action;
		memset(&action, 0, sizeof action);
		action.handler = handle_cancel;
		action.flags = SA_RESTART;
		__syscall(SYS_rt_sigaction, (long)__SIGCANCEL, (long)&action, 0L, 8L);
		cancel_is_ready = 1;
	}
	__threaded = 1;
	t->cancel_requested = 1;
	if (t == __SELF) {
		if (t->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
			__act_on_cancel(t);
		return 0;
	}
	if (t->tid > 0)
		__syscall(SYS_tgkill, __syscall(SYS_getpid), (long)t->tid, (long)__SIGCANCEL);
	return 0;
}

void pthread_testcancel(void)
{
	struct __pthread *self = __SELF;

	if (self->cancel_requested)
		__act_on_cancel(self);
}

int pthread_setcancelstate(int state, int *old)
{
	struct __pthread *self = __SELF;

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return EINVAL;
	if (old)
		*old = self->cancel_state;
	if (!self->is_exiting)
		self->cancel_state = state;
	if (self->cancel_requested && self->cancel_type == PTHREAD_CANCEL_ASYNCHRONOUS)
		__act_on_cancel(self);
	return 0;
}

int pthread_setcanceltype(int type, int *old)
{
	struct __pthread *self = __SELF;

	if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return EINVAL;
	if (old)
		*old = self->cancel_type;
	self->cancel_type = type;
	if (self->cancel_requested && type == PTHREAD_CANCEL_ASYNCHRONOUS)
		__act_on_cancel(self);
	return 0;
}

void __pthread_cleanup_push(struct __pthread_cleanup *c, void (*routine)(void *), void *arg)
{
	struct __pthread *self = __SELF;

	c->__routine = routine;
	c->__arg = arg;
	c->__previous = self->cleanup;
	self->cleanup = c;
}

void __pthread_cleanup_pop(struct __pthread_cleanup *c, int execute)
{
	__SELF->cleanup = c->__previous;
	if (execute)
		c->__routine(c->__arg);
}
