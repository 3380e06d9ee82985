#ifndef _AIO_H
#define _AIO_H

#include <sys/types.h>
#include <bits/types.h>
#include <bits/siginfo.h>
#include <bits/timespec.h>
#include <stddef.h>

struct aiocb {
	int aio_fildes;
	int aio_lio_opcode;
	int aio_reqprio;
	volatile void *aio_buf;
	size_t aio_nbytes;
	struct sigevent aio_sigevent;
	off_t aio_offset;
	volatile int __error;
	ssize_t __result;
	struct aiocb *__next;
	struct __aio_group *__group;
};

#define AIO_CANCELED 0
#define AIO_NOTCANCELED 1
#define AIO_ALLDONE 2
#define LIO_READ 0
#define LIO_WRITE 1
#define LIO_NOP 2
#define LIO_WAIT 0
#define LIO_NOWAIT 1

extern int aio_read(struct aiocb *__request);
extern int aio_write(struct aiocb *__request);
extern int aio_fsync(int __operation, struct aiocb *__request);
extern int aio_error(const struct aiocb *__request);
extern ssize_t aio_return(struct aiocb *__request);
extern int aio_suspend(const struct aiocb *const __list[], int __count, const struct timespec *__restrict __timeout);
extern int aio_cancel(int __fd, struct aiocb *__request);
extern int lio_listio(int __mode, struct aiocb *const __list[], int __count, struct sigevent *__restrict __event);

#endif
