/* ln(1) with -s and -f. */
#include "shared/tool.h"
#include "shared/target.h"
#include <errno.h>
#include <unistd.h>

static int is_symbolic, forces;

static int make_link(const char *from, const char *to)
{
	if (forces)
		unlink(to);
	if ((is_symbolic ? symlink : link)(from, to) == 0)
		return 0;
	if (is_symbolic || access(from, F_OK) == 0)
		complain(errno, "failed to create %s '%s'", is_symbolic ? "symbolic link" : "hard link", to);
	else
		complain(errno, "failed to access '%s'", from);
	return 1;
}

int main(int argc, char **argv)
{
	int option;

	tool_name = "ln";
	while ((option = getopt(argc, argv, "sf")) != -1) {
		if (option == '?')
			usage_exit(1);
		is_symbolic |= option == 's';
		forces |= option == 'f';
	}
	return for_each_target(argc - optind, argv + optind, make_link);
}
