/* What else is known about a thread: its name, scheduling, CPUs, stack (pthread_setname_np(3), pthread_getattr_np(3)), and
   signals to it (pthread_kill(3)). */
#include "internal.h"
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE 4096UL
#define THREAD(t) ((struct __pthread *)(t))

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
