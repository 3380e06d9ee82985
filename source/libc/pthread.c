/* Threads: pthread_create(3), pthread_join(3), pthread_exit(3), pthread_cancel(3), keys, pthread_once(3). A thread's record
   lies at the top of its stack, which is one mapping: guard page, stack, thread-local variables, record. */
#include "internal.h"
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define DEFAULT_STACK (1024 * 1024UL)
#define DEFAULT_GUARD 4096UL
#define PAGE 4096UL
#define THREAD(t) ((struct __pthread *)(t))

static struct __pthread *cached_stacks; /* Their threads have ended, or are about to (tid tells). */
static int stacks_lock;
static int cancel_is_ready;

struct key {
	int is_used;
	int generation;
	void (*destructor)(void *);
};
static struct key keys[PTHREAD_KEYS_MAX];
static int keys_lock;

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
	size_t size = attr && attr->__stack_size ? (attr->__stack_size + PAGE - 1) & ~(PAGE - 1) : DEFAULT_STACK;
	struct __pthread *t;
	char *map;

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
	long tid = __syscall(SYS_thread_set_clear_tid, (long)&self->tid);

	if (tid > 0)
		self->tid = (int)tid;
	__restore_signals(self->start_mask);
	pthread_exit(self->start(self->arg));
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr, void *(*start)(void *), void *restrict arg)
{
	struct __pthread *t;
	unsigned long mask;
	long tid;
	char *stack_top;

	__threaded = 1;
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
	if (!self->is_first && __sync_lock_test_and_set(&self->detach_state, 2) == PTHREAD_CREATE_DETACHED && self->map)
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
	if (t->detach_state == PTHREAD_CREATE_DETACHED)
		return EINVAL;
	if (!waits && t->tid != 0)
		return EBUSY;
	error = wait_for_end(t, CLOCK_REALTIME, until);
	if (error)
		return error;
	if (value)
		*value = t->result;
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
	/* It has ended already. */
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
	__thread_count = 1;
	stacks_lock = keys_lock = 0;
	for (f = __open_files; f; f = f->next) {
		if (f->lock_owner != self) {
			f->lock = f->lock_count = 0;
			f->lock_owner = NULL;
		}
	}
}

/* ---- Cancellation ---- */

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

/* ---- Keys ---- */

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	unsigned int i;

	__LOCK(&keys_lock);
	for (i = 0; i < PTHREAD_KEYS_MAX && keys[i].is_used; i++)
		;
	if (i < PTHREAD_KEYS_MAX) {
		keys[i].is_used = 1;
		keys[i].destructor = destructor;
	}
	__UNLOCK(&keys_lock);
	if (i == PTHREAD_KEYS_MAX)
		return EAGAIN;
	*key = i;
	return 0;
}

static void **value_of(struct __pthread *t, pthread_key_t key, int allocate)
{
	if (key < __KEYS_INLINE)
		return &t->values[key];
	if (!t->more_values && allocate)
		t->more_values = calloc(PTHREAD_KEYS_MAX - __KEYS_INLINE, sizeof(void *));
	return t->more_values ? &t->more_values[key - __KEYS_INLINE] : NULL;
}

/* The values of an old key of the same number must not be seen through a new one. */
static void forget_value(pthread_key_t key)
{
	void **value = value_of(__SELF, key, 0);

	if (value)
		*value = NULL;
}

int pthread_key_delete(pthread_key_t key)
{
	if (key >= PTHREAD_KEYS_MAX || !keys[key].is_used)
		return EINVAL;
	forget_value(key);
	keys[key].is_used = 0;
	keys[key].destructor = NULL;
	return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
	void **value;

	if (key >= PTHREAD_KEYS_MAX)
		return NULL;
	value = value_of(__SELF, key, 0);
	return value ? *value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void *new_value)
{
	void **value;

	if (key >= PTHREAD_KEYS_MAX || !keys[key].is_used)
		return EINVAL;
	value = value_of(__SELF, key, new_value != NULL);
	if (value)
		*value = (void *)new_value;
	return value || !new_value ? 0 : ENOMEM;
}

void __run_key_destructors(struct __pthread *self)
{
	int round, i, again = 1;

	for (round = 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
		again = 0;
		for (i = 0; i < (self->more_values ? PTHREAD_KEYS_MAX : __KEYS_INLINE); i++) {
			void **value = value_of(self, (pthread_key_t)i, 0), *old = *value;
			if (!old || !keys[i].is_used)
				continue;
			*value = NULL;
			if (keys[i].destructor) {
				again = 1;
				keys[i].destructor(old);
			}
		}
	}
	free(self->more_values);
	self->more_values = NULL;
}

/* ---- Once, fork handlers ---- */

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

/* ---- What else is known about a thread ---- */

int pthread_kill(pthread_t thread, int signal)
{
	struct __pthread *t = THREAD(thread);
	int tid = t == __SELF ? __thread_id() : t->tid;

	if (signal == __SIGCANCEL || signal == __SIGNOTIFY)
		return EINVAL;
	if (t->is_first && tid == 0)
		tid = getpid();
	if (tid == 0)
		return 0; /* It has ended, and has not been joined. */
	return (int)-__syscall(SYS_tgkill, __syscall(SYS_getpid), (long)tid, (long)signal);
}

int pthread_setname_np(pthread_t thread, const char *name)
{
	struct __pthread *t = THREAD(thread);

	if (strlen(name) > 15)
		return ERANGE;
	strcpy(t->name, name);
	if (t == __SELF)
		return (int)-__syscall(SYS_prctl, (long)PR_SET_NAME, (long)name);
	return 0;
}

int pthread_getname_np(pthread_t thread, char *name, size_t size)
{
	struct __pthread *t = THREAD(thread);
	char own[16];

	if (size < 16)
		return ERANGE;
	strcpy(name, t->name);
	if (!*name && t == __SELF && __syscall(SYS_prctl, (long)PR_GET_NAME, (long)own) == 0)
		strcpy(name, own);
	else if (!*name)
		strncat(name, program_invocation_short_name, 15);
	return 0;
}

int pthread_getschedparam(pthread_t thread, int *restrict policy, struct sched_param *restrict param)
{
	struct __pthread *t = THREAD(thread);
	int tid = t == __SELF ? 0 : t->tid;
	long result = __syscall(SYS_sched_getscheduler, (long)tid);

	if (result < 0)
		return (int)-result;
	*policy = (int)result;
	return (int)-__syscall(SYS_sched_getparam, (long)tid, (long)param);
}

int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *param)
{
	struct __pthread *t = THREAD(thread);

	return (int)-__syscall(SYS_sched_setscheduler, (long)(t == __SELF ? 0 : t->tid), (long)policy, (long)param);
}

int pthread_setschedprio(pthread_t thread, int priority)
{
	struct __pthread *t = THREAD(thread);
	struct sched_param param;

	param.sched_priority = priority;
	return (int)-__syscall(SYS_sched_setparam, (long)(t == __SELF ? 0 : t->tid), (long)&param);
}

int pthread_setaffinity_np(pthread_t thread, size_t size, const cpu_set_t *set)
{
	struct __pthread *t = THREAD(thread);

	return (int)-__syscall(SYS_sched_setaffinity, (long)(t == __SELF ? 0 : t->tid), (long)size, (long)set);
}

int pthread_getaffinity_np(pthread_t thread, size_t size, cpu_set_t *set)
{
	struct __pthread *t = THREAD(thread);
	long n = __syscall(SYS_sched_getaffinity, (long)(t == __SELF ? 0 : t->tid), (long)size, (long)set);

	if (n < 0)
		return (int)-n;
	memset((char *)set + n, 0, size - (size_t)n);
	return 0;
}

int pthread_getcpuclockid(pthread_t thread, clockid_t *clock)
{
	struct __pthread *t = THREAD(thread);
	int tid = t == __SELF ? __thread_id() : t->tid;

	*clock = (clockid_t)((~(unsigned)tid << 3) | 6);
	return 0;
}

int pthread_yield(void)
{
	return sched_yield();
}

static int concurrency;

int pthread_getconcurrency(void)
{
	return concurrency;
}

int pthread_setconcurrency(int level)
{
	if (level < 0)
		return EINVAL;
	concurrency = level;
	return 0;
}

int pthread_getattr_np(pthread_t thread, pthread_attr_t *attr)
{
	struct __pthread *t = THREAD(thread);

	pthread_attr_init(attr);
	attr->__detach_state = t->detach_state == PTHREAD_CREATE_DETACHED;
	attr->__stack_address = t->stack;
	attr->__stack_size = t->stack_size;
	attr->__guard_size = t->guard_size;
	if (t->is_first) {
		struct rlimit limit;
		unsigned long here = (unsigned long)&limit;
		getrlimit(RLIMIT_STACK, &limit);
		attr->__stack_size = limit.rlim_cur < (8UL << 20) ? limit.rlim_cur : 8UL << 20;
		here = (here + (1UL << 20)) & ~((1UL << 20) - 1);
		attr->__stack_address = (void *)(here > attr->__stack_size ? here - attr->__stack_size : PAGE);
	}
	return 0;
}

/* ---- SIGEV_THREAD ---- */

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

/* SIGEV_THREAD becomes a signal of the library's own, whose handler starts the thread. */
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
	action.handler = (void (*)(int))handle_notify;
	action.flags = SA_SIGINFO | SA_RESTART;
	__syscall(SYS_rt_sigaction, (long)__SIGNOTIFY, (long)&action, 0L, 8L);
	memset(to, 0, sizeof *to);
	to->sigev_notify = SIGEV_SIGNAL;
	to->sigev_signo = __SIGNOTIFY;
	to->sigev_value.sival_ptr = n;
	return 0;
}
