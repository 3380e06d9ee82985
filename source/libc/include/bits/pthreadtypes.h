/* The sizes are glibc's (sizeof(pthread_mutex_t) is 40, and so on); the fields are those of pthread-*.c. */
#ifndef _BITS_PTHREADTYPES_H
#define _BITS_PTHREADTYPES_H

#include <bits/types.h>

typedef unsigned long pthread_t;
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
typedef volatile int pthread_spinlock_t;

typedef struct {
	int __lock; /* 0 free, 1 taken, 2 taken and somebody may wait; of a robust mutex see futex(2), "robust list". */
	int __type;
	int __owner; /* Thread id, 0 while it is free. A robust one has it in __lock. */
	int __count;
	int __pshared;
	int __robust; /* 0: not robust. */
	void *__next; /* In the owner's list of robust mutexes. */
	long __unused;
} pthread_mutex_t;

typedef struct {
	int __lock;
	int __sequence; /* Waiters sleep on this word. */
	void *__first; /* Waiters in order of arrival; not used if process-shared. */
	void *__last;
	int __pshared;
	int __clock;
	int __waiters;
	unsigned int __next_ticket;
	long __unused;
} pthread_cond_t;

typedef struct {
	int __lock;
	int __sequence;
	int __readers;
	int __writer; /* Thread id of the writer, or 0. */
	int __waiters;
	int __waiting_writers;
	int __pshared;
	int __prefer_writer;
	long __unused[3];
} pthread_rwlock_t;

typedef struct {
	int __lock;
	int __sequence;
	unsigned int __needed;
	unsigned int __arrived;
	int __pshared;
	int __leaving;
	long __unused;
} pthread_barrier_t;

typedef struct {
	int __detach_state;
	int __inherit_sched;
	int __policy;
	int __priority;
	int __scope;
	int __unused;
	unsigned long __stack_size;
	unsigned long __guard_size;
	void *__stack_address;
	long __unused2;
} pthread_attr_t;

typedef struct {
	int __value;
} pthread_mutexattr_t;

typedef struct {
	int __value;
} pthread_condattr_t;

typedef struct {
	int __pshared;
	int __prefer_writer;
} pthread_rwlockattr_t;

typedef struct {
	int __pshared;
} pthread_barrierattr_t;

#endif
