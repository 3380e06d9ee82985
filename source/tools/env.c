/* env(1): [-i] [-u NAME] [NAME=VALUE]… [COMMAND [ARGUMENT]…] */
#include "shared/tool.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv)
{
	int option, i;

	tool_name = "env";
	while ((option = getopt(argc, argv, "+iu:")) != -1) {
		if (option == 'i')
			clearenv();
		else if (option == 'u')
			unsetenv(optarg);
		else
			usage_exit(125);
	}
	for (i = optind; i < argc && strchr(argv[i], '='); i++)
		putenv(argv[i]);
	if (i < argc) {
		execvp(argv[i], argv + i);
		complain(0, "'%s': %s", argv[i], strerror(errno));
		return errno == ENOENT ? 127 : 126;
	}
	for (i = 0; environ && environ[i]; i++)
		puts(environ[i]);
	return finish(0);
}
