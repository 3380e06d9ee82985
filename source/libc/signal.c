/* Signals: sigaction(2), signal(2), sigprocmask(2), kill(2), and the sets of sigsetops(3). The kernel's sets are 64 bits. */
#include "internal.h"
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define MASK(signal) (1UL << ((signal)-1))
#define INTERNAL_SIGNALS (MASK(__SIGCANCEL) | MASK(__SIGNOTIFY))

static int is_signal(int signal)
{
	if (signal >= 1 && signal < _NSIG)
		return 1;
	errno = EINVAL;
	return 0;
}

static int is_user_signal(int signal)
{
	if (signal >= 1 && signal < _NSIG && signal != __SIGCANCEL && signal != __SIGNOTIFY)
		return 1;
	errno = EINVAL;
	return 0;
}

int sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof *set);
	return 0;
}

int sigfillset(sigset_t *set)
{
	memset(set, 255, sizeof *set);
	set->__val[0] &= ~INTERNAL_SIGNALS;
	return 0;
}

int sigaddset(sigset_t *set, int signal)
{
	if (!is_user_signal(signal))
		return -1;
	set->__val[0] |= MASK(signal);
	return 0;
}

int sigdelset(sigset_t *set, int signal)
{
	if (!is_user_signal(signal))
		return -1;
	set->__val[0] &= ~MASK(signal);
	return 0;
}

int sigismember(const sigset_t *set, int signal)
{
	if (!is_signal(signal))
		return -1;
	return (set->__val[0] >> (signal - 1) & 1) != 0;
}

int sigisemptyset(const sigset_t *set)
{
	return set->__val[0] == 0;
}

int sigorset(sigset_t *to, const sigset_t *a, const sigset_t *b)
{
	sigemptyset(to);
	to->__val[0] = a->__val[0] | b->__val[0];
	return 0;
}

int sigandset(sigset_t *to, const sigset_t *a, const sigset_t *b)
{
	sigemptyset(to);
	to->__val[0] = a->__val[0] & b->__val[0];
	return 0;
}

int __libc_current_sigrtmin(void)
{
	return 34;
}

int __libc_current_sigrtmax(void)
{
	return 64;
}

int sigaction(int signal, const struct sigaction *restrict new, struct sigaction *restrict old)
{
	struct __kernel_sigaction k, previous;

	if (!is_user_signal(signal))
		return -1;
	if (new) {
		k.handler = new->sa_handler;
		k.flags = (unsigned int)new->sa_flags;
		k.restorer = NULL;
		k.mask = new->sa_mask.__val[0];
	}
	if (__SYSCALL4(rt_sigaction, signal, new ? &k : NULL, old ? &previous : NULL, 8) < 0)
		return -1;
	if (old) {
		memset(old, 0, sizeof *old);
		old->sa_handler = previous.handler;
		old->sa_flags = (int)previous.flags & ~0x04000000;
		old->sa_mask.__val[0] = previous.mask;
	}
	return 0;
}

static unsigned long interrupting; /* Signals for which siginterrupt(3) asked for EINTR. */

static __sighandler_t set_handler(int signal, __sighandler_t handler, int flags)
{
	struct sigaction new, old;

	if (handler == SIG_ERR) {
		errno = EINVAL;
		return SIG_ERR;
	}
	memset(&new, 0, sizeof new);
	new.sa_handler = handler;
	new.sa_flags = flags;
	return sigaction(signal, &new, &old) < 0 ? SIG_ERR : old.sa_handler;
}

/* BSD semantics, as in glibc: the handler stays, interrupted calls are restarted. */
__sighandler_t signal(int signal, __sighandler_t handler)
{
	int restarts = signal < 1 || signal >= _NSIG || !(interrupting & MASK(signal));

	return set_handler(signal, handler, restarts ? SA_RESTART : 0);
}

__sighandler_t bsd_signal(int signal_number, __sighandler_t handler)
{
	return signal(signal_number, handler);
}

__sighandler_t sysv_signal(int signal, __sighandler_t handler)
{
	return set_handler(signal, handler, (int)(SA_RESETHAND | SA_NODEFER));
}

int siginterrupt(int signal, int interrupt)
{
	struct sigaction action;

	if (sigaction(signal, NULL, &action) < 0)
		return -1;
	if (interrupt) {
		interrupting |= MASK(signal);
		action.sa_flags &= ~SA_RESTART;
	} else {
		interrupting &= ~MASK(signal);
		action.sa_flags |= SA_RESTART;
	}
	return sigaction(signal, &action, NULL);
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	unsigned long mask, previous = 0;

	if (set)
		mask = how == SIG_UNBLOCK ? set->__val[0] : set->__val[0] & ~INTERNAL_SIGNALS;
	if (__SYSCALL4(rt_sigprocmask, how, set ? &mask : NULL, &previous, 8) < 0)
		return -1;
	if (old) {
		sigemptyset(old);
		old->__val[0] = previous;
	}
	return 0;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	int saved = errno, error = 0;

	if (sigprocmask(how, set, old) < 0) {
		error = errno;
		errno = saved;
	}
	return error;
}

unsigned long __block_all_signals(void)
{
	unsigned long all = ~0UL, old = 0;

	__syscall(SYS_rt_sigprocmask, (long)SIG_BLOCK, (long)&all, (long)&old, 8L);
	return old;
}

void __restore_signals(unsigned long mask)
{
	__syscall(SYS_rt_sigprocmask, (long)SIG_SETMASK, (long)&mask, 0L, 8L);
}

int kill(pid_t pid, int signal)
{
	return (int)__SYSCALL2(kill, pid, signal);
}

int killpg(pid_t group, int signal)
{
	if (group < 0) {
		errno = EINVAL;
		return -1;
	}
	return kill(-group, signal);
}

int tgkill(pid_t group, pid_t thread, int signal)
{
	return (int)__SYSCALL3(tgkill, group, thread, signal);
}

int raise(int signal)
{
	return (int)__SYSCALL3(tgkill, __syscall(SYS_getpid), __syscall(SYS_gettid), signal);
}

int sigpending(sigset_t *set)
{
	sigemptyset(set);
	return (int)__SYSCALL2(rt_sigpending, set, 8);
}

int sigsuspend(const sigset_t *mask)
{
	return (int)__BLOCKING(rt_sigsuspend, mask, 8, 0, 0, 0, 0);
}

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict timeout)
{
	int result = (int)__BLOCKING(rt_sigtimedwait, set, info, timeout, 8, 0, 0);

	if (result >= 0 && info && info->si_code == SI_TKILL)
		info->si_code = SI_USER;
	return result;
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
	return sigtimedwait(set, info, NULL);
}

int sigwait(const sigset_t *restrict set, int *restrict signal)
{
	int saved = errno, result;

	do
		result = sigtimedwait(set, NULL, NULL);
	while (result < 0 && errno == EINTR);
	if (result < 0) {
		result = errno;
		errno = saved;
		return result;
	}
	*signal = result;
	return 0;
}

static void fill_queued(siginfo_t *info, int signal, const union sigval value)
{
	memset(info, 0, sizeof *info);
	info->si_signo = signal;
	info->si_code = SI_QUEUE;
	info->si_pid = getpid();
	info->si_uid = getuid();
	info->si_value = value;
}

int sigqueue(pid_t pid, int signal, const union sigval value)
{
	siginfo_t info;

	fill_queued(&info, signal, value);
	return (int)__SYSCALL3(rt_sigqueueinfo, pid, signal, &info);
}

int pthread_sigqueue(pthread_t thread, int signal, const union sigval value)
{
	siginfo_t info;

	fill_queued(&info, signal, value);
	return (int)-__syscall(SYS_rt_tgsigqueueinfo, (long)getpid(), (long)((struct __pthread *)thread)->tid, (long)signal, (long)&info);
}

int sigaltstack(const stack_t *restrict new, stack_t *restrict old)
{
	return (int)__SYSCALL2(sigaltstack, new, old);
}

/* The older interfaces, over the ones above. */

static int change_mask(int how, int signal)
{
	sigset_t set;

	sigemptyset(&set);
	return sigaddset(&set, signal) < 0 ? -1 : sigprocmask(how, &set, NULL);
}

int sighold(int signal)
{
	return change_mask(SIG_BLOCK, signal);
}

int sigrelse(int signal)
{
	return change_mask(SIG_UNBLOCK, signal);
}

int sigignore(int signal)
{
	return set_handler(signal, SIG_IGN, 0) == SIG_ERR ? -1 : 0;
}

__sighandler_t sigset(int signal, __sighandler_t handler)
{
	__sighandler_t old;
	sigset_t set, old_set;

	sigemptyset(&set);
	if (sigaddset(&set, signal) < 0)
		return SIG_ERR;
	if (handler == SIG_HOLD) {
		struct sigaction action;
		if (sigprocmask(SIG_BLOCK, &set, &old_set) < 0 || sigaction(signal, NULL, &action) < 0)
			return SIG_ERR;
		return sigismember(&old_set, signal) ? SIG_HOLD : action.sa_handler;
	}
	old = set_handler(signal, handler, 0);
	if (old == SIG_ERR || sigprocmask(SIG_UNBLOCK, &set, &old_set) < 0)
		return SIG_ERR;
	return sigismember(&old_set, signal) ? SIG_HOLD : old;
}

int sigpause(int mask)
{
	sigset_t set;

	sigemptyset(&set);
	set.__val[0] = (unsigned int)mask;
	return sigsuspend(&set);
}

static int old_mask_call(int how, int mask)
{
	sigset_t set, old;

	sigemptyset(&set);
	set.__val[0] = (unsigned int)mask;
	return sigprocmask(how, &set, &old) < 0 ? -1 : (int)old.__val[0];
}

int sigblock(int mask)
{
	return old_mask_call(SIG_BLOCK, mask);
}

int sigsetmask(int mask)
{
	return old_mask_call(SIG_SETMASK, mask);
}

int siggetmask(void)
{
	return sigblock(0);
}
