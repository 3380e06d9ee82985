/* [ is test(1) with a closing bracket. */
#include "shared/evaluate-test.h"
#include "shared/tool.h"
#include <string.h>

int main(int argc, char **argv)
{
	tool_name = "[";
	if (strcmp(argv[argc - 1], "]") != 0) {
		complain(0, "missing ']'");
		return 2;
	}
	return evaluate_test(argc - 2, argv + 1);
}
