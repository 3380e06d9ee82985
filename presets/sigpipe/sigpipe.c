/*
 * Writing into a pipe that nobody can read any more: the kernel sends SIGPIPE,
 * which ends the writer, unless it has said that it wants an error instead.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void write_lines(int pipe_end)
{
	for (int i = 1; i <= 5; i++) {
		if (write(pipe_end, "line\n", 5) == -1) {
			printf("write %d: %s\n", i, strerror(errno));
			return;
		}
		usleep(1000);
	}
}

/* Starts a writer, reads one line of it, and hangs up. */
static void hang_up_on(const char *name, int ignores_signal)
{
	int fd[2], status;
	char line[5];

	if (pipe(fd) == -1) {
		perror("pipe");
		exit(1);
	}
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		prctl(PR_SET_NAME, name);
		if (ignores_signal)
			signal(SIGPIPE, SIG_IGN);
		close(fd[0]);
		write_lines(fd[1]);
		exit(0);
	}
	close(fd[1]);
	if (read(fd[0], line, sizeof line) == sizeof line)
		close(fd[0]);			/* the last reader goes */
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status))
		printf("%s: killed by signal %d\n", name, WTERMSIG(status));
	else
		printf("%s: ended with status %d\n", name, WEXITSTATUS(status));
}

int main(void)
{
	prctl(PR_SET_NAME, "reader");
	hang_up_on("careless", 0);
	hang_up_on("careful", 1);
	return 0;
}
