#ifndef _SCHED_H
#define _SCHED_H

#include <bits/types.h>
#include <bits/timespec.h>
#include <stddef.h>

#define SCHED_OTHER 0
#define SCHED_FIFO 1
#define SCHED_RR 2
#ifdef __USE_GNU
#define SCHED_BATCH 3
#define SCHED_IDLE 5
#define SCHED_RESET_ON_FORK 0x40000000
#include <bits/clone-flags.h>
#define CPU_SETSIZE 1024
#define __NCPUBITS 64
typedef unsigned long __cpu_mask;
typedef struct {
	__cpu_mask __bits[CPU_SETSIZE / __NCPUBITS];
} cpu_set_t;
#define CPU_ZERO(set) __cpu_zero(set)
#define CPU_SET(cpu, set) ((void)((set)->__bits[(cpu) / __NCPUBITS] |= 1UL << ((cpu) % __NCPUBITS)))
#define CPU_CLR(cpu, set) ((void)((set)->__bits[(cpu) / __NCPUBITS] &= ~(1UL << ((cpu) % __NCPUBITS))))
#define CPU_ISSET(cpu, set) (((set)->__bits[(cpu) / __NCPUBITS] >> ((cpu) % __NCPUBITS) & 1) != 0)
#define CPU_COUNT(set) __cpu_count(set)
extern void __cpu_zero(cpu_set_t *__set);
extern int __cpu_count(const cpu_set_t *__set);
extern int sched_setaffinity(pid_t __pid, size_t __size, const cpu_set_t *__set);
extern int sched_getaffinity(pid_t __pid, size_t __size, cpu_set_t *__set);
extern int sched_getcpu(void);
extern int clone(int (*__fn)(void *), void *__stack, int __flags, void *__arg, ...);
extern int unshare(int __flags);
#endif

struct sched_param {
	int sched_priority;
};

extern int sched_yield(void);
extern int sched_setparam(pid_t __pid, const struct sched_param *__param);
extern int sched_getparam(pid_t __pid, struct sched_param *__param);
extern int sched_setscheduler(pid_t __pid, int __policy, const struct sched_param *__param);
extern int sched_getscheduler(pid_t __pid);
extern int sched_get_priority_max(int __policy);
extern int sched_get_priority_min(int __policy);
extern int sched_rr_get_interval(pid_t __pid, struct timespec *__interval);

#endif
