/* printf(1) */
#include "shared/print-formatted.h"
#include "shared/tool.h"

int main(int argc, char **argv)
{
	tool_name = "printf";
	if (argc < 2) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	return finish(print_formatted(argv[1], argv + 2));
}
