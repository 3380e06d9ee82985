/* Condition variables (pthread_cond_wait(3)). Waiters queue in order of arrival, and a signal takes the first one: no
   wake-up is spurious, and none is stolen by a thread that came later. All sleep on one futex word of the condition
   variable, each with a bit of its own, so that only the chosen one is woken. A process-shared one cannot hold pointers to
   the waiters' stacks; there, a signal advances the word and wakes whoever sleeps first. */
#include "internal.h"
#include <limits.h>
#include <string.h>

struct waiter {
	struct waiter *next;
	struct waiter *previous;
	unsigned int mask;
	int is_signalled;
};

struct wait {
	pthread_cond_t *cond;
	pthread_mutex_t *mutex;
	struct waiter waiter;
};

int pthread_cond_init(pthread_cond_t *restrict cond, const pthread_condattr_t *restrict attr)
{
	memset(cond, 0, sizeof *cond);
	if (attr) {
		cond->__pshared = attr->__value & 1;
		cond->__clock = attr->__value >> 1;
	}
	return 0;
}

int pthread_cond_destroy(pthread_cond_t *cond)
{
	(void)cond;
	return 0;
}

static void append(pthread_cond_t *cond, struct waiter *w)
{
	w->mask = 1u << (cond->__next_ticket++ & 31);
	w->is_signalled = 0;
	w->next = NULL;
	w->previous = cond->__last;
	if (w->previous)
		w->previous->next = w;
	else
		cond->__first = w;
	cond->__last = w;
}

static void take_out(pthread_cond_t *cond, struct waiter *w)
{
	if (w->previous)
		w->previous->next = w->next;
	else
		cond->__first = w->next;
	if (w->next)
		w->next->previous = w->previous;
	else
		cond->__last = w->previous;
	/* Whoever comes and goes while nobody else waits leaves nothing behind. */
	if (!cond->__first)
		cond->__next_ticket = 0;
}

/* Leaves the queue unless a signal has already chosen the waiter; returns whether it has. */
static int leave(pthread_cond_t *cond, struct waiter *w)
{
	int is_signalled;

	__lock_slow(&cond->__lock);
	is_signalled = w->is_signalled;
	if (!is_signalled)
		take_out(cond, w);
	__unlock_slow(&cond->__lock);
	return is_signalled;
}

/* A cancelled waiter owns the mutex again when its clean-up handlers run, and passes on a signal it was chosen for. */
static void cancel_wait(void *arg)
{
	struct wait *w = arg;

	if (w->cond->__pshared)
		__sync_fetch_and_sub(&w->cond->__waiters, 1);
	else if (leave(w->cond, &w->waiter))
		pthread_cond_signal(w->cond);
	pthread_mutex_lock(w->mutex);
}

/* Sleeps once, as a cancellation point. */
static int sleep_on(pthread_cond_t *cond, int sequence, unsigned int mask, clockid_t clock, const struct timespec *until)
{
	struct __pthread *self = __SELF;
	int error;

	self->in_cancellation_point = 1;
	if (self->cancel_requested)
		__act_on_cancel(self);
	error = __futex_wait_until(&cond->__sequence, sequence, mask, cond->__pshared, clock, until);
	self->in_cancellation_point = 0;
	return error;
}

static int wait_private(struct wait *w, clockid_t clock, const struct timespec *until)
{
	pthread_cond_t *cond = w->cond;
	int sequence, error = 0;

	for (;;) {
		sequence = *(volatile int *)&cond->__sequence;
		if (*(volatile int *)&w->waiter.is_signalled)
			return 0;
		if (error == ETIMEDOUT)
			return leave(cond, &w->waiter) ? 0 : ETIMEDOUT;
		error = sleep_on(cond, sequence, w->waiter.mask, clock, until);
	}
}

static int wait_on(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	struct __pthread_cleanup cleanup;
	struct wait w;
	int error, lock_error, sequence = 0;

	w.cond = cond;
	w.mutex = mutex;
	if (until && !__is_valid_timespec(until))
		return EINVAL;
	if (cond->__pshared) {
		__sync_fetch_and_add(&cond->__waiters, 1);
		sequence = *(volatile int *)&cond->__sequence;
	} else {
		__lock_slow(&cond->__lock);
		append(cond, &w.waiter);
		__unlock_slow(&cond->__lock);
	}
	error = pthread_mutex_unlock(mutex);
	if (error) {
		if (cond->__pshared)
			__sync_fetch_and_sub(&cond->__waiters, 1);
		else
			leave(cond, &w.waiter);
		return error;
	}
	__pthread_cleanup_push(&cleanup, cancel_wait, &w);
	if (cond->__pshared) {
		error = sleep_on(cond, sequence, FUTEX_BITSET_MATCH_ANY, clock, until);
		error = error == ETIMEDOUT ? error : 0;
		__sync_fetch_and_sub(&cond->__waiters, 1);
	} else {
		error = wait_private(&w, clock, until);
	}
	__pthread_cleanup_pop(&cleanup, 0);
	lock_error = pthread_mutex_lock(mutex);
	return error ? error : lock_error;
}

int pthread_cond_wait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex)
{
	return wait_on(cond, mutex, CLOCK_REALTIME, NULL);
}

int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
	return wait_on(cond, mutex, cond->__clock, until);
}

int pthread_cond_clockwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, clockid_t clock, const struct timespec *restrict until)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
		return EINVAL;
	return wait_on(cond, mutex, clock, until);
}

static int wake(pthread_cond_t *cond, int all)
{
	unsigned int mask = 0;

	if (cond->__pshared) {
		if (cond->__waiters > 0) {
			__sync_fetch_and_add(&cond->__sequence, 1);
			__futex_wake(&cond->__sequence, all ? INT_MAX : 1, 1);
		}
		return 0;
	}
	if (!cond->__first)
		return 0;
	__lock_slow(&cond->__lock);
	while (cond->__first && (all || mask == 0)) {
		struct waiter *w = cond->__first;
		take_out(cond, w);
		mask |= w->mask;
		w->is_signalled = 1;
	}
	if (mask)
		__sync_fetch_and_add(&cond->__sequence, 1);
	__unlock_slow(&cond->__lock);
	if (mask)
		__syscall(SYS_futex, (long)&cond->__sequence, (long)FUTEX_WAKE_BITSET_PRIVATE, (long)INT_MAX, 0L, 0L, (long)mask);
	return 0;
}

int pthread_cond_signal(pthread_cond_t *cond)
{
	return wake(cond, 0);
}

int pthread_cond_broadcast(pthread_cond_t *cond)
{
	return wake(cond, 1);
}
