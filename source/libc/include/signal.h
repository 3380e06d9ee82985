#ifndef _SIGNAL_H
#define _SIGNAL_H

#include <bits/types.h>
#include <bits/sigset.h>
#include <bits/siginfo.h>
#include <bits/timespec.h>
#include <sys/ucontext.h>

typedef int sig_atomic_t;
typedef void (*__sighandler_t)(int);
typedef __sighandler_t sig_t;
#ifdef __USE_GNU
typedef __sighandler_t sighandler_t;
#endif

#define SIG_ERR ((__sighandler_t)-1)
#define SIG_DFL ((__sighandler_t)0)
#define SIG_IGN ((__sighandler_t)1)
#define SIG_HOLD ((__sighandler_t)2)

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGIOT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGSTKFLT 16
#define SIGCHLD 17
#define SIGCLD 17
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGURG 23
#define SIGXCPU 24
#define SIGXFSZ 25
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGIO 29
#define SIGPOLL 29
#define SIGPWR 30
#define SIGSYS 31
#define _NSIG 65
#define NSIG _NSIG
extern int __libc_current_sigrtmin(void);
extern int __libc_current_sigrtmax(void);
#define SIGRTMIN (__libc_current_sigrtmin())
#define SIGRTMAX (__libc_current_sigrtmax())

#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SA_INTERRUPT 0x20000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000
#define SA_NOMASK SA_NODEFER
#define SA_ONESHOT SA_RESETHAND
#define SA_STACK SA_ONSTACK

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

#define SI_USER 0
#define SI_KERNEL 0x80
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_MESGQ (-3)
#define SI_ASYNCIO (-4)
#define SI_SIGIO (-5)
#define SI_TKILL (-6)
#define ILL_ILLOPC 1
#define FPE_INTDIV 1
#define FPE_INTOVF 2
#define FPE_FLTDIV 3
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define BUS_ADRALN 1
#define BUS_ADRERR 2
#define BUS_OBJERR 3
#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3
#define CLD_TRAPPED 4
#define CLD_STOPPED 5
#define CLD_CONTINUED 6
#define POLL_IN 1
#define POLL_OUT 2
#define POLL_MSG 3
#define POLL_ERR 4
#define POLL_PRI 5
#define POLL_HUP 6

#define MINSIGSTKSZ 2048
#define SIGSTKSZ 8192

struct sigaction {
	union {
		__sighandler_t sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *);
	} __sigaction_handler;
	sigset_t sa_mask;
	int sa_flags;
	void (*sa_restorer)(void);
};
#define sa_handler __sigaction_handler.sa_handler
#define sa_sigaction __sigaction_handler.sa_sigaction

struct sigstack {
	void *ss_sp;
	int ss_onstack;
};

extern __sighandler_t signal(int __signal, __sighandler_t __handler);
extern __sighandler_t bsd_signal(int __signal, __sighandler_t __handler);
extern __sighandler_t sigset(int __signal, __sighandler_t __handler);
#ifdef __USE_GNU
extern __sighandler_t sysv_signal(int __signal, __sighandler_t __handler);
extern int sigisemptyset(const sigset_t *__set);
extern int sigorset(sigset_t *__to, const sigset_t *__a, const sigset_t *__b);
extern int sigandset(sigset_t *__to, const sigset_t *__a, const sigset_t *__b);
extern int pthread_sigqueue(pthread_t __th, int __signal, const union sigval __value);
extern int tgkill(pid_t __group, pid_t __th, int __signal);
#endif
extern int sigaction(int __signal, const struct sigaction *__restrict __new, struct sigaction *__restrict __old);
extern int kill(pid_t __pid, int __signal);
extern int killpg(pid_t __group, int __signal);
extern int raise(int __signal);
extern int sigemptyset(sigset_t *__set);
extern int sigfillset(sigset_t *__set);
extern int sigaddset(sigset_t *__set, int __signal);
extern int sigdelset(sigset_t *__set, int __signal);
extern int sigismember(const sigset_t *__set, int __signal);
extern int sigprocmask(int __how, const sigset_t *__restrict __set, sigset_t *__restrict __old);
extern int pthread_sigmask(int __how, const sigset_t *__restrict __set, sigset_t *__restrict __old);
extern int pthread_kill(pthread_t __th, int __signal);
extern int sigpending(sigset_t *__set);
extern int sigsuspend(const sigset_t *__mask);
extern int sigwait(const sigset_t *__restrict __set, int *__restrict __signal);
extern int sigwaitinfo(const sigset_t *__restrict __set, siginfo_t *__restrict __info);
extern int sigtimedwait(const sigset_t *__restrict __set, siginfo_t *__restrict __info, const struct timespec *__restrict __timeout);
extern int sigqueue(pid_t __pid, int __signal, const union sigval __value);
extern int sigaltstack(const stack_t *__restrict __new, stack_t *__restrict __old);
extern int siginterrupt(int __signal, int __interrupt);
extern int sighold(int __signal);
extern int sigrelse(int __signal);
extern int sigignore(int __signal);
extern int sigpause(int __mask);
extern int sigblock(int __mask);
extern int sigsetmask(int __mask);
extern int siggetmask(void);
#define sigmask(signal) ((int)(1u << ((signal)-1)))
extern void psignal(int __signal, const char *__s);
extern void psiginfo(const siginfo_t *__info, const char *__s);
extern const char *const sys_siglist[_NSIG];

#endif
