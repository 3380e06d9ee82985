#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H

#include <bits/types.h>
#include <bits/waitstatus.h>
#include <signal.h>

#define WAIT_ANY (-1)
#define WAIT_MYPGRP 0

typedef enum {
	P_ALL,
	P_PID,
	P_PGID,
	P_PIDFD
} idtype_t;

struct rusage;

extern pid_t wait(int *__status);
extern pid_t waitpid(pid_t __pid, int *__status, int __options);
extern int waitid(idtype_t __type, id_t __id, siginfo_t *__info, int __options);
extern pid_t wait3(int *__status, int __options, struct rusage *__usage);
extern pid_t wait4(pid_t __pid, int *__status, int __options, struct rusage *__usage);

#endif
