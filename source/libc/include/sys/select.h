#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H

#include <bits/types.h>
#include <bits/timespec.h>
#include <bits/timeval.h>
#include <bits/sigset.h>
#include <bits/fdset.h>

extern int select(int __count, fd_set *__restrict __read, fd_set *__restrict __write, fd_set *__restrict __except, struct timeval *__restrict __timeout);
extern int pselect(int __count, fd_set *__restrict __read, fd_set *__restrict __write, fd_set *__restrict __except, const struct timespec *__restrict __timeout, const sigset_t *__restrict __mask);

#endif
