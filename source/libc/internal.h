/* What the files of the C library share and programs don't see: the thread's own record, locks, system call helpers,
   the layout of FILE. Names begin with two underscores, as in every libc, to stay out of the program's way. */
#ifndef LIBC_INTERNAL_H
#define LIBC_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <bits/syscall.h>
#include <bits/types.h>
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>

#define __SIGCANCEL 32
#define __SIGNOTIFY 33

/* System calls. The result is the value or -errno. */
extern long __syscall(long number, ...);
/** Sets errno and returns -1 if `result` is an error. */
extern long __syscall_return(long result);
/** For calls that may block: the same with __syscall_return, and a cancellation point (pthreads(7)). */
extern long __syscall_blocking(long number, long a, long b, long c, long d, long e, long f);
#define __SYSCALL0(name) __syscall_return(__syscall(SYS_##name))
#define __SYSCALL1(name, a) __syscall_return(__syscall(SYS_##name, (long)(a)))
#define __SYSCALL2(name, a, b) __syscall_return(__syscall(SYS_##name, (long)(a), (long)(b)))
#define __SYSCALL3(name, a, b, c) __syscall_return(__syscall(SYS_##name, (long)(a), (long)(b), (long)(c)))
#define __SYSCALL4(name, a, b, c, d) __syscall_return(__syscall(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d)))
#define __SYSCALL5(name, a, b, c, d, e) \
	__syscall_return(__syscall(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e)))
#define __SYSCALL6(name, a, b, c, d, e, f) \
	__syscall_return(__syscall(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f)))
#define __BLOCKING(name, a, b, c, d, e, f) \
	__syscall_blocking(SYS_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

/* Instructions of the machine; both copy as if through a temporary. */
extern void *__builtin_memcopy(void *to, const void *from, long n);
extern void *__builtin_memfill(void *s, int c, long n);

/* What set_robust_list(2) takes: at the end of the thread the kernel goes through the list. */
struct __robust_list {
	void *first; /* The `__next` of a mutex, or the address of this; null before the list is used. */
	long offset; /* From `__next` to `__lock`. */
	void *pending; /* `__next` of the mutex that is being locked or unlocked. */
};

/* Threads. `self` must be first: it is what %fs:0 holds on x86-64. */
#define __KEYS_INLINE 16
struct __pthread {
	struct __pthread *self;
	int tid; /* 0 before it was asked for and after the end; -1 while the thread is being created. */
	int error; /* errno */
	int host_error; /* h_errno */
	int detach_state; /* 0 joinable, 1 detached, 2 ended before it was joined or detached, 3 joined. */
	int cancel_state;
	int cancel_type;
	int cancel_requested;
	int in_cancellation_point;
	int is_exiting;
	int is_first;
	struct __pthread_cleanup *cleanup;
	void *(*start)(void *);
	void *arg;
	void *result;
	void *map; /* The stack with its guard page, to be unmapped; null if the stack is the program's own. */
	size_t map_size;
	size_t guard_size;
	void *stack;
	size_t stack_size;
	struct __pthread *next; /* In the list of live threads, or of unused stacks. */
	struct __pthread *previous;
	int policy;
	int priority;
	unsigned long start_mask;
	struct __robust_list robust; /* Of robust mutexes that it has locked; registered once `offset` is set. */
	void *values[__KEYS_INLINE];
	void **more_values;
	char name[16];
};

/** What pthread_attr_getstacksize(3) says of a new attribute, as on Linux. */
#define __DEFAULT_STACK (8UL << 20)

/** Whether a variadic function got any variadic arguments (ours passes a null list if not). */
#define __HAS_ARGUMENTS(list) ((void *)(list) != NULL)

#define __SELF ((struct __pthread *)__builtin_thread_pointer())

extern size_t __thread_local_size(void);
extern void __install_thread_locals(struct __pthread *t);
/** Set by the first pthread_create: before it, no lock of the library is needed. */
extern int __threaded;
/** Threads of this process that have not called pthread_exit. */
extern int __thread_count;
extern int __thread_id(void);
extern int __keys_lock;
extern void __run_key_destructors(struct __pthread *self);
extern void __reset_threads_after_fork(void);
extern void __run_atfork(int phase);
extern void __act_on_cancel(struct __pthread *self);

/* Locks of the library itself: 0 free, 1 taken, 2 taken and somebody may sleep. */
extern void __lock_slow(int *lock);
extern void __unlock_slow(int *lock);
#define __LOCK(lock) (__threaded ? __lock_slow(lock) : (void)0)
#define __UNLOCK(lock) (__threaded ? __unlock_slow(lock) : (void)0)
extern int __malloc_lock;

/** FUTEX_WAIT with an absolute timeout of `clock`; returns 0, EAGAIN, EINTR or ETIMEDOUT. */
extern int __futex_wait_until(int *word, int value, unsigned int mask, int pshared, clockid_t clock, const struct timespec *until);
extern void __futex_wait(int *word, int value, int pshared);
extern void __futex_wake(int *word, int count, int pshared);
extern int __is_valid_timespec(const struct timespec *t);

/* Robust mutexes. */
extern int __robust_lock(pthread_mutex_t *mutex, int is_trying, const struct timespec *until);
extern int __robust_unlock(pthread_mutex_t *mutex);

/* Signals. */
struct __kernel_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask;
};
extern unsigned long __block_all_signals(void);
extern void __restore_signals(unsigned long mask);
/** Turns SIGEV_THREAD into a signal that starts the thread. Returns 0, or -1 with errno. */
struct sigevent;
extern int __prepare_notification(const struct sigevent *from, struct sigevent *to);
/** Makes "/dev/shm/" + prefix + name in `path` (NAME_MAX + 16 bytes). Returns 0, or -1 with errno `error` for a bad name. */
extern int __shared_memory_path(char *path, const char *prefix, const char *name, int error);
extern void __abort_message(const char *message) __attribute__((__noreturn__));

/* stdio. */
#define __F_NO_READ 1
#define __F_NO_WRITE 2
#define __F_EOF 4
#define __F_ERROR 8
#define __F_LINE_BUFFERED 16
#define __F_UNBUFFERED 32
#define __F_USER_BUFFER 64
#define __F_APPEND 128
#define __F_READING 256
#define __F_WRITING 512
#define __F_STATIC 1024
#define __F_MODE_SET 2048 /* setvbuf chose the buffering. */
#define __F_WIDE 4096 /* For wide characters only, fwide(3). */
#define __F_BYTES 8192 /* For bytes only, and not used yet. */

/* Where a stream without descriptor (fmemopen, open_memstream, sscanf) gets and puts its bytes. */
struct __file_backend {
	long (*read)(FILE *f, char *buffer, size_t count);
	long (*write)(FILE *f, const char *buffer, size_t count);
	long (*seek)(FILE *f, long offset, int whence);
	int (*close)(FILE *f);
};

struct _IO_FILE {
	int flags;
	int fd;
	unsigned char *read_next; /* Unread bytes: [read_next, read_end). */
	unsigned char *read_end;
	unsigned char *write_next; /* Unwritten bytes: [buffer, write_next). */
	unsigned char *write_end; /* Where the fast path must stop; equals `buffer` if line buffered or unbuffered. */
	unsigned char *buffer; /* Null until first used. */
	size_t buffer_size;
	unsigned char *saved_next; /* The read buffer while pushed back bytes are read from `pushback`. */
	unsigned char *saved_end;
	unsigned char pushback[8];
	unsigned char tiny[1]; /* The buffer of an unbuffered stream. */
	int pid; /* Of popen's child. */
	int lock;
	int lock_count;
	struct __pthread *lock_owner;
	const struct __file_backend *backend;
	void *cookie;
	FILE *next;
};

extern int __utf8; /* The locale is C.UTF-8 (LC_CTYPE). */

extern FILE __stdin_file, __stdout_file, __stderr_file;
extern FILE *__open_files;
extern int __open_files_lock;
extern FILE *__new_file(int fd, int flags);
extern int __parse_mode(const char *mode, int *flags);
extern int __fill(FILE *f); /* Reads more and returns the next byte, or EOF. */
extern int __put_slow(FILE *f, int c);
extern size_t __fwrite_unlocked(const char *s, size_t count, FILE *f);
extern int __flush(FILE *f);
extern void __flush_all(void);
extern void __close_stdio(void);
extern long __seek_unlocked(FILE *f, long offset, int whence);
extern void __forget_read(FILE *f);
extern void __lock_file_slow(FILE *f);
extern void __unlock_file_slow(FILE *f);
extern int __ungetc_unlocked(int c, FILE *f);
#define __LOCK_FILE(f) (__threaded ? __lock_file_slow(f) : (void)0)
#define __UNLOCK_FILE(f) (__threaded ? __unlock_file_slow(f) : (void)0)
#define __GETC(f) ((f)->read_next < (f)->read_end ? *(f)->read_next++ : __fill(f))
#define __PUTC(c, f) ((f)->write_next < (f)->write_end ? (*(f)->write_next++ = (unsigned char)(c)) : __put_slow(f, c))

/* Cuts the next line with two words or more, comments left out, into at most so many; 0 at the end. `words` has one more for NULL. */
extern int __read_words(FILE *f, char *line, int size, char **words, int most);

/* Numbers and text. */
extern double __decimal_to_double(const char *digits, int count, int exponent, int mantissa_bits);
extern double __parse_double(const char *s, char **end, int mantissa_bits);
/** Writes a finite, non-negative double as printf does. `spec` is one of eEfFgGaA; `out` must hold 350 + precision bytes. Returns the length. */
extern int __format_double(char *out, double value, int spec, int precision, int alternative);

extern const char *__error_text(int error);
extern const char *__signal_text(int signal);
extern char *__current_program(void);

#endif
