// /proc: a process' own files, those of a child, the links of descriptors, and what is not there.
// expect: Name of this process, Pid and PPid agree: 1 1
// expect: a child that sleeps: S, a zombie: Z
// expect: its command line: 1
// expect: descriptor of a file: 1, of a pipe: 1, of a socket: 1
// expect: through a link of a descriptor: from the file
// expect: open descriptors: 6
// expect: threads: 1, maps has a stack: 1
// expect: MemTotal is positive: 1
// expect: gone: ENOENT
// expect: not to be written: 1
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* The value of a line `key:` of a file. */
static long value(const char *path, const char *key)
{
	FILE *f = fopen(path, "r");
	char line[256];
	long result = -1;

	while (f && fgets(line, sizeof line, f)) {
		if (strncmp(line, key, strlen(key)) == 0 && line[strlen(key)] == ':')
			result = atol(line + strlen(key) + 1);
	}
	if (f)
		fclose(f);
	return result;
}

static int contains(const char *path, const char *text)
{
	static char buffer[65536];
	int fd = open(path, O_RDONLY);
	long n, total = 0;

	while (fd >= 0 && (n = read(fd, buffer + total, sizeof buffer - 1 - total)) > 0)
		total += n;
	close(fd);
	buffer[total] = 0;
	return memmem(buffer, total, text, strlen(text)) != NULL;
}

static char state(pid_t pid)
{
	char path[64], comm[64], state = '?';
	FILE *f;

	sprintf(path, "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (f && fscanf(f, "%*d %63s %c", comm, &state) != 2)
		state = '?';
	if (f)
		fclose(f);
	return state;
}

static int link_begins(int fd, const char *start, int is_end)
{
	char path[64], target[512];
	ssize_t n;

	sprintf(path, "/proc/self/fd/%d", fd);
	n = readlink(path, target, sizeof target - 1);
	if (n < 0)
		return 0;
	target[n] = 0;
	if (is_end)
		return (size_t)n >= strlen(start) && strcmp(target + n - strlen(start), start) == 0;
	return strncmp(target, start, strlen(start)) == 0;
}

int main(int argc, char **argv)
{
	int file, pipe_[2], sockets[2], count = 0;
	char path[64], buffer[64], sleeping, dead;
	struct dirent *entry;
	DIR *directory;
	ssize_t n;
	pid_t child;

	(void)argc;
	for (file = 3; file < 64; file++)
		close(file);
	printf("Name of this process, Pid and PPid agree: %d %d\n", value("/proc/self/status", "Pid") == getpid(), value("/proc/self/status", "PPid") == getppid());
	child = fork();
	if (child == 0) {
		usleep(300000);
		_exit(0);
	}
	usleep(100000);
	sleeping = state(child);
	usleep(400000);
	dead = state(child);
	printf("a child that sleeps: %c, a zombie: %c\n", sleeping, dead);
	sprintf(path, "/proc/%d/stat", (int)child);
	waitpid(child, NULL, 0);
	printf("its command line: %d\n", contains("/proc/self/cmdline", argv[0]));
	file = open("proc-test.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (pipe(pipe_) < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) < 0 || write(file, "from the file\n", 14) != 14)
		return 1;
	printf("descriptor of a file: %d, of a pipe: %d, of a socket: %d\n", link_begins(file, "/proc-test.txt", 1), link_begins(pipe_[0], "pipe:[", 0), link_begins(sockets[0], "socket:[", 0));
	sprintf(buffer, "/proc/self/fd/%d", file);
	n = read(open(buffer, O_RDONLY), buffer, sizeof buffer);
	printf("through a link of a descriptor: %.*s", (int)n, buffer);
	directory = opendir("/proc/self/fd");
	while ((entry = readdir(directory)))
		count += atoi(entry->d_name) > 2 && atoi(entry->d_name) != dirfd(directory);
	closedir(directory);
	printf("open descriptors: %d\n", count);
	printf("threads: %ld, maps has a stack: %d\n", value("/proc/self/status", "Threads"), contains("/proc/self/maps", "[stack]"));
	printf("MemTotal is positive: %d\n", value("/proc/meminfo", "MemTotal") > 0);
	printf("gone: %s\n", open(path, O_RDONLY) < 0 && errno == ENOENT ? "ENOENT" : "other");
	printf("not to be written: %d\n", open("/proc/self/none", O_WRONLY | O_CREAT, 0600) < 0);
	return 0;
}
