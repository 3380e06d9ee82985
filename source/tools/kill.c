/* kill(1) */
#include "shared/kill-processes.h"
#include "shared/tool.h"

int main(int argc, char **argv)
{
	tool_name = "kill";
	return finish(kill_processes(argc, argv));
}
