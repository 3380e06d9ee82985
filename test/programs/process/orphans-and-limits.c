// prctl(2): a subreaper gets the orphans below it, a child can ask for a signal when its parent ends. fexecve(3).
// setrlimit(2): file size, CPU time, number of descriptors.
// expect: the orphan's parent is the subreaper: 1
// expect: and it can be waited for: 1, status 7
// expect: told of the parent's end by signal 10
// expect: through a descriptor
// expect: beyond the file size: EFBIG after SIGXFSZ 1, size 10
// expect: CPU time: SIGXCPU
// expect: descriptors: EMFILE
// expect: raising the hard limit: -1
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t got;

static void note(int signal)
{
	got = signal;
}

static void orphan(void)
{
	int pipe_[2], status;
	pid_t child, grandchild = 0;
	int is_mine = 0;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (pipe(pipe_) < 0)
		exit(1);
	child = fork();
	if (child == 0) {
		pid_t parent = getpid();
		grandchild = fork();
		if (grandchild == 0) {
			while (getppid() == parent)
				usleep(1000);
			is_mine = getppid();
			exit(write(pipe_[1], &is_mine, sizeof is_mine) == sizeof is_mine ? 7 : 1);
		}
		exit(write(pipe_[1], &grandchild, sizeof grandchild) == sizeof grandchild ? 0 : 1);
	}
	waitpid(child, NULL, 0);
	if (read(pipe_[0], &grandchild, sizeof grandchild) < 0 || read(pipe_[0], &is_mine, sizeof is_mine) < 0)
		exit(1);
	printf("the orphan's parent is the subreaper: %d\n", is_mine == getpid());
	printf("and it can be waited for: %d", waitpid(grandchild, &status, 0) == grandchild);
	printf(", status %d\n", WEXITSTATUS(status));
}

static void death_signal(void)
{
	int ready[2];
	char c = 0;
	pid_t child;

	fflush(stdout);
	if (pipe(ready) < 0)
		exit(1);
	child = fork();
	if (child == 0) {
		if (fork() == 0) {
			signal(SIGUSR1, note);
			prctl(PR_SET_PDEATHSIG, SIGUSR1);
			if (write(ready[1], &c, 1) != 1)
				exit(1);
			while (!got)
				usleep(1000);
			printf("told of the parent's end by signal %d\n", (int)got);
			exit(0);
		}
		exit(read(ready[0], &c, 1) == 1 ? 0 : 1);
	}
	while (wait(NULL) > 0)
		;
}

static void through_descriptor(void)
{
	char *argv[] = {"echo", "through a descriptor", NULL}, *envp[] = {NULL};

	fflush(stdout);
	if (fork() == 0) {
		fexecve(open("/bin/echo", O_RDONLY), argv, envp);
		exit(1);
	}
	wait(NULL);
}

static void limits(void)
{
	struct rlimit limit = {10, 10};
	int file = open("limited.txt", O_RDWR | O_CREAT | O_TRUNC, 0600), status, error;
	pid_t child;

	signal(SIGXFSZ, note);
	got = 0;
	setrlimit(RLIMIT_FSIZE, &limit);
	while (write(file, "abc", 3) > 0)
		;
	error = errno;
	printf("beyond the file size: %s after SIGXFSZ %d, size %ld\n", error == EFBIG ? "EFBIG" : "other", got == SIGXFSZ, (long)lseek(file, 0, SEEK_END));
	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct rlimit second = {1, 2}, none = {0, 0};
		setrlimit(RLIMIT_CORE, &none);
		setrlimit(RLIMIT_CPU, &second);
		for (;;)
			;
	}
	waitpid(child, &status, 0);
	printf("CPU time: %s\n", WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU ? "SIGXCPU" : "other");
	limit.rlim_cur = limit.rlim_max = 8;
	setrlimit(RLIMIT_NOFILE, &limit);
	while (dup(0) >= 0)
		;
	printf("descriptors: %s\n", errno == EMFILE ? "EMFILE" : "other");
	limit.rlim_max = 100;
	printf("raising the hard limit: %d\n", geteuid() == 0 ? -1 : setrlimit(RLIMIT_NOFILE, &limit));
}

int main(void)
{
	orphan();
	death_signal();
	through_descriptor();
	limits();
	return 0;
}
