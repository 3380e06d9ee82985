/* errno and the two ways into the kernel. */
#include "internal.h"
#include <stdarg.h>

int *__errno_location(void)
{
	return &__SELF->error;
}

int *__h_errno_location(void)
{
	return &__SELF->host_error;
}

long __syscall_return(long result)
{
	if ((unsigned long)result > -4096UL) {
		__SELF->error = (int)-result;
		return -1;
	}
	return result;
}

/* A pending cancellation is acted upon before the call; while the call blocks, the handler of __SIGCANCEL acts. */
long __syscall_blocking(long number, long a, long b, long c, long d, long e, long f)
{
	struct __pthread *self;
	long result;

	if (!__threaded)
		return __syscall_return(__syscall(number, a, b, c, d, e, f));
	self = __SELF;
	self->in_cancellation_point = 1;
	if (self->cancel_requested)
		__act_on_cancel(self);
	result = __syscall(number, a, b, c, d, e, f);
	self->in_cancellation_point = 0;
	return __syscall_return(result);
}

long syscall(long number, ...)
{
	va_list args;
	long a, b, c, d, e, f;

	va_start(args, number);
	if (!__HAS_ARGUMENTS(args))
		return __syscall_return(__syscall(number));
	a = va_arg(args, long);
	b = va_arg(args, long);
	c = va_arg(args, long);
	d = va_arg(args, long);
	e = va_arg(args, long);
	f = va_arg(args, long);
	va_end(args);
	return __syscall_return(__syscall(number, a, b, c, d, e, f));
}
