#ifndef _SYS_PIDFD_H
#define _SYS_PIDFD_H

#include <fcntl.h>
#include <bits/siginfo.h>

#define PIDFD_NONBLOCK O_NONBLOCK

extern int pidfd_open(pid_t __pid, unsigned int __flags);
extern int pidfd_getfd(int __pidfd, int __fd, unsigned int __flags);
extern int pidfd_send_signal(int __pidfd, int __signal, siginfo_t *__info, unsigned int __flags);

#endif
