#ifndef _SYS_UIO_H
#define _SYS_UIO_H

#include <sys/types.h>
#include <bits/iovec.h>

#define UIO_MAXIOV 1024

extern ssize_t readv(int __fd, const struct iovec *__vector, int __count);
extern ssize_t writev(int __fd, const struct iovec *__vector, int __count);
extern ssize_t preadv(int __fd, const struct iovec *__vector, int __count, off_t __offset);
extern ssize_t pwritev(int __fd, const struct iovec *__vector, int __count, off_t __offset);
#ifdef __USE_GNU
extern ssize_t process_vm_readv(pid_t __pid, const struct iovec *__local, unsigned long __local_count, const struct iovec *__remote, unsigned long __remote_count, unsigned long __flags);
extern ssize_t process_vm_writev(pid_t __pid, const struct iovec *__local, unsigned long __local_count, const struct iovec *__remote, unsigned long __remote_count, unsigned long __flags);
#endif

#endif
