#ifndef _MQUEUE_H
#define _MQUEUE_H

#include <sys/types.h>
#include <fcntl.h>
#include <bits/siginfo.h>

typedef int mqd_t;

struct mq_attr {
	long mq_flags;
	long mq_maxmsg;
	long mq_msgsize;
	long mq_curmsgs;
	long __pad[4];
};

extern mqd_t mq_open(const char *__name, int __flags, ...);
extern int mq_close(mqd_t __queue);
extern int mq_unlink(const char *__name);
extern int mq_getattr(mqd_t __queue, struct mq_attr *__attr);
extern int mq_setattr(mqd_t __queue, const struct mq_attr *__restrict __new, struct mq_attr *__restrict __old);
extern int mq_notify(mqd_t __queue, const struct sigevent *__notification);
extern int mq_send(mqd_t __queue, const char *__message, size_t __length, unsigned int __priority);
extern int mq_timedsend(mqd_t __queue, const char *__message, size_t __length, unsigned int __priority, const struct timespec *__until);
extern ssize_t mq_receive(mqd_t __queue, char *__message, size_t __size, unsigned int *__priority);
extern ssize_t mq_timedreceive(mqd_t __queue, char *__restrict __message, size_t __size, unsigned int *__restrict __priority, const struct timespec *__restrict __until);

#endif
