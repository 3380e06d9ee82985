/* mv(1): a rename(2), into a directory too. */
#include "shared/tool.h"
#include "shared/target.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static int move(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return 0;
	if (access(from, F_OK) < 0)
		complain(errno, "cannot stat '%s'", from);
	else
		complain(errno, "cannot move '%s' to '%s'", from, to);
	return 1;
}

int main(int argc, char **argv)
{
	tool_name = "mv";
	while (getopt(argc, argv, "f") == 'f')
		;
	return for_each_target(argc - optind, argv + optind, move);
}
