/* POSIX message queues (mq_overview(7)). */
#include "internal.h"
#include <mqueue.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

mqd_t mq_open(const char *name, int flags, ...)
{
	mode_t mode = 0;
	struct mq_attr *attr = NULL;

	if (name[0] != '/') {
		errno = EINVAL;
		return -1;
	}
	if (flags & O_CREAT) {
		va_list args;
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		attr = va_arg(args, struct mq_attr *);
		va_end(args);
	}
	return (mqd_t)__SYSCALL4(mq_open, name + 1, flags, mode, attr);
}

int mq_close(mqd_t queue)
{
	return (int)__SYSCALL1(close, queue);
}

int mq_unlink(const char *name)
{
	long result;

	if (name[0] != '/') {
		errno = EINVAL;
		return -1;
	}
	result = __syscall(SYS_mq_unlink, (long)(name + 1));
	return (int)__syscall_return(result == -EPERM ? -EACCES : result);
}

int mq_setattr(mqd_t queue, const struct mq_attr *restrict new, struct mq_attr *restrict old)
{
	return (int)__SYSCALL3(mq_getsetattr, queue, new, old);
}

int mq_getattr(mqd_t queue, struct mq_attr *attr)
{
	return mq_setattr(queue, NULL, attr);
}

int mq_timedsend(mqd_t queue, const char *message, size_t length, unsigned int priority, const struct timespec *until)
{
	return (int)__BLOCKING(mq_timedsend, queue, message, length, priority, until, 0);
}

int mq_send(mqd_t queue, const char *message, size_t length, unsigned int priority)
{
	return mq_timedsend(queue, message, length, priority, NULL);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size, unsigned int *restrict priority, const struct timespec *restrict until)
{
	return __BLOCKING(mq_timedreceive, queue, message, size, priority, until, 0);
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned int *priority)
{
	return mq_timedreceive(queue, message, size, priority, NULL);
}

int mq_notify(mqd_t queue, const struct sigevent *notification)
{
	struct sigevent copy;

	if (notification && notification->sigev_notify == SIGEV_THREAD) {
		if (__prepare_notification(notification, &copy) < 0)
			return -1;
		notification = &copy;
	}
	return (int)__SYSCALL2(mq_notify, queue, notification);
}
