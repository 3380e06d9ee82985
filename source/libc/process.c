/* Processes and who they are: fork(2), wait(2), getpid(2), setpgid(2), getuid(2), nice(2), getrlimit(2), uname(2). */
#include "internal.h"
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <stdarg.h>
#include <unistd.h>

/* With other threads about, the child must not inherit a lock in the middle of a malloc or a change of the stream list. */
pid_t fork(void)
{
	long pid;

	__run_atfork(0);
	__LOCK(&__open_files_lock);
	__LOCK(&__malloc_lock);
	pid = __syscall(SYS_fork);
	if (pid == 0) {
		__malloc_lock = 0;
		__open_files_lock = 0;
		__reset_threads_after_fork();
		__run_atfork(2);
		return 0;
	}
	__UNLOCK(&__malloc_lock);
	__UNLOCK(&__open_files_lock);
	__run_atfork(1);
	return (pid_t)__syscall_return(pid);
}

/* The child runs in the memory of the parent, which waits until it has called _exit(2) or execve(2). */
pid_t vfork(void)
{
	return (pid_t)__SYSCALL0(vfork);
}

/* The child begins on a stack of its own, so what it needs of this frame has to be in registers. */
int clone(int (*start)(void *), void *stack, int flags, void *arg, ...)
{
	long parent_tid = 0, tls = 0, child_tid = 0, tid;
	va_list more;

	if (!start || !stack) {
		errno = EINVAL;
		return -1;
	}
	va_start(more, arg);
	if (flags & (CLONE_PARENT_SETTID | CLONE_SETTLS | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		parent_tid = va_arg(more, long);
		if (flags & (CLONE_SETTLS | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
			tls = va_arg(more, long);
		if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID))
			child_tid = va_arg(more, long);
	}
	va_end(more);
	if (flags & CLONE_VM)
		__threaded = 1;
	tid = __syscall(SYS_clone, (long)(unsigned int)flags, (long)stack, parent_tid, child_tid, tls);
	if (tid == 0) {
		if (!(flags & CLONE_VM))
			__reset_threads_after_fork();
		tid = start(arg);
		for (;;)
			__syscall(SYS_exit, tid);
	}
	return (int)__syscall_return(tid);
}

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	return (pid_t)__BLOCKING(wait4, pid, status, options, usage, 0, 0);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	return (int)__BLOCKING(waitid, type, id, info, options, 0, 0);
}

pid_t getpid(void)
{
	return (pid_t)__syscall(SYS_getpid);
}

pid_t getppid(void)
{
	return (pid_t)__syscall(SYS_getppid);
}

pid_t gettid(void)
{
	return (pid_t)__syscall(SYS_gettid);
}

pid_t getpgrp(void)
{
	return (pid_t)__syscall(SYS_getpgrp);
}

pid_t getpgid(pid_t pid)
{
	return (pid_t)__SYSCALL1(getpgid, pid);
}

int setpgid(pid_t pid, pid_t group)
{
	return (int)__SYSCALL2(setpgid, pid, group);
}

int setpgrp(void)
{
	return setpgid(0, 0);
}

pid_t getsid(pid_t pid)
{
	return (pid_t)__SYSCALL1(getsid, pid);
}

pid_t setsid(void)
{
	return (pid_t)__SYSCALL0(setsid);
}

uid_t getuid(void)
{
	return (uid_t)__syscall(SYS_getuid);
}

uid_t geteuid(void)
{
	return (uid_t)__syscall(SYS_geteuid);
}

gid_t getgid(void)
{
	return (gid_t)__syscall(SYS_getgid);
}

gid_t getegid(void)
{
	return (gid_t)__syscall(SYS_getegid);
}

int getgroups(int size, gid_t list[])
{
	return (int)__SYSCALL2(getgroups, size, list);
}

int setuid(uid_t id)
{
	return (int)__SYSCALL1(setuid, id);
}

int setgid(gid_t id)
{
	return (int)__SYSCALL1(setgid, id);
}

int seteuid(uid_t id)
{
	return (int)__SYSCALL3(setresuid, -1, id, -1);
}

int setegid(gid_t id)
{
	return (int)__SYSCALL3(setresgid, -1, id, -1);
}

int setreuid(uid_t real, uid_t effective)
{
	return (int)__SYSCALL2(setreuid, real, effective);
}

int setregid(gid_t real, gid_t effective)
{
	return (int)__SYSCALL2(setregid, real, effective);
}

int getresuid(uid_t *real, uid_t *effective, uid_t *saved)
{
	return (int)__SYSCALL3(getresuid, real, effective, saved);
}

int getresgid(gid_t *real, gid_t *effective, gid_t *saved)
{
	return (int)__SYSCALL3(getresgid, real, effective, saved);
}

int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return (int)__SYSCALL3(setresuid, real, effective, saved);
}

int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return (int)__SYSCALL3(setresgid, real, effective, saved);
}

/* The kernel answers 20 - nice, so that no result looks like an error. */
int getpriority(int which, id_t who)
{
	long result = __SYSCALL2(getpriority, which, who);

	return result < 0 ? -1 : (int)(20 - result);
}

int setpriority(int which, id_t who, int priority)
{
	return (int)__SYSCALL3(setpriority, which, who, priority);
}

int nice(int increment)
{
	int saved = errno, priority;

	errno = 0;
	priority = getpriority(PRIO_PROCESS, 0);
	if (priority == -1 && errno)
		return -1;
	if (setpriority(PRIO_PROCESS, 0, priority + increment) < 0) {
		if (errno == EACCES)
			errno = EPERM;
		return -1;
	}
	errno = saved;
	return getpriority(PRIO_PROCESS, 0);
}

int getrlimit(int resource, struct rlimit *limit)
{
	return (int)__SYSCALL4(prlimit64, 0, resource, 0, limit);
}

int setrlimit(int resource, const struct rlimit *limit)
{
	return (int)__SYSCALL4(prlimit64, 0, resource, limit, 0);
}

int prlimit(pid_t pid, int resource, const struct rlimit *new, struct rlimit *old)
{
	return (int)__SYSCALL4(prlimit64, pid, resource, new, old);
}

int getrusage(int who, struct rusage *usage)
{
	return (int)__SYSCALL2(getrusage, who, usage);
}

clock_t times(struct tms *buffer)
{
	return __SYSCALL1(times, buffer);
}

int uname(struct utsname *name)
{
	return (int)__SYSCALL1(uname, name);
}

int sysinfo(struct sysinfo *info)
{
	return (int)__SYSCALL1(sysinfo, info);
}

int gethostname(char *name, size_t size)
{
	struct utsname u;
	size_t n;

	if (uname(&u) < 0)
		return -1;
	n = strlen(u.nodename) + 1;
	memcpy(name, u.nodename, size < n ? size : n);
	if (n > size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return 0;
}

int sethostname(const char *name, size_t size)
{
	return (int)__SYSCALL2(sethostname, name, size);
}

int getdomainname(char *name, size_t size)
{
	struct utsname u;

	if (uname(&u) < 0)
		return -1;
	strncpy(name, u.domainname, size);
	return 0;
}

long gethostid(void)
{
	return 0x7f0100;
}

int prctl(int option, ...)
{
	va_list args;
	long a = 0, b = 0, c = 0, d = 0;

	va_start(args, option);
	if (!__HAS_ARGUMENTS(args))
		return (int)__SYSCALL5(prctl, option, a, b, c, d);
	a = va_arg(args, long);
	b = va_arg(args, long);
	c = va_arg(args, long);
	d = va_arg(args, long);
	va_end(args);
	return (int)__SYSCALL5(prctl, option, a, b, c, d);
}

int unshare(int flags)
{
	return (int)__SYSCALL1(unshare, flags);
}

int daemon(int nochdir, int noclose)
{
	int fd;
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid > 0)
		_exit(0);
	if (setsid() < 0)
		return -1;
	if (!nochdir && chdir("/") < 0)
		return -1;
	if (!noclose) {
		fd = open("/dev/null", O_RDWR);
		if (fd < 0)
			return -1;
		dup2(fd, 0);
		dup2(fd, 1);
		dup2(fd, 2);
		if (fd > 2)
			close(fd);
	}
	return 0;
}
