/* futex(2): sleeping on a word of memory, and the locks the library itself uses. */
#include "internal.h"
#include <limits.h>

void __futex_wait(int *word, int value, int pshared)
{
	__syscall(SYS_futex, (long)word, (long)(pshared ? FUTEX_WAIT : FUTEX_WAIT_PRIVATE), (long)value, 0L);
}

void __futex_wake(int *word, int count, int pshared)
{
	__syscall(SYS_futex, (long)word, (long)(pshared ? FUTEX_WAKE : FUTEX_WAKE_PRIVATE), (long)count);
}

int __futex_wait_until(int *word, int value, unsigned int mask, int pshared, clockid_t clock, const struct timespec *until)
{
	int operation = FUTEX_WAIT_BITSET | (pshared ? 0 : FUTEX_PRIVATE_FLAG);

	if (until && until->tv_sec < 0)
		return ETIMEDOUT;
	if (clock == CLOCK_REALTIME)
		operation |= FUTEX_CLOCK_REALTIME;
	return (int)-__syscall(SYS_futex, (long)word, (long)operation, (long)value, (long)until, 0L, (long)mask);
}

void __lock_slow(int *lock)
{
	int old;

	if (__sync_bool_compare_and_swap(lock, 0, 1))
		return;
	for (old = *lock; old != 0 || !__sync_bool_compare_and_swap(lock, 0, 2); old = *lock) {
		if (old == 2 || __sync_bool_compare_and_swap(lock, 1, 2))
			__futex_wait(lock, 2, 0);
	}
}

void __unlock_slow(int *lock)
{
	if (__sync_lock_test_and_set(lock, 0) == 2)
		__futex_wake(lock, 1, 0);
}
