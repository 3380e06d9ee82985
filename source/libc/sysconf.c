/* Limits that can be asked for: sysconf(3), pathconf(3). */
#include "internal.h"
#include <limits.h>
#include <string.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

static long limit_of(int resource)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY)
		return -1;
	return (long)limit.rlim_cur;
}

static long processor_count(void)
{
	cpu_set_t set;
	long n;

	memset(&set, 0, sizeof set);
	n = __syscall(SYS_sched_getaffinity, 0L, (long)sizeof set, (long)&set);
	return n < 0 ? 1 : CPU_COUNT(&set);
}

long sysconf(int name)
{
	struct sysinfo info;

	switch (name) {
	case _SC_ARG_MAX:
		return 2097152;
	case _SC_CHILD_MAX:
		return limit_of(RLIMIT_NPROC);
	case _SC_CLK_TCK:
		return 100;
	case _SC_NGROUPS_MAX:
		return NGROUPS_MAX;
	case _SC_OPEN_MAX:
		return limit_of(RLIMIT_NOFILE);
	case _SC_STREAM_MAX:
		return 16;
	case _SC_PAGESIZE:
		return 4096;
	case _SC_IOV_MAX:
		return IOV_MAX;
	case _SC_LINE_MAX:
		return LINE_MAX;
	case _SC_HOST_NAME_MAX:
		return HOST_NAME_MAX;
	case _SC_LOGIN_NAME_MAX:
		return LOGIN_NAME_MAX;
	case _SC_TTY_NAME_MAX:
		return TTY_NAME_MAX;
	case _SC_NPROCESSORS_CONF: case _SC_NPROCESSORS_ONLN:
		return processor_count();
	case _SC_PHYS_PAGES:
		return sysinfo(&info) < 0 ? -1 : (long)(info.totalram * info.mem_unit / 4096);
	case _SC_AVPHYS_PAGES:
		return sysinfo(&info) < 0 ? -1 : (long)(info.freeram * info.mem_unit / 4096);
	case _SC_SEM_VALUE_MAX:
		return SEM_VALUE_MAX;
	case _SC_RTSIG_MAX:
		return RTSIG_MAX;
	case _SC_MQ_PRIO_MAX:
		return MQ_PRIO_MAX;
	case _SC_THREAD_KEYS_MAX:
		return PTHREAD_KEYS_MAX;
	case _SC_THREAD_STACK_MIN:
		return PTHREAD_STACK_MIN;
	case _SC_THREAD_DESTRUCTOR_ITERATIONS:
		return PTHREAD_DESTRUCTOR_ITERATIONS;
	case _SC_ATEXIT_MAX:
		return INT_MAX;
	case _SC_GETPW_R_SIZE_MAX: case _SC_GETGR_R_SIZE_MAX:
		return 1024;
	case _SC_VERSION: case _SC_SEMAPHORES: case _SC_THREADS: case _SC_MONOTONIC_CLOCK: case _SC_REALTIME_SIGNALS:
	case _SC_THREAD_SAFE_FUNCTIONS: case _SC_THREAD_PROCESS_SHARED: case _SC_THREAD_ATTR_STACKADDR: case _SC_THREAD_ATTR_STACKSIZE:
	case _SC_THREAD_PRIORITY_SCHEDULING: case _SC_THREAD_PRIO_INHERIT: case _SC_THREAD_PRIO_PROTECT: case _SC_BARRIERS:
	case _SC_CLOCK_SELECTION: case _SC_CPUTIME: case _SC_THREAD_CPUTIME: case _SC_READER_WRITER_LOCKS: case _SC_SPIN_LOCKS:
	case _SC_SPAWN: case _SC_ASYNCHRONOUS_IO:
	case _SC_PRIORITY_SCHEDULING: case _SC_TIMERS: case _SC_FSYNC: case _SC_MAPPED_FILES: case _SC_SHARED_MEMORY_OBJECTS:
		return _POSIX_VERSION;
	case _SC_XOPEN_VERSION:
		return _XOPEN_VERSION;
	case _SC_JOB_CONTROL: case _SC_SAVED_IDS: case _SC_REGEXP: case _SC_SHELL:
		return 1;
	case _SC_LEVEL1_DCACHE_LINESIZE:
		return 64;
	case _SC_THREAD_THREADS_MAX: case _SC_SEM_NSEMS_MAX: case _SC_MQ_OPEN_MAX: case _SC_TIMER_MAX: case _SC_SIGQUEUE_MAX:
	case _SC_TZNAME_MAX: case _SC_AIO_MAX: case _SC_AIO_LISTIO_MAX:
		return -1;
	}
	errno = EINVAL;
	return -1;
}

long pathconf(const char *path, int name)
{
	(void)path;
	switch (name) {
	case _PC_LINK_MAX:
		return 65000;
	case _PC_MAX_CANON:
		return MAX_CANON;
	case _PC_MAX_INPUT:
		return MAX_INPUT;
	case _PC_NAME_MAX:
		return NAME_MAX;
	case _PC_PATH_MAX:
		return PATH_MAX;
	case _PC_PIPE_BUF:
		return PIPE_BUF;
	case _PC_CHOWN_RESTRICTED: case _PC_NO_TRUNC:
		return 1;
	case _PC_VDISABLE:
		return 0;
	}
	errno = EINVAL;
	return -1;
}

long fpathconf(int fd, int name)
{
	if (fd < 0) {
		errno = EBADF;
		return -1;
	}
	return pathconf("", name);
}

size_t confstr(int name, char *buffer, size_t size)
{
	static const char path[] = "/bin:/usr/bin";

	if (name != 0) {
		errno = EINVAL;
		return 0;
	}
	if (size > 0) {
		strncpy(buffer, path, size - 1);
		buffer[size - 1] = 0;
	}
	return sizeof path;
}

int getpagesize(void)
{
	return 4096;
}

int getdtablesize(void)
{
	return (int)sysconf(_SC_OPEN_MAX);
}

int get_nprocs(void)
{
	return (int)processor_count();
}

int get_nprocs_conf(void)
{
	return (int)processor_count();
}

long get_phys_pages(void)
{
	return sysconf(_SC_PHYS_PAGES);
}

long get_avphys_pages(void)
{
	return sysconf(_SC_AVPHYS_PAGES);
}

int getloadavg(double averages[], int count)
{
	struct sysinfo info;
	int i;

	if (sysinfo(&info) < 0)
		return -1;
	for (i = 0; i < count && i < 3; i++)
		averages[i] = (double)info.loads[i] / 65536.0;
	return i;
}

/* <gnu/libc-version.h>: the behaviour is that of this glibc. */
const char *gnu_get_libc_version(void)
{
	return "2.36";
}

const char *gnu_get_libc_release(void)
{
	return "stable";
}
