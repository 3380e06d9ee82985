#ifndef _PTHREAD_H
#define _PTHREAD_H

#include <bits/types.h>
#include <bits/pthreadtypes.h>
#include <bits/sigset.h>
#include <sched.h>
#include <time.h>

#define PTHREAD_CREATE_JOINABLE 0
#define PTHREAD_CREATE_DETACHED 1
#define PTHREAD_INHERIT_SCHED 0
#define PTHREAD_EXPLICIT_SCHED 1
#define PTHREAD_SCOPE_SYSTEM 0
#define PTHREAD_SCOPE_PROCESS 1
#define PTHREAD_PROCESS_PRIVATE 0
#define PTHREAD_PROCESS_SHARED 1
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_DEFAULT 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_MUTEX_TIMED_NP 0
#define PTHREAD_MUTEX_RECURSIVE_NP 1
#define PTHREAD_MUTEX_ERRORCHECK_NP 2
#define PTHREAD_MUTEX_ADAPTIVE_NP 3
#define PTHREAD_MUTEX_FAST_NP 0
#define PTHREAD_MUTEX_STALLED 0
#define PTHREAD_MUTEX_ROBUST 1
#define PTHREAD_MUTEX_STALLED_NP PTHREAD_MUTEX_STALLED
#define PTHREAD_MUTEX_ROBUST_NP PTHREAD_MUTEX_ROBUST
#define PTHREAD_PRIO_NONE 0
#define PTHREAD_PRIO_INHERIT 1
#define PTHREAD_PRIO_PROTECT 2
#define PTHREAD_RWLOCK_PREFER_READER_NP 0
#define PTHREAD_RWLOCK_PREFER_WRITER_NP 1
#define PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP 2
#define PTHREAD_CANCEL_ENABLE 0
#define PTHREAD_CANCEL_DISABLE 1
#define PTHREAD_CANCEL_DEFERRED 0
#define PTHREAD_CANCEL_ASYNCHRONOUS 1
#define PTHREAD_CANCELED ((void *)-1)
#define PTHREAD_BARRIER_SERIAL_THREAD (-1)
#define PTHREAD_ONCE_INIT 0

#define PTHREAD_MUTEX_INITIALIZER { 0, PTHREAD_MUTEX_NORMAL, 0, 0, 0, 0, (void *)0, 0 }
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP { 0, PTHREAD_MUTEX_RECURSIVE, 0, 0, 0, 0, (void *)0, 0 }
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP { 0, PTHREAD_MUTEX_ERRORCHECK, 0, 0, 0, 0, (void *)0, 0 }
#define PTHREAD_ADAPTIVE_MUTEX_INITIALIZER_NP { 0, PTHREAD_MUTEX_ADAPTIVE_NP, 0, 0, 0, 0, (void *)0, 0 }
#define PTHREAD_COND_INITIALIZER { 0, 0, (void *)0, (void *)0, 0, 0, 0, 0, 0 }
#define PTHREAD_RWLOCK_INITIALIZER { 0, 0, 0, 0, 0, 0, 0, 0, { 0, 0, 0 } }
#define PTHREAD_RWLOCK_WRITER_NONRECURSIVE_INITIALIZER_NP { 0, 0, 0, 0, 0, 0, 0, 1, { 0, 0, 0 } }

extern int pthread_create(pthread_t *__restrict __th, const pthread_attr_t *__restrict __attr, void *(*__start)(void *), void *__restrict __arg);
extern void pthread_exit(void *__value) __attribute__((__noreturn__));
extern int pthread_join(pthread_t __th, void **__value);
#ifdef __USE_GNU
extern int pthread_tryjoin_np(pthread_t __th, void **__value);
extern int pthread_timedjoin_np(pthread_t __th, void **__value, const struct timespec *__until);
extern int pthread_setname_np(pthread_t __th, const char *__name);
extern int pthread_getname_np(pthread_t __th, char *__name, size_t __size);
extern int pthread_setaffinity_np(pthread_t __th, size_t __size, const cpu_set_t *__set);
extern int pthread_getaffinity_np(pthread_t __th, size_t __size, cpu_set_t *__set);
extern int pthread_getattr_np(pthread_t __th, pthread_attr_t *__attr);
extern int pthread_yield(void);
#endif
extern int pthread_detach(pthread_t __th);
extern pthread_t pthread_self(void);
extern int pthread_equal(pthread_t __a, pthread_t __b);
extern int pthread_cancel(pthread_t __th);
extern int pthread_setcancelstate(int __state, int *__old);
extern int pthread_setcanceltype(int __type, int *__old);
extern void pthread_testcancel(void);
extern int pthread_once(pthread_once_t *__once, void (*__f)(void));
extern int pthread_atfork(void (*__prepare)(void), void (*__parent)(void), void (*__child)(void));
extern int pthread_getconcurrency(void);
extern int pthread_setconcurrency(int __level);
extern int pthread_getcpuclockid(pthread_t __th, clockid_t *__clock);
extern int pthread_getschedparam(pthread_t __th, int *__restrict __policy, struct sched_param *__restrict __param);
extern int pthread_setschedparam(pthread_t __th, int __policy, const struct sched_param *__param);
extern int pthread_setschedprio(pthread_t __th, int __priority);

extern int pthread_attr_init(pthread_attr_t *__attr);
extern int pthread_attr_destroy(pthread_attr_t *__attr);
extern int pthread_attr_getdetachstate(const pthread_attr_t *__attr, int *__state);
extern int pthread_attr_setdetachstate(pthread_attr_t *__attr, int __state);
extern int pthread_attr_getstacksize(const pthread_attr_t *__restrict __attr, size_t *__restrict __size);
extern int pthread_attr_setstacksize(pthread_attr_t *__attr, size_t __size);
extern int pthread_attr_getguardsize(const pthread_attr_t *__attr, size_t *__size);
extern int pthread_attr_setguardsize(pthread_attr_t *__attr, size_t __size);
extern int pthread_attr_getstack(const pthread_attr_t *__restrict __attr, void **__restrict __address, size_t *__restrict __size);
extern int pthread_attr_setstack(pthread_attr_t *__attr, void *__address, size_t __size);
extern int pthread_attr_getinheritsched(const pthread_attr_t *__restrict __attr, int *__restrict __inherit);
extern int pthread_attr_setinheritsched(pthread_attr_t *__attr, int __inherit);
extern int pthread_attr_getschedpolicy(const pthread_attr_t *__restrict __attr, int *__restrict __policy);
extern int pthread_attr_setschedpolicy(pthread_attr_t *__attr, int __policy);
extern int pthread_attr_getschedparam(const pthread_attr_t *__restrict __attr, struct sched_param *__restrict __param);
extern int pthread_attr_setschedparam(pthread_attr_t *__restrict __attr, const struct sched_param *__restrict __param);
extern int pthread_attr_getscope(const pthread_attr_t *__restrict __attr, int *__restrict __scope);
extern int pthread_attr_setscope(pthread_attr_t *__attr, int __scope);

extern int pthread_mutex_init(pthread_mutex_t *__mutex, const pthread_mutexattr_t *__attr);
extern int pthread_mutex_destroy(pthread_mutex_t *__mutex);
extern int pthread_mutex_lock(pthread_mutex_t *__mutex);
extern int pthread_mutex_trylock(pthread_mutex_t *__mutex);
extern int pthread_mutex_timedlock(pthread_mutex_t *__restrict __mutex, const struct timespec *__restrict __until);
extern int pthread_mutex_unlock(pthread_mutex_t *__mutex);
extern int pthread_mutex_consistent(pthread_mutex_t *__mutex);
extern int pthread_mutexattr_init(pthread_mutexattr_t *__attr);
extern int pthread_mutexattr_destroy(pthread_mutexattr_t *__attr);
extern int pthread_mutexattr_gettype(const pthread_mutexattr_t *__restrict __attr, int *__restrict __type);
extern int pthread_mutexattr_settype(pthread_mutexattr_t *__attr, int __type);
extern int pthread_mutexattr_getpshared(const pthread_mutexattr_t *__restrict __attr, int *__restrict __pshared);
extern int pthread_mutexattr_setpshared(pthread_mutexattr_t *__attr, int __pshared);
extern int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *__restrict __attr, int *__restrict __protocol);
extern int pthread_mutexattr_setprotocol(pthread_mutexattr_t *__attr, int __protocol);
extern int pthread_mutexattr_getrobust(const pthread_mutexattr_t *__attr, int *__robust);
extern int pthread_mutexattr_setrobust(pthread_mutexattr_t *__attr, int __robust);
#ifdef __USE_GNU
extern int pthread_mutex_consistent_np(pthread_mutex_t *__mutex);
extern int pthread_mutexattr_getrobust_np(const pthread_mutexattr_t *__attr, int *__robust);
extern int pthread_mutexattr_setrobust_np(pthread_mutexattr_t *__attr, int __robust);
#endif

extern int pthread_cond_init(pthread_cond_t *__restrict __cond, const pthread_condattr_t *__restrict __attr);
extern int pthread_cond_destroy(pthread_cond_t *__cond);
extern int pthread_cond_wait(pthread_cond_t *__restrict __cond, pthread_mutex_t *__restrict __mutex);
extern int pthread_cond_timedwait(pthread_cond_t *__restrict __cond, pthread_mutex_t *__restrict __mutex, const struct timespec *__restrict __until);
#ifdef __USE_GNU
extern int pthread_cond_clockwait(pthread_cond_t *__restrict __cond, pthread_mutex_t *__restrict __mutex, clockid_t __clock, const struct timespec *__restrict __until);
#endif
extern int pthread_cond_signal(pthread_cond_t *__cond);
extern int pthread_cond_broadcast(pthread_cond_t *__cond);
extern int pthread_condattr_init(pthread_condattr_t *__attr);
extern int pthread_condattr_destroy(pthread_condattr_t *__attr);
extern int pthread_condattr_getpshared(const pthread_condattr_t *__restrict __attr, int *__restrict __pshared);
extern int pthread_condattr_setpshared(pthread_condattr_t *__attr, int __pshared);
extern int pthread_condattr_getclock(const pthread_condattr_t *__restrict __attr, clockid_t *__restrict __clock);
extern int pthread_condattr_setclock(pthread_condattr_t *__attr, clockid_t __clock);

extern int pthread_rwlock_init(pthread_rwlock_t *__restrict __lock, const pthread_rwlockattr_t *__restrict __attr);
extern int pthread_rwlock_destroy(pthread_rwlock_t *__lock);
extern int pthread_rwlock_rdlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_tryrdlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_timedrdlock(pthread_rwlock_t *__restrict __lock, const struct timespec *__restrict __until);
extern int pthread_rwlock_wrlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_trywrlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_timedwrlock(pthread_rwlock_t *__restrict __lock, const struct timespec *__restrict __until);
extern int pthread_rwlock_unlock(pthread_rwlock_t *__lock);
extern int pthread_rwlockattr_init(pthread_rwlockattr_t *__attr);
extern int pthread_rwlockattr_destroy(pthread_rwlockattr_t *__attr);
extern int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *__restrict __attr, int *__restrict __pshared);
extern int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *__attr, int __pshared);
extern int pthread_rwlockattr_getkind_np(const pthread_rwlockattr_t *__attr, int *__kind);
extern int pthread_rwlockattr_setkind_np(pthread_rwlockattr_t *__attr, int __kind);

extern int pthread_barrier_init(pthread_barrier_t *__restrict __barrier, const pthread_barrierattr_t *__restrict __attr, unsigned int __count);
extern int pthread_barrier_destroy(pthread_barrier_t *__barrier);
extern int pthread_barrier_wait(pthread_barrier_t *__barrier);
extern int pthread_barrierattr_init(pthread_barrierattr_t *__attr);
extern int pthread_barrierattr_destroy(pthread_barrierattr_t *__attr);
extern int pthread_barrierattr_getpshared(const pthread_barrierattr_t *__restrict __attr, int *__restrict __pshared);
extern int pthread_barrierattr_setpshared(pthread_barrierattr_t *__attr, int __pshared);

extern int pthread_spin_init(pthread_spinlock_t *__lock, int __pshared);
extern int pthread_spin_destroy(pthread_spinlock_t *__lock);
extern int pthread_spin_lock(pthread_spinlock_t *__lock);
extern int pthread_spin_trylock(pthread_spinlock_t *__lock);
extern int pthread_spin_unlock(pthread_spinlock_t *__lock);

extern int pthread_key_create(pthread_key_t *__key, void (*__destructor)(void *));
extern int pthread_key_delete(pthread_key_t __key);
extern void *pthread_getspecific(pthread_key_t __key);
extern int pthread_setspecific(pthread_key_t __key, const void *__value);

extern int pthread_sigmask(int __how, const sigset_t *__restrict __set, sigset_t *__restrict __old);
extern int pthread_kill(pthread_t __th, int __signal);

struct __pthread_cleanup {
	void (*__routine)(void *);
	void *__arg;
	struct __pthread_cleanup *__previous;
};
extern void __pthread_cleanup_push(struct __pthread_cleanup *__cleanup, void (*__routine)(void *), void *__arg);
extern void __pthread_cleanup_pop(struct __pthread_cleanup *__cleanup, int __execute);
#define pthread_cleanup_push(routine, arg) \
	do { \
		struct __pthread_cleanup __cleanup; \
		__pthread_cleanup_push(&__cleanup, routine, arg);
#define pthread_cleanup_pop(execute) \
		__pthread_cleanup_pop(&__cleanup, execute); \
	} while (0)

#endif
