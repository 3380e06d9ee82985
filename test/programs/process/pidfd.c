// A pidfd refers to one process: it becomes readable at its end, sends signals to it, lends its descriptors and is waited
// for with P_PIDFD. pidfd_open(2), pidfd_send_signal(2), pidfd_getfd(2), waitid(2).
// expect: close on exec: 1 
// expect: alive: 0 
// expect: no process: -1 No such process
// expect: not a pid: -1 Invalid argument
// expect: flags: -1 Invalid argument
// expect: read: -1 Invalid argument
// expect: write: -1 Invalid argument
// expect: signal 0: 0 
// expect: bad signal: -1 Invalid argument
// expect: bad flags: -1 Invalid argument
// expect: not a pidfd: -1 Bad file descriptor
// expect: nothing yet: 0 
// expect: pid of it: 0 
// expect: no such id: -1 Invalid argument
// expect: lent, close on exec: 1 
// expect: their pipe: 1 
// expect: what it held: 1 
// expect: none of theirs: -1 Bad file descriptor
// expect: signal: 0 
// expect: its end: 1 
// expect: poll: 1 
// expect: wait: 0 
// expect: code: 2 
// expect: status: 9 
// expect: same pid: 1 
// expect: gone: -1 No such process
// expect: still readable: 1 
// expect: no child: -1 No child processes
// expect: no pidfd: -1 Bad file descriptor
// expect: without blocking: -1 Resource temporarily unavailable
// expect: then: 0 
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, long result)
{
	printf("%s: %ld %s\n", what, result < 0 ? -1L : result, result < 0 ? strerror(errno) : "");
}

static long open_process(pid_t pid, unsigned flags)
{
	return syscall(SYS_pidfd_open, pid, flags);
}

static long send(int fd, int signal, unsigned flags)
{
	return syscall(SYS_pidfd_send_signal, fd, signal, NULL, flags);
}

static void on_signal(int signal)
{
	(void)signal;
}

int main(void)
{
	int box[2], fd, set = epoll_create1(0);
	struct pollfd watched = { 0, POLLIN, 0 };
	struct epoll_event event = { .events = EPOLLIN };
	siginfo_t info;
	char byte;
	pid_t child;

	setvbuf(stdout, NULL, _IONBF, 0);
	if (pipe(box) < 0)
		return 1;
	child = fork();
	if (child == 0) {
		int own[2];
		char c;

		signal(SIGUSR1, on_signal);
		if (pipe(own) < 0 || write(own[1], "z", 1) != 1 || write(box[1], &own[0], sizeof own[0]) != sizeof own[0])
			_exit(1);
		pause();
		_exit(read(own[0], &c, 1) == 1 ? 9 : 1);
	}
	fd = (int)open_process(child, 0);
	say("close on exec", fcntl(fd, F_GETFD));
	watched.fd = fd;
	say("alive", poll(&watched, 1, 0));
	say("no process", open_process(999999, 0));
	say("not a pid", open_process(0, 0));
	say("flags", open_process(child, 1));
	say("read", read(fd, &byte, 1));
	say("write", write(fd, "x", 1));
	say("signal 0", send(fd, 0, 0));
	say("bad signal", send(fd, 65, 0));
	say("bad flags", send(fd, 0, 8));
	say("not a pidfd", send(box[0], 0, 0));
	info.si_pid = 7;
	say("nothing yet", waitid(P_PIDFD, (id_t)fd, &info, WEXITED | WNOHANG));
	say("pid of it", info.si_pid);
	say("no such id", waitid(P_PID, (id_t)-1, &info, WEXITED));
	{
		int theirs, mine;
		if (read(box[0], &theirs, sizeof theirs) != sizeof theirs)
			return 1;
		mine = (int)syscall(SYS_pidfd_getfd, fd, theirs, 0);
		say("lent, close on exec", fcntl(mine, F_GETFD));
		say("their pipe", read(mine, &byte, 1));
		say("what it held", byte == 'z');
		if (write(box[1], "y", 1) != 1)
			return 1;
		say("none of theirs", syscall(SYS_pidfd_getfd, fd, 99, 0));
	}
	epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
	usleep(20000);
	say("signal", send(fd, SIGKILL, 0));
	say("its end", epoll_wait(set, &event, 1, 2000));
	say("poll", poll(&watched, 1, 0));
	say("wait", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
	say("code", info.si_code);
	say("status", info.si_status);
	say("same pid", info.si_pid == child);
	say("gone", send(fd, 0, 0));
	say("still readable", poll(&watched, 1, 0));
	say("no child", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
	say("no pidfd", waitid(P_PIDFD, (id_t)box[0], &info, WEXITED));
	child = fork();
	if (child == 0)
		for (;;)
			pause();
	fd = (int)open_process(child, O_NONBLOCK);
	say("without blocking", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
	kill(child, SIGTERM);
	watched.fd = fd;
	poll(&watched, 1, 2000);
	say("then", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
	return 0;
}
