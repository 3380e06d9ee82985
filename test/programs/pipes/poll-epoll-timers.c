// poll, select and epoll on pipes, eventfd and timerfd, with and without signals.
// expect: rev(p[0], POLLIN)                                  = 0
// expect: rev(p[1], POLLOUT | POLLIN)                        = 1004
// expect: rev(p[0], POLLOUT)                                 = 0
// expect: rev(-5, POLLIN)                                    = 0
// expect: rev(77, POLLIN)                                    = 1032
// expect: rev(p[1], POLLOUT|POLLWRNORM|POLLRDNORM)           = 1260
// expect: poll(0, 0, 10)                                     = 0
// expect: poll(bad, 1, 0)                                    = -1 Bad address
// expect: poll(0, 0, -1)                                     = -1 Interrupted system call
// expect: write(p[1], big, 100000)                           = 65536
// expect: write(p[1], big, 10)                               = -1 Interrupted system call
// expect: read(p[0], big, 70000)                             = 65536
// expect: read(p[0], b, 1)                                   = -1 Interrupted system call
// expect: select(p[0] + 1, &r, 0, 0, &tv)                    = -1 Interrupted system call
// expect: FD_ISSET(p[0], &r)                                 = 1
// expect: left 1
// expect: read(p[0], b, 10)                                  = 4
// expect: poll(0, 0, 1000)                                   = -1 Interrupted system call
// expect: select(0, 0, 0, 0, 0)                              = -1 Interrupted system call
// expect: select(-1, 0, 0, 0, 0)                             = -1 Invalid argument
// expect: select(0, 0, 0, 0, &tv)                            = -1 Invalid argument
// expect: select(60, &r, 0, 0, &tv)                          = -1 Bad file descriptor
// expect: select(100, &r, &w, &none_set, &tv)                = 2
// expect: select(100, &r, &w, 0, &tv)                        = 2
// expect: 0 1 1
// expect: ppoll(0, 0, &ts, 0)                                = 0
// expect: ppoll(0, 0, &ts, &none)                            = -1 Interrupted system call
// expect: pselect(0, 0, 0, 0, &ts, &none)                    = -1 Interrupted system call
// expect: 0 50000000
// expect: epoll_create1(1)                                   = -1 Invalid argument
// expect: epoll_create(0)                                    = -1 Invalid argument
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, ep, &e)               = -1 Invalid argument
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, 99, &e)               = -1 Bad file descriptor
// expect: epoll_ctl(99, EPOLL_CTL_ADD, 0, &e)                = -1 Bad file descriptor
// expect: epoll_ctl(p[0], EPOLL_CTL_ADD, p[1], &e)           = -1 Invalid argument
// expect: epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e)             = -1 No such file or directory
// expect: epoll_ctl(ep, EPOLL_CTL_DEL, p[0], &e)             = -1 No such file or directory
// expect: epoll_ctl(ep, 77, p[0], &e)                        = -1 Invalid argument
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e)               = -1 Operation not permitted
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, p[0], (void*)1)       = -1 Bad address
// expect: epoll_wait(ep, es, 0, 0)                           = -1 Invalid argument
// expect: epoll_wait(p[0], es, 1, 0)                         = -1 Invalid argument
// expect: epoll_wait(ep, es, 8, 0)                           = 0
// expect: epoll_wait(ep, es, 8, 20)                          = 0
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, q[0], &e)             = 0
// expect: epoll_ctl(ep, EPOLL_CTL_ADD, p[1], &e)             = 0
// expect: n 2: 0/1 1/4
// expect: n 1: 0/1
// expect: rev(ep, POLLIN)                                    = 1001
// expect: rev(ep, POLLIN)                                    = 0
// expect: epoll_ctl(ep, EPOLL_CTL_MOD, q[0], &e)             = 0
// expect: epoll_wait(ep, es, 8, 0)                           = 1
// expect: epoll_wait(ep, es, 8, 0)                           = 0
// expect: epoll_ctl(ep, EPOLL_CTL_MOD, q[0], &e)             = 0
// expect: epoll_wait(ep, es, 8, 0)                           = 1
// expect: 10
// expect: lseek(ep, 0, SEEK_SET)                             = 0
// expect: read(ep, b, 10)                                    = -1 Invalid argument
// expect: write(ep, b, 10)                                   = -1 Invalid argument
// expect: epoll_wait(ep, es, 8, -1)                          = -1 Interrupted system call
// expect: read(fd, &v, 7)                                    = -1 Invalid argument
// expect: read(fd, &v, 8)                                    = 8
// expect: 5
// expect: read(fd, &v, 8)                                    = -1 Resource temporarily unavailable
// expect: write(fd, &v, 8)                                   = 8
// expect: write(fd, &v, 8)                                   = -1 Resource temporarily unavailable
// expect: rev(fd, POLLIN | POLLOUT)                          = 1001
// expect: write(fd, &v, 8)                                   = -1 Invalid argument
// expect: write(fd, &v, 4)                                   = -1 Invalid argument
// expect: read(fd, &v, 8)                                    = 8
// expect: 18446744073709551614
// expect: rev(fd, POLLIN | POLLOUT)                          = 1004
// expect: lseek(fd, 0, SEEK_SET)                             = 0
// expect: eventfd(0, 12345)                                  = -1 Invalid argument
// expect: read(fd, &v, 8)                                    = -1 Resource temporarily unavailable
// expect: timerfd_settime(fd, 0, &its, &old)                 = 0
// expect: rev(fd, POLLIN)                                    = 0
// expect: poll(&pf, 1, 1000)                                 = 1
// expect: read(fd, &v, 8)                                    = 8
// expect: 1
// expect: read(fd, &v, 8)                                    = 8
// expect: 3
// expect: timerfd_gettime(fd, &old)                          = 0
// expect: 20000000 1
// expect: timerfd_settime(fd, 0, &its, &old)                 = 0
// expect: read(fd, &v, 8)                                    = -1 Resource temporarily unavailable
// expect: timerfd_settime(fd, 0, &its, 0)                    = -1 Invalid argument
// expect: timerfd_create(77, 0)                              = -1 Invalid argument
// expect: timerfd_settime(p[0], 0, &old, 0)                  = -1 Invalid argument
// expect: write(fd, &v, 8)                                   = -1 Invalid argument
// expect: timerfd_settime(fd, TFD_TIMER_ABSTIME, &its, 0)    = 0
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include <stdlib.h>
#include <signal.h>
#include <poll.h>
#include <stdint.h>
#include <sys/select.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#define SHOW(x) \
	do { \
		long r_ = (long)(x); \
		printf("%-50.50s = %ld%s%s\n", #x, r_, r_ < 0 ? " " : "", r_ < 0 ? error() : ""); \
		fflush(stdout); \
	} while (0)

/* An address that is never mapped. */
static struct pollfd *volatile bad = (struct pollfd *)1;

static const char *error(void) {
	return strerror(errno);
}
static char big[200000];

static void nop(int s) {
	(void)s;
}

static int rev(int fd, int ev) {
	struct pollfd p = {fd, ev, 0};
	int n = poll(&p, 1, 0);
	return n * 1000 + p.revents;
}

int main(void) {
	int p[2], q[2], fd, ep, i;
	char b[100];
	struct epoll_event e, es[8];
	uint64_t v;
	fd_set r, w, none_set;
	struct timeval tv;
	struct sigaction sa;
	memset(&sa, 0, sizeof sa);
	sa.sa_handler = nop;
	sigaction(SIGALRM, &sa, 0);
	signal(SIGPIPE, SIG_IGN);
	pipe(p);
	pipe(q);
	SHOW(rev(p[0], POLLIN));
	SHOW(rev(p[1], POLLOUT | POLLIN));
	SHOW(rev(p[0], POLLOUT));
	SHOW(rev(-5, POLLIN));
	SHOW(rev(77, POLLIN));
	SHOW(rev(p[1], POLLOUT|POLLWRNORM|POLLRDNORM));
	SHOW(poll(0, 0, 10));
	SHOW(poll(bad, 1, 0));
	alarm(1);
	SHOW(poll(0, 0, -1));
	// interrupted writes
	struct itimerval it = {{0,0},{0,100000}};
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(write(p[1], big, 100000));
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(write(p[1], big, 10));
	SHOW(read(p[0], big, 70000));
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(read(p[0], b, 1));
	setitimer(ITIMER_REAL, &it, 0);
	FD_ZERO(&r);
	FD_SET(p[0], &r);
	tv.tv_sec = 5;
	tv.tv_usec = 0;
	SHOW(select(p[0] + 1, &r, 0, 0, &tv));
	SHOW(FD_ISSET(p[0], &r));
	printf("left %d\n", tv.tv_sec == 4);
	sa.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &sa, 0);
	if (fork() == 0) {
		usleep(300000);
		write(p[1], "late", 4);
		_exit(0);
	}
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(read(p[0], b, 10));
	wait(0);
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(poll(0, 0, 1000));
	setitimer(ITIMER_REAL, &it, 0);
	SHOW(select(0, 0, 0, 0, 0));
	SHOW(select(-1, 0, 0, 0, 0));
	tv.tv_sec = -1;
	SHOW(select(0, 0, 0, 0, &tv));
	FD_ZERO(&r);
	FD_SET(50, &r);
	tv.tv_sec = 0;
	SHOW(select(60, &r, 0, 0, &tv));
	FD_ZERO(&r);
	FD_ZERO(&w);
	FD_SET(p[0], &r);
	FD_SET(p[1], &w);
	FD_SET(q[0], &r);
	write(q[1], "x", 1);
	FD_ZERO(&none_set);
	SHOW(select(100, &r, &w, &none_set, &tv));
	FD_ZERO(&r);
	FD_SET(q[0], &r);
	FD_SET(p[0], &r);
	SHOW(select(100, &r, &w, 0, &tv));
	printf("%d %d %d\n", !!FD_ISSET(p[0], &r), !!FD_ISSET(p[1], &w), !!FD_ISSET(q[0], &r));
	// ppoll, pselect with masks
	sigset_t blk, none;
	sigemptyset(&none);
	sigemptyset(&blk);
	sigaddset(&blk, SIGALRM);
	sigprocmask(SIG_BLOCK, &blk, 0);
	raise(SIGALRM);
	struct timespec ts = {0, 50000000};
	SHOW(ppoll(0, 0, &ts, 0));
	SHOW(ppoll(0, 0, &ts, &none));
	raise(SIGALRM);
	SHOW(pselect(0, 0, 0, 0, &ts, &none));
	printf("%ld %ld\n", (long)ts.tv_sec, ts.tv_nsec);
	sigprocmask(SIG_UNBLOCK, &blk, 0);
	// epoll
	ep = epoll_create1(0);
	SHOW(epoll_create1(1));
	SHOW(epoll_create(0));
	e.events = EPOLLIN;
	e.data.fd = 5;
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, ep, &e));
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, 99, &e));
	SHOW(epoll_ctl(99, EPOLL_CTL_ADD, 0, &e));
	SHOW(epoll_ctl(p[0], EPOLL_CTL_ADD, p[1], &e));
	SHOW(epoll_ctl(ep, EPOLL_CTL_MOD, p[0], &e));
	SHOW(epoll_ctl(ep, EPOLL_CTL_DEL, p[0], &e));
	SHOW(epoll_ctl(ep, 77, p[0], &e));
	fd = open("f", O_CREAT|O_RDWR, 0600);
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e));
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], (void*)1));
	SHOW(epoll_wait(ep, es, 0, 0));
	SHOW(epoll_wait(p[0], es, 1, 0));
	SHOW(epoll_wait(ep, es, 8, 0));
	SHOW(epoll_wait(ep, es, 8, 20));
	e.events = EPOLLIN;
	e.data.fd = q[0];
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, q[0], &e));
	e.events = EPOLLOUT | EPOLLET;
	e.data.fd = p[1];
	SHOW(epoll_ctl(ep, EPOLL_CTL_ADD, p[1], &e));
	for (i = 0; i < 2; i++) {
		int n = epoll_wait(ep, es, 8, 0);
		printf("n %d:", n);
		for (int k = 0; k < n; k++) printf(" %d/%x", es[k].data.fd == q[0] ? 0 : 1, es[k].events);
		printf("\n");
	}
	SHOW(rev(ep, POLLIN));
	read(q[0], b, 1);
	SHOW(rev(ep, POLLIN));
	e.events = EPOLLIN | EPOLLONESHOT;
	e.data.fd = q[0];
	SHOW(epoll_ctl(ep, EPOLL_CTL_MOD, q[0], &e));
	write(q[1], "ab", 2);
	SHOW(epoll_wait(ep, es, 8, 0));
	SHOW(epoll_wait(ep, es, 8, 0));
	e.events = 0;
	SHOW(epoll_ctl(ep, EPOLL_CTL_MOD, q[0], &e));
	close(q[1]);
	SHOW(epoll_wait(ep, es, 8, 0));
	printf("%x\n", es[0].events);
	SHOW(lseek(ep, 0, SEEK_SET));
	SHOW(read(ep, b, 10));
	SHOW(write(ep, b, 10));
	setitimer(ITIMER_REAL, &it, 0);
	e.events = EPOLLIN;
	epoll_ctl(ep, EPOLL_CTL_DEL, q[0], &e);
	SHOW(epoll_wait(ep, es, 8, -1));
	// eventfd
	fd = eventfd(5, EFD_NONBLOCK);
	SHOW(read(fd, &v, 7));
	SHOW(read(fd, &v, 8));
	printf("%lu\n", (unsigned long)v);
	SHOW(read(fd, &v, 8));
	v = 0xfffffffffffffffeUL;
	SHOW(write(fd, &v, 8));
	v = 1;
	SHOW(write(fd, &v, 8));
	SHOW(rev(fd, POLLIN | POLLOUT));
	v = -1;
	SHOW(write(fd, &v, 8));
	SHOW(write(fd, &v, 4));
	SHOW(read(fd, &v, 8));
	printf("%lu\n", (unsigned long)v);
	SHOW(rev(fd, POLLIN | POLLOUT));
	SHOW(lseek(fd, 0, SEEK_SET));
	SHOW(eventfd(0, 12345));
	// timerfd
	fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
	struct itimerspec its = {{0, 0}, {0, 50000000}}, old;
	SHOW(read(fd, &v, 8));
	SHOW(timerfd_settime(fd, 0, &its, &old));
	SHOW(rev(fd, POLLIN));
	{
		struct pollfd pf = {fd, POLLIN, 0};
		SHOW(poll(&pf, 1, 1000));
	}
	SHOW(read(fd, &v, 8));
	printf("%lu\n", (unsigned long)v);
	its.it_interval.tv_nsec = 20000000;
	its.it_value.tv_nsec = 20000000;
	timerfd_settime(fd, 0, &its, 0);
	usleep(70000);
	SHOW(read(fd, &v, 8));
	printf("%lu\n", (unsigned long)v);
	SHOW(timerfd_gettime(fd, &old));
	printf("%ld %d\n", old.it_interval.tv_nsec, old.it_value.tv_nsec > 0);
	memset(&its, 0, sizeof its);
	SHOW(timerfd_settime(fd, 0, &its, &old));
	usleep(50000);
	SHOW(read(fd, &v, 8));
	its.it_value.tv_nsec = -1;
	SHOW(timerfd_settime(fd, 0, &its, 0));
	SHOW(timerfd_create(77, 0));
	SHOW(timerfd_settime(p[0], 0, &old, 0));
	SHOW(write(fd, &v, 8));
	fd = timerfd_create(CLOCK_REALTIME, 0);
	clock_gettime(CLOCK_REALTIME, &its.it_value);
	its.it_value.tv_sec += 0;
	its.it_value.tv_nsec += 0;
	SHOW(timerfd_settime(fd, TFD_TIMER_ABSTIME, &its, 0));
	return 0;
}
