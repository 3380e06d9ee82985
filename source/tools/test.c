/* test(1) */
#include "shared/evaluate-test.h"
#include "shared/tool.h"

int main(int argc, char **argv)
{
	tool_name = "test";
	return evaluate_test(argc - 1, argv + 1);
}
