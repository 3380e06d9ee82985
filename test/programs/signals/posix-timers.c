// timer_create(2): a signal with its value, overruns while it is blocked, a thread per expiration, none, errors.
// expect: SI_TIMER with 7, 3 times
// expect: overrun at least 3: 1
// expect: left after disarming: 0 0
// expect: threads: 3 with 42
// expect: SIGEV_NONE counts: 1
// expect: deleted: EINVAL
// expect: bad clock: EINVAL
// expect: default is SIGALRM: 1
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks, value, code_ok, overruns, alarms;
static timer_t timer;
static int thread_ticks, thread_value;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void on_tick(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	ticks++;
	value = info->si_value.sival_int;
	code_ok = info->si_code == SI_TIMER;
	overruns = timer_getoverrun(timer);
}

static void on_alarm(int signal)
{
	(void)signal;
	alarms++;
}

static void on_thread(union sigval v)
{
	pthread_mutex_lock(&lock);
	if (thread_ticks < 3)
		thread_ticks++;
	thread_value = v.sival_int;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&lock);
}

static void arm(timer_t t, long first_ms, long every_ms)
{
	struct itimerspec spec = {{every_ms / 1000, every_ms % 1000 * 1000000}, {first_ms / 1000, first_ms % 1000 * 1000000}};
	timer_settime(t, 0, &spec, NULL);
}

int main(void)
{
	struct sigaction action;
	struct sigevent event;
	struct itimerspec left;
	sigset_t set;
	timer_t other;

	memset(&action, 0, sizeof action);
	action.sa_flags = SA_SIGINFO;
	action.sa_sigaction = on_tick;
	sigaction(SIGRTMIN, &action, NULL);
	memset(&event, 0, sizeof event);
	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = SIGRTMIN;
	event.sigev_value.sival_int = 7;
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	arm(timer, 50, 50);
	sigprocmask(SIG_BLOCK, &set, NULL);
	while (ticks < 3) {
		sigset_t none;
		sigemptyset(&none);
		sigsuspend(&none);
	}
	printf("%s with %d, %d times\n", code_ok ? "SI_TIMER" : "other", (int)value, (int)ticks);
	usleep(300000);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	printf("overrun at least 3: %d\n", overruns >= 3);
	arm(timer, 0, 0);
	timer_gettime(timer, &left);
	printf("left after disarming: %ld %ld\n", (long)left.it_value.tv_sec, left.it_value.tv_nsec);

	event.sigev_notify = SIGEV_THREAD;
	event.sigev_value.sival_int = 42;
	event.sigev_notify_function = on_thread;
	event.sigev_notify_attributes = NULL;
	timer_create(CLOCK_REALTIME, &event, &other);
	arm(other, 20, 20);
	pthread_mutex_lock(&lock);
	while (thread_ticks < 3)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
	timer_delete(other);
	printf("threads: %d with %d\n", thread_ticks, thread_value);

	event.sigev_notify = SIGEV_NONE;
	timer_create(CLOCK_MONOTONIC, &event, &other);
	arm(other, 5000, 0);
	timer_gettime(other, &left);
	printf("SIGEV_NONE counts: %d\n", left.it_value.tv_sec == 4 && left.it_value.tv_nsec > 0);
	timer_delete(other);
	errno = 0;
	printf("deleted: %s\n", timer_gettime(other, &left) < 0 && errno == EINVAL ? "EINVAL" : "no error");
	printf("bad clock: %s\n", timer_create(99, NULL, &other) < 0 && errno == EINVAL ? "EINVAL" : "no error");

	signal(SIGALRM, on_alarm);
	timer_create(CLOCK_REALTIME, NULL, &other);
	arm(other, 10, 0);
	while (!alarms)
		usleep(1000);
	printf("default is SIGALRM: %d\n", (int)alarms);
	return 0;
}
