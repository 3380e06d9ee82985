/* Read-write locks and barriers (pthread_rwlock_rdlock(3), pthread_barrier_wait(3)). As in glibc, readers go first unless
   the lock was made to prefer writers. */
#include "internal.h"
#include <limits.h>
#include <string.h>

static void lock(int *word, int pshared)
{
	if (__sync_bool_compare_and_swap(word, 0, 1))
		return;
	while (__sync_lock_test_and_set(word, 2) != 0)
		__futex_wait(word, 2, pshared);
}

static void unlock(int *word, int pshared)
{
	if (__sync_lock_test_and_set(word, 0) == 2)
		__futex_wake(word, 1, pshared);
}

int pthread_rwlock_init(pthread_rwlock_t *restrict rwlock, const pthread_rwlockattr_t *restrict attr)
{
	memset(rwlock, 0, sizeof *rwlock);
	if (attr) {
		rwlock->__pshared = attr->__pshared;
		rwlock->__prefer_writer = attr->__prefer_writer == PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
	}
	return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *rwlock)
{
	(void)rwlock;
	return 0;
}

static int is_free(const pthread_rwlock_t *rwlock, int writes)
{
	if (rwlock->__writer)
		return 0;
	if (writes)
		return rwlock->__readers == 0;
	return !(rwlock->__prefer_writer && rwlock->__waiting_writers > 0);
}

static int take(pthread_rwlock_t *rwlock, int writes, int waits, const struct timespec *until)
{
	int error = 0;

	if (until && !__is_valid_timespec(until))
		return EINVAL;
	lock(&rwlock->__lock, rwlock->__pshared);
	if (waits && rwlock->__writer && rwlock->__writer == __thread_id()) {
		unlock(&rwlock->__lock, rwlock->__pshared);
		return EDEADLK;
	}
	while (!is_free(rwlock, writes) && error == 0) {
		int sequence = rwlock->__sequence;
		if (!waits) {
			error = EBUSY;
			break;
		}
		rwlock->__waiters++;
		rwlock->__waiting_writers += writes;
		unlock(&rwlock->__lock, rwlock->__pshared);
		if (__futex_wait_until(&rwlock->__sequence, sequence, FUTEX_BITSET_MATCH_ANY, rwlock->__pshared, CLOCK_REALTIME, until) == ETIMEDOUT)
			error = ETIMEDOUT;
		lock(&rwlock->__lock, rwlock->__pshared);
		rwlock->__waiters--;
		rwlock->__waiting_writers -= writes;
	}
	if (error == 0 || is_free(rwlock, writes)) {
		error = 0;
		if (writes)
			rwlock->__writer = __thread_id();
		else
			rwlock->__readers++;
	}
	unlock(&rwlock->__lock, rwlock->__pshared);
	return error;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *rwlock)
{
	return take(rwlock, 0, 1, NULL);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *rwlock)
{
	return take(rwlock, 0, 0, NULL);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict rwlock, const struct timespec *restrict until)
{
	return take(rwlock, 0, 1, until);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *rwlock)
{
	return take(rwlock, 1, 1, NULL);
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *rwlock)
{
	return take(rwlock, 1, 0, NULL);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict rwlock, const struct timespec *restrict until)
{
	return take(rwlock, 1, 1, until);
}

int pthread_rwlock_unlock(pthread_rwlock_t *rwlock)
{
	int must_wake;

	lock(&rwlock->__lock, rwlock->__pshared);
	if (rwlock->__writer)
		rwlock->__writer = 0;
	else if (rwlock->__readers > 0)
		rwlock->__readers--;
	must_wake = rwlock->__readers == 0 && rwlock->__waiters > 0;
	if (must_wake)
		rwlock->__sequence++;
	unlock(&rwlock->__lock, rwlock->__pshared);
	if (must_wake)
		__futex_wake(&rwlock->__sequence, INT_MAX, rwlock->__pshared);
	return 0;
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier, const pthread_barrierattr_t *restrict attr, unsigned int count)
{
	if (count == 0 || count > INT_MAX)
		return EINVAL;
	memset(barrier, 0, sizeof *barrier);
	barrier->__needed = count;
	barrier->__pshared = attr ? attr->__pshared : 0;
	return 0;
}

/* Waits for the last ones to have left, since the memory may be reused. */
int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	int leaving;

	while ((leaving = *(volatile int *)&barrier->__leaving) > 0)
		__futex_wait(&barrier->__leaving, leaving, barrier->__pshared);
	return 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
	int sequence;

	lock(&barrier->__lock, barrier->__pshared);
	sequence = barrier->__sequence;
	if (++barrier->__arrived == barrier->__needed) {
		barrier->__arrived = 0;
		__sync_fetch_and_add(&barrier->__leaving, (int)barrier->__needed - 1);
		barrier->__sequence = sequence + 1;
		unlock(&barrier->__lock, barrier->__pshared);
		if (barrier->__needed > 1)
			__futex_wake(&barrier->__sequence, INT_MAX, barrier->__pshared);
		return PTHREAD_BARRIER_SERIAL_THREAD;
	}
	unlock(&barrier->__lock, barrier->__pshared);
	while (*(volatile int *)&barrier->__sequence == sequence)
		__futex_wait(&barrier->__sequence, sequence, barrier->__pshared);
	if (__sync_fetch_and_sub(&barrier->__leaving, 1) == 1)
		__futex_wake(&barrier->__leaving, INT_MAX, barrier->__pshared);
	return 0;
}
