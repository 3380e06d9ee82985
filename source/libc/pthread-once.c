/* pthread_once(3) and pthread_atfork(3). */
#include "internal.h"
#include <limits.h>

static void reset_once(void *once)
{
	*(int *)once = 0;
	__futex_wake(once, INT_MAX, 0);
}

/* 0 not begun, 1 being done, 2 done. */
int pthread_once(pthread_once_t *once, void (*f)(void))
{
	while (*(volatile int *)once != 2) {
		if (__sync_bool_compare_and_swap(once, 0, 1)) {
			struct __pthread_cleanup c;
			__pthread_cleanup_push(&c, reset_once, once);
			f();
			__pthread_cleanup_pop(&c, 0);
			*(volatile int *)once = 2;
			if (__threaded)
				__futex_wake(once, INT_MAX, 0);
			break;
		}
		__futex_wait(once, 1, 0);
	}
	return 0;
}

#define MAX_FORK_HANDLERS 32
static void (*fork_handlers[MAX_FORK_HANDLERS][3])(void);
static int fork_handler_count;

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	if (fork_handler_count == MAX_FORK_HANDLERS)
		return ENOMEM;
	fork_handlers[fork_handler_count][0] = prepare;
	fork_handlers[fork_handler_count][1] = parent;
	fork_handlers[fork_handler_count][2] = child;
	fork_handler_count++;
	return 0;
}

/* Phase 0 before the fork (last registered first), 1 after it in the parent, 2 in the child. */
void __run_atfork(int phase)
{
	int i;

	for (i = 0; i < fork_handler_count; i++) {
		void (*f)(void) = fork_handlers[phase == 0 ? fork_handler_count - 1 - i : i][phase];
		if (f)
			f();
	}
}
