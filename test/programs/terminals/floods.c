// pty(7): what nobody reads has its limits. Ends of file take room like bytes, a long write waits for its reader, echo that
// finds no room is lost, and there are only so many terminals.
// expect: ends of file: EAGAIN
// expect: 20000 bytes written, 20000 read
// expect: terminals: ENOSPC, then one more
// expect: slave refused: EMFILE, master without slaves: EIO
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static char bytes[20000];

static int open_pair(int *slave)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);

	unlockpt(master);
	*slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	return master;
}

static void type_ends(void)
{
	int slave, master = open_pair(&slave);

	memset(bytes, 4, sizeof bytes);
	fcntl(master, F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 300; i++)
		if (write(master, bytes, 1000) < 0) {
			printf("ends of file: %s\n", strerrorname_np(errno));
			break;
		}
	close(slave);
	close(master);
}

static void write_long(void)
{
	struct termios settings;
	int slave, status, master = open_pair(&slave), total = 0, n;

	tcgetattr(slave, &settings);
	cfmakeraw(&settings);
	tcsetattr(slave, TCSANOW, &settings);
	fflush(stdout);
	if (fork() == 0) {
		while (total < (int)sizeof bytes && (n = (int)read(slave, bytes, sizeof bytes)) > 0)
			total += n;
		_exit(total == sizeof bytes);
	}
	n = (int)write(master, bytes, sizeof bytes);
	wait(&status);
	printf("%d bytes written, %d read\n", n, WEXITSTATUS(status) * (int)sizeof bytes);
	close(slave);
	close(master);
}

static void open_many(void)
{
	struct rlimit limit;
	int slave, master, first = -1, last;
	char name[30], byte;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	while ((last = posix_openpt(O_RDWR | O_NOCTTY)) >= 0)
		if (first < 0)
			first = last;
	printf("terminals: %s", strerrorname_np(errno));
	close(first);
	master = posix_openpt(O_RDWR | O_NOCTTY);
	printf(", then %s\n", master == first ? "one more" : "none");
	unlockpt(master);
	strcpy(name, ptsname(master));
	slave = open(name, O_RDWR | O_NOCTTY);
	limit.rlim_cur = 4;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (open(name, O_RDWR | O_NOCTTY) < 0)
		printf("slave refused: %s", strerrorname_np(errno));
	close(slave);
	fcntl(master, F_SETFL, O_NONBLOCK);
	if (read(master, &byte, 1) < 0)
		printf(", master without slaves: %s\n", strerrorname_np(errno));
}

int main(void)
{
	type_ends();
	write_long();
	open_many();
	return 0;
}
