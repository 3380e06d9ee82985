/* dirname(1): PATH… */
#include "shared/tool.h"
#include <libgen.h>

int main(int argc, char **argv)
{
	int i;

	tool_name = "dirname";
	if (argc < 2) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = 1; i < argc; i++)
		puts(dirname(argv[i]));
	return finish(0);
}
