/* mkdir(1) with -p and -m. */
#include "shared/tool.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The directories on the way; those that exist are fine. */
static int make_parents(char *path)
{
	char *slash = path;
	struct stat st;

	while ((slash = strchr(slash + 1, '/')) != NULL) {
		*slash = 0;
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			return -1;
		*slash = '/';
	}
	if (mkdir(path, 0777) == 0)
		return 0;
	return errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? 0 : -1;
}

int main(int argc, char **argv)
{
	int option, parents = 0, status = 0, i;
	mode_t mode = 0777;

	tool_name = "mkdir";
	while ((option = getopt(argc, argv, "pm:")) != -1) {
		if (option == 'p')
			parents = 1;
		else if (option == 'm')
			mode = (mode_t)strtol(optarg, NULL, 8);
		else
			usage_exit(1);
	}
	if (optind >= argc) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = optind; i < argc; i++) {
		if ((parents ? make_parents(argv[i]) : mkdir(argv[i], mode)) < 0) {
			complain(errno, "cannot create directory '%s'", argv[i]);
			status = 1;
		}
	}
	return status;
}
