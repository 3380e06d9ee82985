// ITIMER_VIRTUAL, ITIMER_PROF and a timer of the process' CPU clock count only while the process computes.
// expect: virtual 3 profiling 1 clock 1
// expect: none while it sleeps
// expect: disarmed: 0 0
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t virtual, profiling, clocked;

static void count(int signal)
{
	if (signal == SIGVTALRM && virtual < 3)
		virtual++;
	else if (signal == SIGPROF)
		profiling = 1;
	else if (signal == SIGUSR1)
		clocked = 1;
}

int main(void)
{
	struct itimerval often = {{0, 10000}, {0, 10000}}, off = {{0, 0}, {0, 0}}, now;
	struct itimerspec once = {{0, 0}, {0, 20000000}};
	struct sigevent event;
	timer_t timer;
	int before;

	signal(SIGVTALRM, count);
	signal(SIGPROF, count);
	signal(SIGUSR1, count);
	memset(&event, 0, sizeof event);
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = SIGUSR1;
	timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer);
	timer_settime(timer, 0, &once, NULL);
	setitimer(ITIMER_VIRTUAL, &often, NULL);
	setitimer(ITIMER_PROF, &often, NULL);
	while (virtual < 3 || !profiling || !clocked)
		;
	printf("virtual %d profiling %d clock %d\n", (int)virtual, (int)profiling, (int)clocked);
	often.it_value.tv_usec = 500000;
	setitimer(ITIMER_VIRTUAL, &often, NULL);
	setitimer(ITIMER_PROF, &off, NULL);
	virtual = 0;
	before = virtual;
	sleep(1);
	puts(virtual == before ? "none while it sleeps" : "it counted sleep");
	setitimer(ITIMER_VIRTUAL, &off, NULL);
	getitimer(ITIMER_VIRTUAL, &now);
	printf("disarmed: %ld %ld\n", (long)now.it_value.tv_sec, (long)now.it_value.tv_usec);
	return 0;
}
