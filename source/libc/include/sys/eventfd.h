#ifndef _SYS_EVENTFD_H
#define _SYS_EVENTFD_H

#include <stdint.h>

typedef uint64_t eventfd_t;

#define EFD_SEMAPHORE 1
#define EFD_NONBLOCK 04000
#define EFD_CLOEXEC 02000000

extern int eventfd(unsigned int __value, int __flags);
extern int eventfd_read(int __fd, eventfd_t *__value);
extern int eventfd_write(int __fd, eventfd_t __value);

#endif
