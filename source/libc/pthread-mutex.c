/* Mutexes and spin locks (pthread_mutex_lock(3), pthread_spin_lock(3)). A free mutex is taken, and one that nobody waits
   for is released, by one atomic instruction; only then futex(2) is needed. As in glibc every mutex knows its owner: some
   types must, and whoever looks at a deadlock wants to. */
#include "internal.h"
#include <string.h>

int pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
	memset(mutex, 0, sizeof *mutex);
	if (attr) {
		mutex->__type = attr->__value & 255;
		mutex->__pshared = attr->__value >> 8 & 1;
		mutex->__robust = attr->__value >> 11 & 1;
	}
	return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
	return mutex->__lock && !mutex->__robust ? EBUSY : 0;
}

/* Sleeps until the mutex is taken, marking it as waited for. */
static int lock_slow(pthread_mutex_t *mutex, clockid_t clock, const struct timespec *until)
{
	while (__sync_lock_test_and_set(&mutex->__lock, 2) != 0) {
		if (__futex_wait_until(&mutex->__lock, 2, FUTEX_BITSET_MATCH_ANY, mutex->__pshared, clock, until) == ETIMEDOUT)
			return ETIMEDOUT;
	}
	return 0;
}

static int lock_plain(pthread_mutex_t *mutex, const struct timespec *until)
{
	if (!__sync_bool_compare_and_swap(&mutex->__lock, 0, 1)) {
		if (until && !__is_valid_timespec(until))
			return EINVAL;
		if (lock_slow(mutex, CLOCK_REALTIME, until) != 0)
			return ETIMEDOUT;
	}
	mutex->__owner = __thread_id();
	return 0;
}

/* For recursive and error-checking mutexes. Returns -1 if the mutex must be taken. */
static int lock_again(pthread_mutex_t *mutex, int tid, int is_trying)
{
	if (mutex->__owner != tid)
		return -1;
	if (mutex->__type == PTHREAD_MUTEX_ERRORCHECK)
		return is_trying ? EBUSY : EDEADLK;
	if (mutex->__count == 0x7fffffff)
		return EAGAIN;
	mutex->__count++;
	return 0;
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
	int result;

	if (mutex->__robust)
		return __robust_lock(mutex, 0, until);
	if (mutex->__type == PTHREAD_MUTEX_NORMAL || mutex->__type == PTHREAD_MUTEX_ADAPTIVE_NP)
		return lock_plain(mutex, until);
	result = lock_again(mutex, __thread_id(), 0);
	if (result >= 0)
		return result;
	result = lock_plain(mutex, until);
	if (result == 0)
		mutex->__count = 1;
	return result;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	if (mutex->__type != PTHREAD_MUTEX_NORMAL || mutex->__robust)
		return pthread_mutex_timedlock(mutex, NULL);
	return lock_plain(mutex, NULL);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
	int result;

	if (mutex->__robust)
		return __robust_lock(mutex, 1, NULL);
	if (mutex->__type == PTHREAD_MUTEX_RECURSIVE || mutex->__type == PTHREAD_MUTEX_ERRORCHECK) {
		result = lock_again(mutex, __thread_id(), 1);
		if (result >= 0)
			return result;
	}
	if (!__sync_bool_compare_and_swap(&mutex->__lock, 0, 1))
		return EBUSY;
	mutex->__owner = __thread_id();
	mutex->__count = 1;
	return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	if (mutex->__robust)
		return __robust_unlock(mutex);
	if (mutex->__type == PTHREAD_MUTEX_RECURSIVE || mutex->__type == PTHREAD_MUTEX_ERRORCHECK) {
		if (mutex->__owner != __thread_id() || !mutex->__lock)
			return EPERM;
		if (--mutex->__count > 0)
			return 0;
	}
	mutex->__owner = 0;
	if (__sync_lock_test_and_set(&mutex->__lock, 0) == 2)
		__futex_wake(&mutex->__lock, 1, mutex->__pshared);
	return 0;
}

/* As in glibc on x86-64 a free spin lock is 1, so one that was never initialised is taken for ever. */
#define FREE 1
#define TAKEN 0

int pthread_spin_init(pthread_spinlock_t *lock, int pshared)
{
	(void)pshared;
	*lock = FREE;
	return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock)
{
	(void)lock;
	return 0;
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
	while (!__sync_bool_compare_and_swap(lock, FREE, TAKEN))
		;
	return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *lock)
{
	return __sync_bool_compare_and_swap(lock, FREE, TAKEN) ? 0 : EBUSY;
}

int pthread_spin_unlock(pthread_spinlock_t *lock)
{
	__sync_lock_test_and_set(lock, FREE);
	return 0;
}
