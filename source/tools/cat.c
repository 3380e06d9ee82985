/* cat(1) with -n. Bytes go through read(2) and write(2) as they come, so that a reader sees a pipe's blocks. */
#include "shared/tool.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int numbers;
static long line;
static int at_line_start = 1;

static int write_all(const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(1, bytes, size);
		if (n < 0) {
			complain(errno, "write error");
			return -1;
		}
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

static int write_numbered(const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (at_line_start)
			printf("%6ld\t", ++line);
		putchar(bytes[i]);
		at_line_start = bytes[i] == '\n';
	}
	return fflush(stdout);
}

static int copy(int fd, const char *name)
{
	static char buffer[16384];
	ssize_t n;

	while ((n = read(fd, buffer, sizeof buffer)) > 0) {
		if ((numbers ? write_numbered : write_all)(buffer, (size_t)n) < 0)
			return -1;
	}
	if (n < 0)
		complain(errno, "%s", name);
	return n < 0;
}

int main(int argc, char **argv)
{
	int option, status = 0, i;

	tool_name = "cat";
	while ((option = getopt(argc, argv, "nu")) != -1) {
		if (option == 'n')
			numbers = 1;
		else if (option == '?')
			usage_exit(1);
	}
	for (i = optind; i < argc || i == optind; i++) {
		const char *name = i < argc ? argv[i] : "-";
		int fd = strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY), result;
		if (fd < 0) {
			complain(errno, "%s", name);
			status = 1;
			continue;
		}
		result = copy(fd, name);
		if (fd > 0)
			close(fd);
		if (result < 0)
			return 1;
		status |= result;
	}
	return status;
}
