// pty(7) and termios(3): what is typed at a master becomes lines with their editing and echo, or raw bytes with VMIN and
// VTIME; what the slave writes gets carriage returns; what both ends see when the other goes.
// expect: locked: EIO, then /dev/pts/0
// expect: a terminal 1, named /dev/pts/0 1, size 24 80
// expect: shown: out\r\n
// expect: echo: line\r\n
// expect: line 5: line
// expect: edited 4: abX
// expect: echo: abc\b \bX\r\n
// expect: word 8: one six
// expect: kill 3: ok
// expect: echo: one two\b \b\b \b\b \bsix\r\nno\b \b\b \bok\r\n
// expect: end of file after 3 bytes, then 0
// expect: literal: 2 bytes, the first 3
// expect: echo: eof^\b^C\r\n
// expect: one line at a time: 2 3
// expect: carriage return: 2
// expect: two rows of nothing typed: EAGAIN
// expect: raw: 3 bytes without echo, 0 shown
// expect: VMIN 0: 0 bytes after 100 ms
// expect: VMIN 3: 3 bytes
// expect: flushed: EAGAIN
// expect: slave gone: EIO, events 14
// expect: opened again: more
// expect: master gone: 0, EIO, events 1d, ENOENT
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int master, slave;

static void type(const char *text)
{
	write(master, text, strlen(text));
}

static int receive(char *buffer, int size)
{
	int n = (int)read(slave, buffer, (size_t)size - 1);

	buffer[n < 0 ? 0 : n] = 0;
	return n;
}

static int shown(const char *what)
{
	char buffer[200];
	int n, i;

	usleep(10000);
	n = (int)read(master, buffer, sizeof buffer);
	if (!what)
		return n < 0 && errno == EAGAIN ? 0 : n;
	printf("%s: ", what);
	for (i = 0; i < n; i++) {
		switch (buffer[i]) {
		case '\r':
			printf("\\r");
			break;
		case '\n':
			printf("\\n");
			break;
		case '\b':
			printf("\\b");
			break;
		default:
			putchar(buffer[i]);
		}
	}
	putchar('\n');
	return n;
}

static const char *why(long result)
{
	if (result >= 0)
		return "?";
	return errno == EIO ? "EIO" : errno == EAGAIN ? "EAGAIN" : errno == ENOENT ? "ENOENT" : strerror(errno);
}

static int events_of(int fd)
{
	struct pollfd poller = {fd, POLLIN | POLLOUT, 0};

	poll(&poller, 1, 0);
	return poller.revents;
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void make_raw(int minimum, int time)
{
	struct termios settings;

	tcgetattr(slave, &settings);
	cfmakeraw(&settings);
	settings.c_cc[VMIN] = (cc_t)minimum;
	settings.c_cc[VTIME] = (cc_t)time;
	tcsetattr(slave, TCSANOW, &settings);
}

int main(void)
{
	char text[100], name[32];
	struct winsize size = {24, 80, 0, 0}, seen;
	int n, m;
	long before;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	printf("locked: %s", why(open(ptsname(master), O_RDWR | O_NOCTTY)));
	grantpt(master);
	unlockpt(master);
	strcpy(name, ptsname(master));
	printf(", then %s\n", name);
	slave = open(name, O_RDWR | O_NOCTTY);
	fcntl(master, F_SETFL, O_NONBLOCK);
	ioctl(master, TIOCSWINSZ, &size);
	ioctl(slave, TIOCGWINSZ, &seen);
	printf("a terminal %d, named %s %d, size %d %d\n", isatty(slave), ttyname(slave), strcmp(ttyname(slave), name) == 0, seen.ws_row, seen.ws_col);

	write(slave, "out\n", 4);
	shown("shown");
	type("line\n");
	shown("echo");
	n = receive(text, sizeof text);
	printf("line %d: %s", n, text);
	type("abc\177X\n");
	n = receive(text, sizeof text);
	printf("edited %d: %s", n, text);
	shown("echo");
	type("one two\027six\n");
	n = receive(text, sizeof text);
	printf("word %d: %s", n, text);
	type("no\025ok\n");
	n = receive(text, sizeof text);
	printf("kill %d: %s", n, text);
	shown("echo");
	type("eof\004\004");
	n = receive(text, sizeof text);
	m = receive(text, sizeof text);
	printf("end of file after %d bytes, then %d\n", n, m);
	type("\026\003\n");
	n = receive(text, sizeof text);
	printf("literal: %d bytes, the first %d\n", n, text[0]);
	shown("echo");
	type("1\n22\n");
	n = receive(text, sizeof text);
	m = receive(text, sizeof text);
	printf("one line at a time: %d %d\n", n, m);
	type("x\r");
	printf("carriage return: %d\n", receive(text, sizeof text));
	fcntl(slave, F_SETFL, O_NONBLOCK);
	type("not ended");
	printf("two rows of nothing typed: %s\n", why(read(slave, text, sizeof text)));
	type("\025");
	shown(NULL);
	fcntl(slave, F_SETFL, 0);

	make_raw(1, 0);
	type("a\003\r");
	n = receive(text, sizeof text);
	printf("raw: %d bytes without echo, %d shown\n", n, shown(NULL));
	make_raw(0, 1);
	before = milliseconds();
	n = receive(text, sizeof text);
	printf("VMIN 0: %d bytes after %s\n", n, milliseconds() - before >= 95 ? "100 ms" : "less");
	make_raw(3, 0);
	fflush(stdout);
	if (fork() == 0) {
		type("1");
		usleep(30000);
		type("23");
		_exit(0);
	}
	printf("VMIN 3: %d bytes\n", receive(text, sizeof text));
	wait(NULL);
	type("forget");
	usleep(10000);
	tcflush(slave, TCIFLUSH);
	fcntl(slave, F_SETFL, O_NONBLOCK);
	printf("flushed: %s\n", why(read(slave, text, sizeof text)));

	close(slave);
	printf("slave gone: %s, events %x\n", why(read(master, text, sizeof text)), events_of(master));
	slave = open(name, O_RDWR | O_NOCTTY);
	write(slave, "more", 4);
	shown("opened again");
	close(master);
	n = receive(text, sizeof text);
	printf("master gone: %d, %s", n, why(write(slave, "x", 1)));
	printf(", events %x", events_of(slave));
	printf(", %s\n", why(open(name, O_RDWR)));
	return 0;
}
