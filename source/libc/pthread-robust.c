/* Robust mutexes (pthread_mutexattr_setrobust(3)): the lock word holds the owner's thread id, and every thread keeps a list
   of those it has locked, which the kernel goes through when the thread ends (get_robust_list(2)). */
#include "internal.h"
#include <stddef.h>

#define NEXT_TO_MUTEX(next) ((pthread_mutex_t *)((char *)(next) - offsetof(pthread_mutex_t, __next)))

/* __robust */
#define CONSISTENT 1
#define OWNER_DIED 2
#define NOT_RECOVERABLE 3

static struct __robust_list *own_list(void)
{
	struct __robust_list *list = &__SELF->robust;

	if (!list->first) {
		list->first = list;
		list->offset = (long)offsetof(pthread_mutex_t, __lock) - (long)offsetof(pthread_mutex_t, __next);
		list->pending = NULL;
		__syscall(SYS_set_robust_list, (long)list, (long)sizeof *list);
	}
	return list;
}

static void enlist(struct __robust_list *list, pthread_mutex_t *mutex)
{
	mutex->__next = list->first;
	list->first = &mutex->__next;
}

static void unlist(struct __robust_list *list, pthread_mutex_t *mutex)
{
	void **link = &list->first;

	while (*link != list && *link != &mutex->__next)
		link = &NEXT_TO_MUTEX(*link)->__next;
	if (*link != list)
		*link = mutex->__next;
}

/* Of a mutex that the caller owns already. */
static int lock_again(pthread_mutex_t *mutex, int is_trying)
{
	if (mutex->__type == PTHREAD_MUTEX_RECURSIVE) {
		mutex->__count++;
		return 0;
	}
	return is_trying ? EBUSY : EDEADLK;
}

/* Takes the lock word for `tid`. Returns 0, EOWNERDEAD, or why not. */
static int take(pthread_mutex_t *mutex, int tid, int is_trying, const struct timespec *until)
{
	int waited = 0;

	for (;;) {
		int old = *(volatile int *)&mutex->__lock;
		int owner = old & FUTEX_TID_MASK;

		if (owner == tid && mutex->__type != PTHREAD_MUTEX_NORMAL)
			return lock_again(mutex, is_trying);
		if (owner == 0) {
			int now = tid | (old & FUTEX_WAITERS) | waited;
			if (__sync_bool_compare_and_swap(&mutex->__lock, old, now))
				return old & FUTEX_OWNER_DIED ? EOWNERDEAD : 0;
			continue;
		}
		if (is_trying)
			return EBUSY;
		if (until && !__is_valid_timespec(until))
			return EINVAL;
		if (!(old & FUTEX_WAITERS) && !__sync_bool_compare_and_swap(&mutex->__lock, old, old | FUTEX_WAITERS))
			continue;
		waited = FUTEX_WAITERS;
		if (__futex_wait_until(&mutex->__lock, old | FUTEX_WAITERS, FUTEX_BITSET_MATCH_ANY, 1, CLOCK_REALTIME, until) == ETIMEDOUT)
			return ETIMEDOUT;
	}
}

/* Gives the lock word back and wakes `count` waiters if there may be any. */
static void give(pthread_mutex_t *mutex, int count)
{
	if (__sync_lock_test_and_set(&mutex->__lock, 0) & FUTEX_WAITERS)
		__futex_wake(&mutex->__lock, count, 1);
}

int __robust_lock(pthread_mutex_t *mutex, int is_trying, const struct timespec *until)
{
	struct __robust_list *list = own_list();
	int tid = __thread_id(), is_again = (mutex->__lock & FUTEX_TID_MASK) == tid, result;

	list->pending = &mutex->__next;
	result = take(mutex, tid, is_trying, until);
	if ((result == 0 && !is_again) || result == EOWNERDEAD) {
		mutex->__count = 1;
		if (result == EOWNERDEAD)
			mutex->__robust = OWNER_DIED;
		if (mutex->__robust == NOT_RECOVERABLE) {
			give(mutex, 0x7fffffff);
			result = ENOTRECOVERABLE;
		} else
			enlist(list, mutex);
	}
	list->pending = NULL;
	return result;
}

int __robust_unlock(pthread_mutex_t *mutex)
{
	struct __robust_list *list = own_list();
	int is_lost;

	if ((mutex->__lock & FUTEX_TID_MASK) != __thread_id())
		return EPERM;
	if (--mutex->__count > 0)
		return 0;
	/* Nobody has made the state consistent: the mutex is of no use any more. */
	is_lost = mutex->__robust == OWNER_DIED;
	if (is_lost)
		mutex->__robust = NOT_RECOVERABLE;
	list->pending = &mutex->__next;
	unlist(list, mutex);
	give(mutex, is_lost ? 0x7fffffff : 1);
	list->pending = NULL;
	return 0;
}

int pthread_mutex_consistent(pthread_mutex_t *mutex)
{
	if (mutex->__robust != OWNER_DIED || (mutex->__lock & FUTEX_TID_MASK) != __thread_id())
		return EINVAL;
	mutex->__robust = CONSISTENT;
	return 0;
}

/* The names from before POSIX had robust mutexes, which glibc still has, too. */
int pthread_mutex_consistent_np(pthread_mutex_t *mutex);
int pthread_mutexattr_getrobust_np(const pthread_mutexattr_t *attr, int *robust);
int pthread_mutexattr_setrobust_np(pthread_mutexattr_t *attr, int robust);

int pthread_mutex_consistent_np(pthread_mutex_t *mutex)
{
	return pthread_mutex_consistent(mutex);
}

int pthread_mutexattr_getrobust_np(const pthread_mutexattr_t *attr, int *robust)
{
	return pthread_mutexattr_getrobust(attr, robust);
}

int pthread_mutexattr_setrobust_np(pthread_mutexattr_t *attr, int robust)
{
	return pthread_mutexattr_setrobust(attr, robust);
}
