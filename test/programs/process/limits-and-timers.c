// Limits that a login starts with, getrlimit(2); a disarmed timer has no interval, timer_gettime(2); a signalfd can't be
// written to, signalfd(2).
// expect: nice 0 0
// expect: raised -1 Operation not permitted
// expect: queues 819200 819200
// expect: disarmed 0 0
// expect: written -1 Invalid argument
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
	struct rlimit limit;
	struct itimerspec value = { { 0, 5000000 }, { 0, 5000000 } };
	struct sigevent event;
	timer_t timer;
	sigset_t set;
	int fd;

	getrlimit(RLIMIT_NICE, &limit);
	printf("nice %lu %lu\n", limit.rlim_cur, limit.rlim_max);
	limit.rlim_cur = limit.rlim_max = 3;
	printf("raised %d", setrlimit(RLIMIT_NICE, &limit));
	printf(" %s\n", strerror(errno));
	getrlimit(RLIMIT_MSGQUEUE, &limit);
	printf("queues %lu %lu\n", limit.rlim_cur, limit.rlim_max);

	memset(&event, 0, sizeof event);
	signal(SIGUSR2, SIG_IGN);
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = SIGUSR2;
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	timer_settime(timer, 0, &value, NULL);
	value.it_value.tv_nsec = 0;
	timer_settime(timer, 0, &value, NULL);
	timer_gettime(timer, &value);
	printf("disarmed %ld %ld\n", value.it_value.tv_nsec, value.it_interval.tv_nsec);

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	fd = signalfd(-1, &set, 0);
	printf("written %d", (int)write(fd, "x", 1));
	printf(" %s\n", strerror(errno));
	return 0;
}
