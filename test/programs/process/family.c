// getppid() is the parent; an orphan gets another one; a zombie is there until it is waited for.
// expect: child of parent: 1
// expect: has a new parent: 1
// expect: zombie exists: 1
// expect: reaped is gone: 1
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	pid_t self = getpid(), child;
	int fd[2], answer;

	child = fork();
	if (child == 0)
		exit(getppid() == self);
	int status;
	waitpid(child, &status, 0);
	printf("child of parent: %d\n", WEXITSTATUS(status));
	fflush(stdout);

	if (pipe(fd) == -1)
		return 1;
	child = fork();
	if (child == 0) {
		pid_t middle = getpid();
		if (fork() == 0) {
			while (getppid() == middle)
				usleep(1000);
			answer = 1;
			if (write(fd[1], &answer, sizeof answer) != sizeof answer)
				_exit(1);
			_exit(0);
		}
		_exit(0);
	}
	waitpid(child, NULL, 0);
	if (read(fd[0], &answer, sizeof answer) != sizeof answer)
		return 1;
	printf("has a new parent: %d\n", answer);

	child = fork();
	if (child == 0)
		_exit(0);
	siginfo_t info;
	waitid(P_PID, child, &info, WEXITED | WNOWAIT);
	printf("zombie exists: %d\n", kill(child, 0) == 0);
	waitpid(child, NULL, 0);
	printf("reaped is gone: %d\n", kill(child, 0) == -1 && errno == ESRCH);
	return 0;
}
