/* rmdir(1) */
#include "shared/tool.h"
#include <errno.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int status = 0, i;

	tool_name = "rmdir";
	if (argc < 2) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = 1; i < argc; i++) {
		if (rmdir(argv[i]) < 0) {
			complain(errno, "failed to remove '%s'", argv[i]);
			status = 1;
		}
	}
	return status;
}
