/* Clocks, timers and sleeping: clock_gettime(2), nanosleep(2), setitimer(2), timer_create(2). */
#include "internal.h"
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int __is_valid_timespec(const struct timespec *t)
{
	return t->tv_nsec >= 0 && t->tv_nsec < 1000000000;
}

int clock_gettime(clockid_t clock, struct timespec *t)
{
	return (int)__SYSCALL2(clock_gettime, clock, t);
}

int clock_settime(clockid_t clock, const struct timespec *t)
{
	return (int)__SYSCALL2(clock_settime, clock, t);
}

int clock_getres(clockid_t clock, struct timespec *resolution)
{
	return (int)__SYSCALL2(clock_getres, clock, resolution);
}

int clock_getcpuclockid(pid_t pid, clockid_t *clock)
{
	struct timespec t;
	clockid_t id = (clockid_t)((~(unsigned)pid << 3) | 2);

	if (pid == 0)
		id = CLOCK_PROCESS_CPUTIME_ID;
	if (__syscall(SYS_clock_getres, (long)id, (long)&t) < 0)
		return ESRCH;
	*clock = id;
	return 0;
}

time_t time(time_t *t)
{
	return __SYSCALL1(time, t);
}

int gettimeofday(struct timeval *restrict t, void *restrict zone)
{
	return (int)__SYSCALL2(gettimeofday, t, zone);
}

int settimeofday(const struct timeval *t, const struct timezone *zone)
{
	struct timespec new;

	if (zone) {
		errno = EINVAL;
		return -1;
	}
	new.tv_sec = t->tv_sec;
	new.tv_nsec = t->tv_usec * 1000;
	return clock_settime(CLOCK_REALTIME, &new);
}

int timespec_get(struct timespec *t, int base)
{
	return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, t) == 0 ? base : 0;
}

clock_t clock(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t) < 0)
		return -1;
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

double difftime(time_t a, time_t b)
{
	return (double)(a - b);
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *remaining)
{
	int saved = errno, error;

	if (clock == CLOCK_THREAD_CPUTIME_ID)
		return EINVAL;
	if (__BLOCKING(clock_nanosleep, clock, flags, request, remaining, 0, 0) == 0)
		return 0;
	error = errno;
	errno = saved;
	return error;
}

int nanosleep(const struct timespec *request, struct timespec *remaining)
{
	int error = clock_nanosleep(CLOCK_REALTIME, 0, request, remaining);

	if (error) {
		errno = error;
		return -1;
	}
	return 0;
}

unsigned int sleep(unsigned int seconds)
{
	struct timespec t;
	int saved = errno;

	t.tv_sec = seconds;
	t.tv_nsec = 0;
	if (nanosleep(&t, &t) < 0)
		return (unsigned int)t.tv_sec; /* As glibc, without the fraction. */
	errno = saved;
	return 0;
}

int usleep(useconds_t microseconds)
{
	struct timespec t;

	t.tv_sec = microseconds / 1000000;
	t.tv_nsec = (long)(microseconds % 1000000) * 1000;
	return nanosleep(&t, NULL);
}

int getitimer(int which, struct itimerval *value)
{
	return (int)__SYSCALL2(getitimer, which, value);
}

int setitimer(int which, const struct itimerval *restrict new, struct itimerval *restrict old)
{
	return (int)__SYSCALL3(setitimer, which, new, old);
}

unsigned int ualarm(useconds_t value, useconds_t interval)
{
	struct itimerval new, old;

	new.it_value.tv_sec = value / 1000000;
	new.it_value.tv_usec = value % 1000000;
	new.it_interval.tv_sec = interval / 1000000;
	new.it_interval.tv_usec = interval % 1000000;
	if (setitimer(ITIMER_REAL, &new, &old) < 0)
		return (unsigned int)-1;
	return (unsigned int)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}

int timer_create(clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer)
{
	struct sigevent copy;
	int id = 0;

	if (event && event->sigev_notify == SIGEV_THREAD) {
		if (__prepare_notification(event, &copy) < 0)
			return -1;
		event = &copy;
	}
	if (__SYSCALL3(timer_create, clock, event, &id) < 0)
		return -1;
	*timer = (timer_t)(long)id;
	return 0;
}

int timer_delete(timer_t timer)
{
	return (int)__SYSCALL1(timer_delete, timer);
}

int timer_settime(timer_t timer, int flags, const struct itimerspec *restrict new, struct itimerspec *restrict old)
{
	return (int)__SYSCALL4(timer_settime, timer, flags, new, old);
}

int timer_gettime(timer_t timer, struct itimerspec *value)
{
	return (int)__SYSCALL2(timer_gettime, timer, value);
}

int timer_getoverrun(timer_t timer)
{
	return (int)__SYSCALL1(timer_getoverrun, timer);
}
