// clone(2): what parent and child share is what the flags say; who waits for which child; threads made by hand.
// expect: plain: shared 0, fd closed 0, umask 22, handler 0, status 1
// expect: CLONE_VM: shared 1, fd closed 0, umask 22, handler 0, status 1
// expect: CLONE_FILES: shared 0, fd closed 1, umask 22, handler 0, status 1
// expect: CLONE_FS: shared 0, fd closed 0, umask 77, handler 0, status 1
// expect: CLONE_SIGHAND: shared 1, fd closed 0, umask 22, handler 1, status 1
// expect: without SIGCHLD: ECHILD, then 1 with __WCLONE
// expect: vfork order: 1
// expect: thread: same pid 1, tid stored 1, counted 2000
// expect: refused: EINVAL EINVAL EINVAL EPERM
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK 65536

static int shared, file, counter, same_pid;
static pid_t process, parent_tid, child_tid;

static void ignore(int signal)
{
	(void)signal;
}

static int change(void *arg)
{
	shared = 1;
	close(file);
	umask(077);
	signal(SIGUSR1, ignore);
	return *(int *)arg;
}

static void show(const char *name, int flags, char *top)
{
	struct sigaction action;
	int status, one = 1;

	shared = 0;
	file = open("/dev/null", O_RDONLY);
	signal(SIGUSR1, SIG_DFL);
	umask(022);
	waitpid(clone(change, top, flags | SIGCHLD, &one), &status, 0);
	sigaction(SIGUSR1, NULL, &action);
	printf("%s: shared %d, fd closed %d, umask %o, handler %d, status %d\n", name, shared, fcntl(file, F_GETFD) < 0,
	       umask(022), action.sa_handler == ignore, WEXITSTATUS(status));
	close(file);
}

static int count(void *arg)
{
	int i;

	(void)arg;
	same_pid = getpid() == process && gettid() != process;
	for (i = 0; i < 1000; i++)
		__sync_fetch_and_add(&counter, 1);
	return 0;
}

static const char *why(int result)
{
	return result >= 0 ? "?" : errno == EINVAL ? "EINVAL" : errno == EPERM ? "EPERM" : strerror(errno);
}

int main(void)
{
	char *top = (char *)malloc(STACK) + STACK;
	int one = 1, first;
	pid_t child;

	show("plain", 0, top);
	show("CLONE_VM", CLONE_VM, top);
	show("CLONE_FILES", CLONE_FILES, top);
	show("CLONE_FS", CLONE_FS, top);
	show("CLONE_SIGHAND", CLONE_VM | CLONE_SIGHAND, top);

	child = clone(change, top, 0, &one);
	first = waitpid(child, NULL, 0) == -1 && errno == ECHILD;
	printf("without SIGCHLD: %s, then %d with __WCLONE\n", first ? "ECHILD" : "?", waitpid(child, NULL, __WCLONE) == child);

	shared = 0;
	child = clone(change, top, CLONE_VM | CLONE_VFORK | SIGCHLD, &one);
	printf("vfork order: %d\n", shared);
	waitpid(child, NULL, 0);

	process = getpid();
	child_tid = 1;
	child = clone(count, top,
		      CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
		      NULL, &parent_tid, NULL, &child_tid);
	for (first = 0; first < 1000; first++)
		__sync_fetch_and_add(&counter, 1);
	while (*(volatile pid_t *)&child_tid != 0)
		usleep(100);
	printf("thread: same pid %d, tid stored %d, counted %d\n", same_pid, parent_tid == child, counter);

	printf("refused: %s %s %s %s\n", why(clone(NULL, top, SIGCHLD, NULL)), why(clone(change, top, CLONE_SIGHAND, &one)),
	       why(clone(change, top, CLONE_VM | CLONE_THREAD, &one)), why(clone(change, top, CLONE_NEWUTS | SIGCHLD, &one)));
	return 0;
}
