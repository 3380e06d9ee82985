// sched_setaffinity(2): the mask that was set is told and inherited; CPUs that the machine hasn't don't count.
// expect: 1 CPU, then 1, child 1
// expect: CPU 63 alone: EINVAL, with CPU 0: 0
// expect: nobody: ESRCH
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static int count(void)
{
	cpu_set_t set;

	sched_getaffinity(0, sizeof set, &set);
	return CPU_COUNT(&set);
}

int main(void)
{
	cpu_set_t set;
	int status, alone, both;

	CPU_ZERO(&set);
	CPU_SET(0, &set);
	printf("%ld CPU, then ", sysconf(_SC_NPROCESSORS_ONLN));
	sched_setaffinity(0, sizeof set, &set);
	fflush(stdout);
	if (fork() == 0)
		_exit(count());
	wait(&status);
	printf("%d, child %d\n", count(), WEXITSTATUS(status));
	CPU_ZERO(&set);
	CPU_SET(63, &set);
	alone = sched_setaffinity(0, sizeof set, &set) < 0 && errno == EINVAL;
	CPU_SET(0, &set);
	both = sched_setaffinity(0, sizeof set, &set);
	printf("CPU 63 alone: %s, with CPU 0: %d\n", alone ? "EINVAL" : "?", both);
	printf("nobody: %s\n", sched_setaffinity(99999, sizeof set, &set) < 0 && errno == ESRCH ? "ESRCH" : "?");
	return 0;
}
