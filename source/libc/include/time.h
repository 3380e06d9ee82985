#ifndef _TIME_H
#define _TIME_H

#include <bits/types.h>
#include <bits/timespec.h>
#include <stddef.h>

#define CLOCKS_PER_SEC ((clock_t)1000000)
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_BOOTTIME 7
#define TIMER_ABSTIME 1
#define TIME_UTC 1

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
	int tm_wday;
	int tm_yday;
	int tm_isdst;
	long tm_gmtoff;
	const char *tm_zone;
};

struct sigevent;

extern char *tzname[2];
extern int daylight;
extern long timezone;

extern clock_t clock(void);
extern time_t time(time_t *__t);
extern double difftime(time_t __a, time_t __b);
extern time_t mktime(struct tm *__tm);
extern time_t timegm(struct tm *__tm);
extern time_t timelocal(struct tm *__tm);
extern struct tm *gmtime(const time_t *__t);
extern struct tm *localtime(const time_t *__t);
extern struct tm *gmtime_r(const time_t *__restrict __t, struct tm *__restrict __tm);
extern struct tm *localtime_r(const time_t *__restrict __t, struct tm *__restrict __tm);
extern char *asctime(const struct tm *__tm);
extern char *ctime(const time_t *__t);
extern char *asctime_r(const struct tm *__restrict __tm, char *__restrict __buffer);
extern char *ctime_r(const time_t *__restrict __t, char *__restrict __buffer);
extern size_t strftime(char *__restrict __s, size_t __max, const char *__restrict __format, const struct tm *__restrict __tm);
#ifdef __USE_GNU
extern char *strptime(const char *__restrict __s, const char *__restrict __format, struct tm *__tm);
#endif
extern void tzset(void);
extern int nanosleep(const struct timespec *__request, struct timespec *__remaining);
extern int clock_getres(clockid_t __clock, struct timespec *__resolution);
extern int clock_gettime(clockid_t __clock, struct timespec *__t);
extern int clock_settime(clockid_t __clock, const struct timespec *__t);
extern int clock_nanosleep(clockid_t __clock, int __flags, const struct timespec *__request, struct timespec *__remaining);
extern int clock_getcpuclockid(pid_t __pid, clockid_t *__clock);
extern int timer_create(clockid_t __clock, struct sigevent *__restrict __event, timer_t *__restrict __timer);
extern int timer_delete(timer_t __timer);
extern int timer_settime(timer_t __timer, int __flags, const struct itimerspec *__restrict __new, struct itimerspec *__restrict __old);
extern int timer_gettime(timer_t __timer, struct itimerspec *__value);
extern int timer_getoverrun(timer_t __timer);
extern int timespec_get(struct timespec *__t, int __base);

#endif
