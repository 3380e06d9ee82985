// O_ASYNC: SIGIO, or the signal of F_SETSIG, tells the owner of a file that there is something to read, fcntl(2).
// expect: from the pipe: 1 signal, read ping
// expect: from the socket: 1 real-time signal, read pong
// expect: none after O_ASYNC is off: 0
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t plain, real_time;

static void count(int signal)
{
	if (signal == SIGIO)
		plain++;
	else
		real_time++;
}

static void own(int fd)
{
	fcntl(fd, F_SETOWN, getpid());
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC | O_NONBLOCK);
}

static void send_from_child(int fd, const char *text)
{
	if (fork() == 0) {
		write(fd, text, 4);
		_exit(0);
	}
	wait(NULL);
}

int main(void)
{
	struct sigaction action = {.sa_handler = count, .sa_flags = SA_RESTART};
	char text[10] = "";
	int pipe_ends[2], pair[2];

	sigaction(SIGIO, &action, NULL);
	sigaction(SIGRTMIN, &action, NULL);
	pipe(pipe_ends);
	own(pipe_ends[0]);
	send_from_child(pipe_ends[1], "ping");
	read(pipe_ends[0], text, 4);
	printf("from the pipe: %d signal, read %s\n", plain, text);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	own(pair[0]);
	fcntl(pair[0], F_SETSIG, SIGRTMIN);
	send_from_child(pair[1], "pong");
	read(pair[0], text, 4);
	printf("from the socket: %d real-time signal, read %s\n", real_time, text);
	fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
	plain = 0;
	send_from_child(pipe_ends[1], "more");
	printf("none after O_ASYNC is off: %d\n", plain);
	return 0;
}
