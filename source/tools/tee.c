/* tee(1) with -a. */
#include "shared/tool.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);
		if (n < 0)
			return -1;
		bytes += n;
		size -= (size_t)n;
	}
	return 0;
}

int main(int argc, char **argv)
{
	static char buffer[16384];
	int option, append = 0, status = 0, i, count, fds[64];
	ssize_t n;

	tool_name = "tee";
	while ((option = getopt(argc, argv, "a")) != -1) {
		if (option == '?')
			usage_exit(1);
		append = 1;
	}
	count = argc - optind < 63 ? argc - optind : 63;
	fds[count] = 1;
	for (i = 0; i < count; i++) {
		fds[i] = open(argv[optind + i], O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC), 0666);
		if (fds[i] < 0) {
			complain(errno, "%s", argv[optind + i]);
			status = 1;
		}
	}
	while ((n = read(0, buffer, sizeof buffer)) > 0) {
		for (i = count; i >= 0; i--) {
			if (fds[i] < 0 || write_all(fds[i], buffer, (size_t)n) == 0)
				continue;
			complain(errno, "%s", i == count ? "'standard output'" : argv[optind + i]);
			fds[i] = -1;
			status = 1;
		}
	}
	if (n < 0)
		complain(errno, "read error");
	return n < 0 ? 1 : status;
}
