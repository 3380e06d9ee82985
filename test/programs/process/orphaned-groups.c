// Orphaned process groups: a stopped member gets SIGHUP and SIGCONT when the last parent outside the group ends, and the
// terminal's stop signals do nothing to such a group; credentials(7).
// expect: stopped by SIGTSTP
// expect: SIGHUP
// expect: continued with another parent
// expect: SIGTSTP in an orphaned group: nothing
// expect: end
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *text)
{
	write(STDOUT_FILENO, text, strlen(text));
}

static void hang_up(int signal)
{
	(void)signal;
	say("SIGHUP\n");
}

int main(void)
{
	int channel[2], status;
	char byte;
	pid_t leader;

	pipe(channel);
	leader = fork();
	if (leader == 0) {
		pid_t self = getpid(), member;
		setpgid(0, 0);
		member = fork();
		if (member == 0) {
			signal(SIGHUP, hang_up);
			raise(SIGTSTP);
			while (getppid() == self)
				usleep(1000);
			say("continued with another parent\n");
			raise(SIGTSTP);
			say("SIGTSTP in an orphaned group: nothing\n");
			_exit(0);
		}
		waitpid(member, &status, WUNTRACED);
		if (WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP)
			say("stopped by SIGTSTP\n");
		_exit(0);
	}
	waitpid(leader, NULL, 0);
	close(channel[1]);
	read(channel[0], &byte, 1);
	say("end\n");
	return 0;
}
