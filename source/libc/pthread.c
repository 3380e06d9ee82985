/* Threads begin and end: pthread_create(3), pthread_join(3), pthread_exit(3), pthread_detach(3). A thread's record lies at
   the top of its stack, which is one mapping: guard page, stack, thread-local variables, record. */
#include "internal.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The address space (2 GiB) gets scarce with many threads: the first ones have what Linux gives, further ones less, so that
   10,000 fit. */
#define FEW_THREADS 16
#define MEDIUM_STACK (1024 * 1024UL)
#define MANY_THREADS 256
#define SMALL_STACK (128 * 1024UL)
#define DEFAULT_GUARD 4096UL
#define PAGE 4096UL
#define THREAD(t) ((struct __pthread *)(t))
#define ENDED 2
#define JOINED 3

static struct __pthread *cached_stacks; /* Their threads have ended, or are about to (tid tells). */
static int stacks_lock;

int __thread_id(void)
{
	struct __pthread *self = __SELF;

	if (self->tid <= 0)
		self->tid = (int)__syscall(SYS_gettid);
	return self->tid;
}

pthread_t pthread_self(void)
{
	return (pthread_t)__SELF;
}

int pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

/* ---- Stacks ---- */

static struct __pthread *take_cached_stack(size_t size, size_t guard)
{
	struct __pthread **link, *found = NULL;

	__lock_slow(&stacks_lock);
	for (link = &cached_stacks; *link; link = &(*link)->next) {
		if ((*link)->tid == 0 && (*link)->map_size == size && (*link)->guard_size == guard) {
			found = *link;
			*link = found->next;
			break;
		}
	}
	__unlock_slow(&stacks_lock);
	return found;
}

static void cache_stack(struct __pthread *t)
{
	__lock_slow(&stacks_lock);
	t->next = cached_stacks;
	cached_stacks = t;
	__unlock_slow(&stacks_lock);
}

static struct __pthread *place_record(char *bottom, size_t size)
{
	struct __pthread *t = (struct __pthread *)((unsigned long)(bottom + size - sizeof(struct __pthread)) & ~63UL);

	memset(t, 0, sizeof *t);
	t->self = t;
	t->stack = bottom;
	t->stack_size = size;
	return t;
}

static struct __pthread *new_stack(const pthread_attr_t *attr)
{
	size_t guard = attr ? (attr->__guard_size + PAGE - 1) & ~(PAGE - 1) : DEFAULT_GUARD;
	size_t size = __thread_count < FEW_THREADS ? __DEFAULT_STACK : __thread_count < MANY_THREADS ? MEDIUM_STACK : SMALL_STACK;
	struct __pthread *t;
	char *map;

	if (attr && attr->__stack_size != __DEFAULT_STACK)
		size = (attr->__stack_size + PAGE - 1) & ~(PAGE - 1);
	if (attr && attr->__stack_address)
		return place_record((char *)attr->__stack_address, attr->__stack_size);
	size += guard;
	t = take_cached_stack(size, guard);
	map = t ? t->map : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (map == MAP_FAILED)
		return NULL;
	if (!t && guard > 0)
		mprotect(map, guard, PROT_NONE);
	t = place_record(map + guard, size - guard);
	t->map = map;
	t->map_size = size;
	t->guard_size = guard;
	return t;
}

/* ---- Life ---- */

static void run_thread(void *arg)
{
	struct __pthread *self = arg;
	void *result;
	long tid = __syscall(SYS_set_tid_address, (long)&self->tid);

	if (tid > 0)
		self->tid = (int)tid;
	__restore_signals(self->start_mask);
	result = self->start(self->arg);
	/* Who returns between pthread_cleanup_push() and pop() leaves its handlers behind: nobody calls them. */
	self->cleanup = NULL;
	pthread_exit(result);
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr, void *(*start)(void *), void *restrict arg)
{
	struct __pthread *t;
	unsigned long mask;
	long tid;
	char *stack_top;

	__threaded = 1;
	if (attr && attr->__inherit_sched == PTHREAD_EXPLICIT_SCHED && attr->__policy != SCHED_OTHER)
		return EPERM; /* As sched_setscheduler(2) says: that takes a privilege. */
	t = new_stack(attr);
	if (!t)
		return EAGAIN;
	t->start = start;
	t->arg = arg;
	t->detach_state = attr ? attr->__detach_state : 0;
	t->tid = -1;
	if (attr && attr->__inherit_sched == PTHREAD_EXPLICIT_SCHED) {
		t->policy = attr->__policy;
		t->priority = attr->__priority;
	}
	__install_thread_locals(t);
	stack_top = (char *)((unsigned long)((char *)t - __thread_local_size()) & ~15UL);
	/* The new thread begins with all signals blocked, so that no handler runs before its record is complete. */
	mask = __block_all_signals();
	t->start_mask = mask;
	__sync_fetch_and_add(&__thread_count, 1);
	*thread = (pthread_t)t;
	tid = __syscall(SYS_thread_create, (long)run_thread, (long)t, (long)stack_top, (long)t);
	if (tid > 0)
		__sync_bool_compare_and_swap(&t->tid, -1, (int)tid);
	__restore_signals(mask);
	if (tid < 0) {
		__sync_fetch_and_sub(&__thread_count, 1);
		t->tid = 0;
		if (t->map)
			cache_stack(t);
		return tid == -ENOMEM ? EAGAIN : (int)-tid;
	}
	return 0;
}

/* Lets go of the streams that a thread held when it was cancelled in the middle of them. */
static void release_streams(struct __pthread *self)
{
	FILE *f;

	for (f = __open_files; f; f = f->next) {
		if (f->lock_owner == self) {
			f->lock_owner = NULL;
			f->lock_count = 0;
			__unlock_slow(&f->lock);
		}
	}
}

void pthread_exit(void *value)
{
	struct __pthread *self = __SELF;

	self->is_exiting = 1;
	self->cancel_state = PTHREAD_CANCEL_DISABLE;
	self->result = value;
	while (self->cleanup) {
		struct __pthread_cleanup *c = self->cleanup;
		self->cleanup = c->__previous;
		c->__routine(c->__arg);
	}
	__run_key_destructors(self);
	if (__sync_fetch_and_sub(&__thread_count, 1) == 1)
		exit(0);
	__block_all_signals();
	release_streams(self);
	/* A detached thread's stack may be used again as soon as the kernel has cleared its tid. */
	if (!self->is_first && __sync_lock_test_and_set(&self->detach_state, ENDED) == PTHREAD_CREATE_DETACHED && self->map)
		cache_stack(self);
	for (;;)
		__syscall(SYS_exit, 0L);
}

static int wait_for_end(struct __pthread *t, clockid_t clock, const struct timespec *until)
{
	int tid, error;

	while ((tid = *(volatile int *)&t->tid) != 0) {
		/* The kernel wakes as for process-shared futexes. A cancellation point. */
		struct __pthread *self = __SELF;
		self->in_cancellation_point = 1;
		if (self->cancel_requested)
			__act_on_cancel(self);
		error = __futex_wait_until(&t->tid, tid, FUTEX_BITSET_MATCH_ANY, 1, clock, until);
		self->in_cancellation_point = 0;
		if (error == ETIMEDOUT)
			return error;
	}
	return 0;
}

static int join(pthread_t thread, void **value, int waits, const struct timespec *until)
{
	struct __pthread *t = THREAD(thread);
	int error;

	if (t == __SELF)
		return EDEADLK;
	if (t->detach_state == JOINED)
		return ESRCH;
	if (t->detach_state == PTHREAD_CREATE_DETACHED)
		return EINVAL;
	if (!waits && t->tid != 0)
		return EBUSY;
	error = wait_for_end(t, CLOCK_REALTIME, until);
	if (error)
		return error;
	if (value)
		*value = t->result;
	t->detach_state = JOINED;
	if (t->map)
		cache_stack(t);
	return 0;
}

int pthread_join(pthread_t thread, void **value)
{
	return join(thread, value, 1, NULL);
}

int pthread_tryjoin_np(pthread_t thread, void **value)
{
	return join(thread, value, 0, NULL);
}

int pthread_timedjoin_np(pthread_t thread, void **value, const struct timespec *until)
{
	if (until && !__is_valid_timespec(until))
		return EINVAL;
	return join(thread, value, 1, until);
}

int pthread_detach(pthread_t thread)
{
	struct __pthread *t = THREAD(thread);

	if (__sync_bool_compare_and_swap(&t->detach_state, PTHREAD_CREATE_JOINABLE, PTHREAD_CREATE_DETACHED))
		return 0;
	if (t->detach_state == PTHREAD_CREATE_DETACHED)
		return EINVAL;
	if (t->detach_state == JOINED)
		return ESRCH;
	/* It has ended already. */
	t->detach_state = PTHREAD_CREATE_DETACHED;
	if (t->map && !t->is_first)
		cache_stack(t);
	return 0;
}

/* In the child of a fork there is only the thread that called it. */
void __reset_threads_after_fork(void)
{
	struct __pthread *self = __SELF;
	FILE *f;

	self->tid = 0;
	self->robust.first = NULL;
	__thread_count = 1;
	stacks_lock = __keys_lock = 0;
	for (f = __open_files; f; f = f->next) {
		if (f->lock_owner != self) {
			f->lock = f->lock_count = 0;
			f->lock_owner = NULL;
		}
	}
}
