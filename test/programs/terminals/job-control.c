// A session on a pseudo-terminal, forkpty(3): keys become signals for the foreground group, who reads from the background is
// stopped, and the session hangs up when its terminal goes.
// expect: leader of its session 1, in the foreground 1, /dev/tty is its terminal 1
// expect: job stopped by SIGTTIN
// expect: in the foreground it reads 6 bytes
// expect: tcsetattr from the background: stopped by SIGTTOU
// expect: deaf to SIGTTIN: EIO
// expect: strange group: ESRCH
// expect: window changed to 30 rows
// expect: interrupted by SIGINT
// expect: stopped by SIGTSTP
// expect: the session ends: 7
// expect: Ctrl-C: killed by SIGINT
// expect: Ctrl-\: killed by SIGQUIT
// expect: hang-up: killed by SIGHUP
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t last_signal;
static int report; /* Goes to the one who prints. */

static void note(int signal)
{
	last_signal = signal;
}

static void catch(int signal, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	sigaction(signal, &action, NULL);
}

static const char *name_of(int signal)
{
	switch (signal) {
	case SIGHUP:
		return "SIGHUP";
	case SIGINT:
		return "SIGINT";
	case SIGQUIT:
		return "SIGQUIT";
	case SIGTSTP:
		return "SIGTSTP";
	case SIGTTIN:
		return "SIGTTIN";
	case SIGTTOU:
		return "SIGTTOU";
	default:
		return "?";
	}
}

static pid_t start(void (*job)(void))
{
	pid_t pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		job();
		_exit(0);
	}
	setpgid(pid, pid);
	return pid;
}

static void read_line(void)
{
	char line[20];

	signal(SIGTTOU, SIG_DFL);
	_exit((int)read(0, line, sizeof line));
}

static void change_settings(void)
{
	struct termios settings;

	signal(SIGTTOU, SIG_DFL);
	tcgetattr(0, &settings);
	tcsetattr(0, TCSANOW, &settings);
}

static void read_deaf(void)
{
	char byte;

	signal(SIGTTIN, SIG_IGN);
	_exit(read(0, &byte, 1) < 0 && errno == EIO);
}

static void sleep_on(void)
{
	pause();
}

/** What the session's leader does; its terminal is 0, 1 and 2. */
static void lead(void)
{
	int status, terminal = open("/dev/tty", O_RDWR);
	struct winsize size;
	pid_t job;

	dprintf(report, "leader of its session %d, in the foreground %d, /dev/tty is its terminal %d\n", getsid(0) == getpid(),
		tcgetpgrp(0) == getpgrp(), terminal >= 0 && tcgetpgrp(terminal) == getpgrp());
	signal(SIGTTOU, SIG_IGN);
	job = start(read_line);
	waitpid(job, &status, WUNTRACED);
	dprintf(report, "job stopped by %s\n", name_of(WSTOPSIG(status)));
	tcsetpgrp(0, job);
	kill(-job, SIGCONT);
	waitpid(job, &status, 0);
	dprintf(report, "in the foreground it reads %d bytes\n", WEXITSTATUS(status));
	tcsetpgrp(0, getpgrp());
	job = start(change_settings);
	waitpid(job, &status, WUNTRACED);
	dprintf(report, "tcsetattr from the background: stopped by %s\n", name_of(WSTOPSIG(status)));
	kill(job, SIGKILL);
	waitpid(job, &status, 0);
	job = start(read_deaf);
	waitpid(job, &status, 0);
	dprintf(report, "deaf to SIGTTIN: %s\n", WEXITSTATUS(status) == 1 ? "EIO" : "?");
	dprintf(report, "strange group: %s\n", tcsetpgrp(0, 99999) < 0 && errno == ESRCH ? "ESRCH" : "?");

	catch(SIGWINCH, note);
	catch(SIGINT, note);
	dprintf(report, "!resize\n");
	pause();
	ioctl(0, TIOCGWINSZ, &size);
	dprintf(report, "window changed to %d rows\n", size.ws_row);
	dprintf(report, "!interrupt\n");
	pause();
	dprintf(report, "interrupted by %s\n", name_of(last_signal));
	job = start(sleep_on);
	tcsetpgrp(0, job);
	dprintf(report, "!suspend\n");
	waitpid(job, &status, WUNTRACED);
	dprintf(report, "stopped by %s\n", name_of(WSTOPSIG(status)));
	kill(job, SIGKILL);
	_exit(7);
}

static void end_by(const char *key, const char *what)
{
	int master, status;
	pid_t pid = forkpty(&master, NULL, NULL, NULL);

	if (pid == 0) {
		execl("/bin/sleep", "sleep", "60", (char *)NULL);
		_exit(1);
	}
	usleep(100000);
	if (key)
		write(master, key, 1);
	else
		close(master);
	waitpid(pid, &status, 0);
	printf("%s: killed by %s\n", what, name_of(WTERMSIG(status)));
	if (key)
		close(master);
}

int main(void)
{
	int master, channel[2], status;
	struct winsize size = {30, 80, 0, 0};
	char line[200];
	FILE *reports;
	pid_t leader;

	pipe(channel);
	report = channel[1];
	leader = forkpty(&master, NULL, NULL, NULL);
	if (leader == 0)
		lead();
	close(channel[1]);
	write(master, "typed\n", 6);
	reports = fdopen(channel[0], "r");
	while (fgets(line, sizeof line, reports)) {
		if (line[0] != '!') {
			fputs(line, stdout);
			continue;
		}
		usleep(50000);
		if (strcmp(line, "!resize\n") == 0)
			ioctl(master, TIOCSWINSZ, &size);
		else
			write(master, strcmp(line, "!interrupt\n") == 0 ? "\003" : "\032", 1);
	}
	waitpid(leader, &status, 0);
	printf("the session ends: %d\n", WEXITSTATUS(status));
	close(master);
	fflush(stdout);
	end_by("\003", "Ctrl-C");
	end_by("\034", "Ctrl-\\");
	end_by(NULL, "hang-up");
	return 0;
}
