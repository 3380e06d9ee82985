/* touch(1) with -c. */
#include "shared/tool.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int option, creates = 1, status = 0, i;

	tool_name = "touch";
	while ((option = getopt(argc, argv, "c")) != -1) {
		if (option == '?')
			usage_exit(1);
		creates = 0;
	}
	if (optind >= argc) {
		complain(0, "missing file operand");
		usage_exit(1);
	}
	for (i = optind; i < argc; i++) {
		int fd = -1;
		if (utimensat(AT_FDCWD, argv[i], NULL, 0) == 0)
			continue;
		if (errno == ENOENT && !creates)
			continue;
		if (errno == ENOENT)
			fd = open(argv[i], O_WRONLY | O_CREAT, 0666);
		if (fd < 0) {
			complain(errno, "cannot touch '%s'", argv[i]);
			status = 1;
			continue;
		}
		close(fd);
	}
	return status;
}
