/* mkfifo(1) with -m. */
#include "shared/tool.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int option, status = 0, i;
	mode_t mode = 0666;

	tool_name = "mkfifo";
	while ((option = getopt(argc, argv, "m:")) != -1) {
		if (option == '?')
			usage_exit(1);
		mode = (mode_t)strtol(optarg, NULL, 8);
	}
	if (optind >= argc) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = optind; i < argc; i++) {
		if (mkfifo(argv[i], mode) < 0) {
			complain(errno, "cannot create fifo '%s'", argv[i]);
			status = 1;
		}
	}
	return status;
}
