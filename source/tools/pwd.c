/* pwd(1) */
#include "shared/tool.h"
#include <errno.h>
#include <limits.h>
#include <unistd.h>

int main(void)
{
	char path[PATH_MAX];

	tool_name = "pwd";
	if (!getcwd(path, sizeof path)) {
		complain(errno, "cannot get the working directory");
		return 1;
	}
	puts(path);
	return finish(0);
}
