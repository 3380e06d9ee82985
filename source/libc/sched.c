/* Scheduling: sched(7). */
#include "internal.h"
#include <sched.h>
#include <string.h>

int sched_yield(void)
{
	return (int)__SYSCALL0(sched_yield);
}

int sched_setparam(pid_t pid, const struct sched_param *param)
{
	return (int)__SYSCALL2(sched_setparam, pid, param);
}

int sched_getparam(pid_t pid, struct sched_param *param)
{
	return (int)__SYSCALL2(sched_getparam, pid, param);
}

int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param)
{
	return (int)__SYSCALL3(sched_setscheduler, pid, policy, param);
}

int sched_getscheduler(pid_t pid)
{
	return (int)__SYSCALL1(sched_getscheduler, pid);
}

int sched_get_priority_max(int policy)
{
	return (int)__SYSCALL1(sched_get_priority_max, policy);
}

int sched_get_priority_min(int policy)
{
	return (int)__SYSCALL1(sched_get_priority_min, policy);
}

int sched_rr_get_interval(pid_t pid, struct timespec *interval)
{
	return (int)__SYSCALL2(sched_rr_get_interval, pid, interval);
}

int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set)
{
	return (int)__SYSCALL3(sched_setaffinity, pid, size, set);
}

/* The kernel returns how many bytes it wrote; the rest is cleared. */
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
	long n = __SYSCALL3(sched_getaffinity, pid, size, set);

	if (n < 0)
		return -1;
	memset((char *)set + n, 0, size - (size_t)n);
	return 0;
}

int sched_getcpu(void)
{
	unsigned int cpu;

	return __SYSCALL3(getcpu, &cpu, 0, 0) < 0 ? -1 : (int)cpu;
}

void __cpu_zero(cpu_set_t *set)
{
	memset(set, 0, sizeof *set);
}

int __cpu_count(const cpu_set_t *set)
{
	int count = 0, cpu;

	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		count += CPU_ISSET(cpu, set);
	return count;
}
