#ifndef _UNISTD_H
#define _UNISTD_H

#include <bits/types.h>
#include <stddef.h>

#define _POSIX_VERSION 200809L
#define _XOPEN_VERSION 700
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SAVED_IDS 1
#define _POSIX_PRIORITY_SCHEDULING 200809L
#define _POSIX_SYNCHRONIZED_IO 200809L
#define _POSIX_FSYNC 200809L
#define _POSIX_MAPPED_FILES 200809L
#define _POSIX_MEMORY_PROTECTION 200809L
#define _POSIX_THREADS 200809L
#define _POSIX_THREAD_ATTR_STACKADDR 200809L
#define _POSIX_THREAD_ATTR_STACKSIZE 200809L
#define _POSIX_THREAD_PRIORITY_SCHEDULING 200809L
#define _POSIX_THREAD_PRIO_INHERIT 200809L
#define _POSIX_THREAD_PRIO_PROTECT 200809L
#define _POSIX_THREAD_ROBUST_PRIO_INHERIT 200809L
#define _POSIX_ASYNCHRONOUS_IO 200809L
#define _POSIX_ASYNC_IO 1
#define _POSIX_CLOCK_SELECTION 200809L
#define _POSIX_CPUTIME 0
#define _POSIX_THREAD_CPUTIME 0
#define _POSIX_SPAWN 200809L
#define _POSIX_SHELL 1
#define _POSIX_REGEXP 1
#define _POSIX_THREAD_SAFE_FUNCTIONS 200809L
#define _POSIX_THREAD_PROCESS_SHARED 200809L
#define _POSIX_SEMAPHORES 200809L
#define _POSIX_REALTIME_SIGNALS 200809L
#define _POSIX_TIMERS 200809L
#define _POSIX_BARRIERS 200809L
#define _POSIX_SPIN_LOCKS 200809L
#define _POSIX_READER_WRITER_LOCKS 200809L
#define _POSIX_TIMEOUTS 200809L
#define _POSIX_MONOTONIC_CLOCK 200809L
#define _POSIX_MESSAGE_PASSING 200809L
#define _POSIX_SHARED_MEMORY_OBJECTS 200809L
#define _POSIX_VDISABLE 0

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif
#define L_SET 0
#define L_INCR 1
#define L_XTND 2
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3

enum {
	_PC_LINK_MAX,
	_PC_MAX_CANON,
	_PC_MAX_INPUT,
	_PC_NAME_MAX,
	_PC_PATH_MAX,
	_PC_PIPE_BUF,
	_PC_CHOWN_RESTRICTED,
	_PC_NO_TRUNC,
	_PC_VDISABLE
};
#define _PC_LINK_MAX _PC_LINK_MAX
#define _PC_NAME_MAX _PC_NAME_MAX
#define _PC_PATH_MAX _PC_PATH_MAX
#define _PC_PIPE_BUF _PC_PIPE_BUF

enum {
	_SC_ARG_MAX = 0,
	_SC_CHILD_MAX = 1,
	_SC_CLK_TCK = 2,
	_SC_NGROUPS_MAX = 3,
	_SC_OPEN_MAX = 4,
	_SC_STREAM_MAX = 5,
	_SC_TZNAME_MAX = 6,
	_SC_JOB_CONTROL = 7,
	_SC_SAVED_IDS = 8,
	_SC_REALTIME_SIGNALS = 9,
	_SC_PRIORITY_SCHEDULING = 10,
	_SC_TIMERS = 11,
	_SC_ASYNCHRONOUS_IO = 12,
	_SC_FSYNC = 15,
	_SC_MAPPED_FILES = 16,
	_SC_SEMAPHORES = 21,
	_SC_SHARED_MEMORY_OBJECTS = 22,
	_SC_MQ_OPEN_MAX = 27,
	_SC_MQ_PRIO_MAX = 28,
	_SC_VERSION = 29,
	_SC_PAGESIZE = 30,
	_SC_RTSIG_MAX = 31,
	_SC_SEM_NSEMS_MAX = 32,
	_SC_SEM_VALUE_MAX = 33,
	_SC_SIGQUEUE_MAX = 34,
	_SC_TIMER_MAX = 35,
	_SC_LINE_MAX = 43,
	_SC_IOV_MAX = 60,
	_SC_AIO_LISTIO_MAX = 23,
	_SC_AIO_MAX = 24,
	_SC_THREADS = 67,
	_SC_THREAD_SAFE_FUNCTIONS = 68,
	_SC_GETGR_R_SIZE_MAX = 69,
	_SC_GETPW_R_SIZE_MAX = 70,
	_SC_LOGIN_NAME_MAX = 71,
	_SC_TTY_NAME_MAX = 72,
	_SC_THREAD_DESTRUCTOR_ITERATIONS = 73,
	_SC_THREAD_KEYS_MAX = 74,
	_SC_THREAD_STACK_MIN = 75,
	_SC_THREAD_THREADS_MAX = 76,
	_SC_THREAD_ATTR_STACKADDR = 77,
	_SC_THREAD_ATTR_STACKSIZE = 78,
	_SC_THREAD_PRIORITY_SCHEDULING = 79,
	_SC_THREAD_PRIO_INHERIT = 80,
	_SC_THREAD_PRIO_PROTECT = 81,
	_SC_THREAD_PROCESS_SHARED = 82,
	_SC_NPROCESSORS_CONF = 83,
	_SC_NPROCESSORS_ONLN = 84,
	_SC_PHYS_PAGES = 85,
	_SC_AVPHYS_PAGES = 86,
	_SC_ATEXIT_MAX = 87,
	_SC_XOPEN_VERSION = 89,
	_SC_BARRIERS = 133,
	_SC_CLOCK_SELECTION = 137,
	_SC_CPUTIME = 138,
	_SC_THREAD_CPUTIME = 139,
	_SC_MONOTONIC_CLOCK = 149,
	_SC_READER_WRITER_LOCKS = 153,
	_SC_SPIN_LOCKS = 154,
	_SC_REGEXP = 155,
	_SC_SHELL = 157,
	_SC_SPAWN = 159,
	_SC_HOST_NAME_MAX = 180,
	_SC_LEVEL1_DCACHE_LINESIZE = 190
};
#define _SC_PAGE_SIZE _SC_PAGESIZE
#define _SC_PAGESIZE _SC_PAGESIZE
#define _SC_OPEN_MAX _SC_OPEN_MAX
#define _SC_ARG_MAX _SC_ARG_MAX
#define _SC_CLK_TCK _SC_CLK_TCK
#define _SC_NPROCESSORS_ONLN _SC_NPROCESSORS_ONLN
#define _SC_NPROCESSORS_CONF _SC_NPROCESSORS_CONF

extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;

extern ssize_t read(int __fd, void *__buffer, size_t __count);
extern ssize_t write(int __fd, const void *__buffer, size_t __count);
extern ssize_t pread(int __fd, void *__buffer, size_t __count, off_t __offset);
extern ssize_t pwrite(int __fd, const void *__buffer, size_t __count, off_t __offset);
extern int close(int __fd);
extern off_t lseek(int __fd, off_t __offset, int __whence);
extern int dup(int __fd);
extern int dup2(int __from, int __to);
extern int pipe(int __fds[2]);
extern int isatty(int __fd);
extern char *ttyname(int __fd);
extern int ttyname_r(int __fd, char *__buffer, size_t __size);
extern int fsync(int __fd);
extern int fdatasync(int __fd);
extern void sync(void);
extern int syncfs(int __fd);
extern int ftruncate(int __fd, off_t __length);
extern int truncate(const char *__path, off_t __length);
/* The names of the time when off_t had 32 bits, lfcompliance(7). */
#define lseek64 lseek
#define pread64 pread
#define pwrite64 pwrite
#define truncate64 truncate
#define ftruncate64 ftruncate
extern int lockf(int __fd, int __command, off_t __length);

extern int access(const char *__path, int __mode);
extern int faccessat(int __dir, const char *__path, int __mode, int __flags);
extern int link(const char *__from, const char *__to);
extern int linkat(int __from_dir, const char *__from, int __to_dir, const char *__to, int __flags);
extern int unlink(const char *__path);
extern int unlinkat(int __dir, const char *__path, int __flags);
extern int rmdir(const char *__path);
extern int symlink(const char *__target, const char *__path);
extern int symlinkat(const char *__target, int __dir, const char *__path);
extern ssize_t readlink(const char *__restrict __path, char *__restrict __buffer, size_t __size);
extern ssize_t readlinkat(int __dir, const char *__restrict __path, char *__restrict __buffer, size_t __size);
extern int chdir(const char *__path);
extern int fchdir(int __fd);
extern int chroot(const char *__path);
extern char *getcwd(char *__buffer, size_t __size);
extern char *getwd(char *__buffer);
extern int chown(const char *__path, uid_t __owner, gid_t __group);
extern int fchown(int __fd, uid_t __owner, gid_t __group);
extern int lchown(const char *__path, uid_t __owner, gid_t __group);

extern pid_t fork(void);
extern pid_t vfork(void);
extern int execve(const char *__path, char *const __argv[], char *const __envp[]);
extern int fexecve(int __fd, char *const __argv[], char *const __envp[]);
extern int execv(const char *__path, char *const __argv[]);
extern int execvp(const char *__file, char *const __argv[]);
extern int execl(const char *__path, const char *__arg, ...) __attribute__((__sentinel__(0)));
extern int execlp(const char *__file, const char *__arg, ...) __attribute__((__sentinel__(0)));
extern int execle(const char *__path, const char *__arg, ...) __attribute__((__sentinel__(1)));
extern void _exit(int __status) __attribute__((__noreturn__));
extern pid_t getpid(void);
extern pid_t getppid(void);
extern pid_t getpgrp(void);
extern pid_t getpgid(pid_t __pid);
extern int setpgid(pid_t __pid, pid_t __group);
extern int setpgrp(void);
extern pid_t getsid(pid_t __pid);
extern pid_t setsid(void);
extern pid_t tcgetpgrp(int __fd);
extern int tcsetpgrp(int __fd, pid_t __group);
extern uid_t getuid(void);
extern uid_t geteuid(void);
extern gid_t getgid(void);
extern gid_t getegid(void);
extern int getgroups(int __size, gid_t __list[]);
extern int setuid(uid_t __id);
extern int setgid(gid_t __id);
extern int seteuid(uid_t __id);
extern int setegid(gid_t __id);
extern int setreuid(uid_t __ruid, uid_t __effective);
extern int setregid(gid_t __ruid, gid_t __effective);
extern int nice(int __increment);
extern int daemon(int __nochdir, int __noclose);

extern unsigned int alarm(unsigned int __seconds);
extern unsigned int ualarm(useconds_t __value, useconds_t __interval);
extern unsigned int sleep(unsigned int __seconds);
extern int usleep(useconds_t __microseconds);
extern int pause(void);

extern int gethostname(char *__name, size_t __size);
extern int sethostname(const char *__name, size_t __size);
extern long gethostid(void);
extern int getdomainname(char *__name, size_t __size);
extern char *getlogin(void);
extern int getlogin_r(char *__name, size_t __size);
extern char *getpass(const char *__prompt);
extern long sysconf(int __name);
extern long pathconf(const char *__path, int __name);
extern long fpathconf(int __fd, int __name);
extern size_t confstr(int __name, char *__buffer, size_t __size);
extern int getpagesize(void);
extern int getdtablesize(void);
extern int brk(void *__address);
extern void *sbrk(intptr_t __increment);
extern long syscall(long __number, ...);
extern int getopt(int __argc, char *const *__argv, const char *__options);
extern int getentropy(void *__buffer, size_t __size);
extern void swab(const void *__restrict __from, void *__restrict __to, ssize_t __n);

#ifdef __USE_GNU
extern int dup3(int __from, int __to, int __flags);
extern int pipe2(int __fds[2], int __flags);
extern int execvpe(const char *__file, char *const __argv[], char *const __envp[]);
extern pid_t gettid(void);
extern char *get_current_dir_name(void);
extern int close_range(unsigned int __first, unsigned int __last, int __flags);
extern ssize_t copy_file_range(int __in, off_t *__in_offset, int __out, off_t *__out_offset, size_t __length, unsigned int __flags);
extern int getresuid(uid_t *__ruid, uid_t *__effective, uid_t *__saved);
extern int getresgid(gid_t *__ruid, gid_t *__effective, gid_t *__saved);
extern int setresuid(uid_t __ruid, uid_t __effective, uid_t __saved);
extern int setresgid(gid_t __ruid, gid_t __effective, gid_t __saved);
#define TEMP_FAILURE_RETRY(expression) \
	({ long __result; do __result = (long)(expression); while (__result == -1L && *__errno_location() == 4); __result; })
extern int *__errno_location(void);
#endif

#endif
