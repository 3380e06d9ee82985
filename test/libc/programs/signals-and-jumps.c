// signal sets, handlers, sigsetjmp and siglongjmp, abort, sigqueue and sigwaitinfo.
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf environment;
static volatile sig_atomic_t caught;

static void jump(int number)
{
	siglongjmp(environment, number);
}

static void count(int number)
{
	caught += number;
}

static void with_info(int number, siginfo_t *info, void *context)
{
	(void)context;
	caught = number + info->si_value.sival_int + (info->si_code == SI_QUEUE);
}

static int is_blocked(int number)
{
	sigset_t set;

	sigprocmask(SIG_BLOCK, NULL, &set);
	return sigismember(&set, number);
}

static int depth(jmp_buf env, int n)
{
	if (n == 0)
		longjmp(env, 0);
	if (n > 10)
		return 0;
	return depth(env, n - 1) + 1;
}

int main(void)
{
	struct sigaction action;
	sigset_t set;
	siginfo_t info;
	jmp_buf env;
	int value, status;

	sigemptyset(&set);
	printf("%zu %d %d\n", sizeof set, sigaddset(&set, SIGUSR1), sigaddset(&set, 99));
	printf("%d %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2), errno == EINVAL);
	signal(SIGUSR1, jump);
	value = sigsetjmp(environment, 1);
	if (value == 0)
		raise(SIGUSR1);
	printf("%d %d\n", value, is_blocked(SIGUSR1));
	value = setjmp(env);
	if (value == 0)
		depth(env, 10);
	printf("%d\n", value);
	printf("%d %d\n", signal(SIGUSR1, count) == jump, signal(SIGKILL, count) == SIG_ERR);
	sigprocmask(SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	raise(SIGUSR1);
	sigpending(&set);
	printf("%d %d ", caught, sigismember(&set, SIGUSR1));
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	printf("%d\n", caught);
	memset(&action, 0, sizeof action);
	action.sa_sigaction = with_info;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR2, &action, NULL);
	sigqueue(getpid(), SIGUSR2, (union sigval){ .sival_int = 100 });
	printf("%d\n", caught);
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigqueue(getpid(), SIGRTMIN + 1, (union sigval){ .sival_int = 2 });
	sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = 1 });
	value = sigwaitinfo(&set, &info);
	printf("%d %d ", value - SIGRTMIN, info.si_value.sival_int);
	value = sigwaitinfo(&set, &info);
	printf("%d %d\n", value - SIGRTMIN, info.si_value.sival_int);
	fflush(stdout);
	if (fork() == 0) {
		signal(SIGABRT, count);
		abort();
	}
	wait(&status);
	printf("%d %s\n", WIFSIGNALED(status), strsignal(WTERMSIG(status)));
	return 0;
}
