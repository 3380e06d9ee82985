/* basename(1): PATH [SUFFIX] */
#include "shared/tool.h"
#include <libgen.h>
#include <string.h>

int main(int argc, char **argv)
{
	char *name;
	size_t length;

	tool_name = "basename";
	if (argc < 2) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	name = basename(argv[1]);
	length = strlen(name);
	if (argc > 2 && strlen(argv[2]) < length && strcmp(name + length - strlen(argv[2]), argv[2]) == 0)
		length -= strlen(argv[2]);
	printf("%.*s\n", (int)length, name);
	return finish(0);
}
