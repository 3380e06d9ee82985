/* The operands of cp(1) and mv(1): SOURCE TARGET, or SOURCE… DIRECTORY. */
#include "target.h"
#include "tool.h"
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

int for_each_target(int count, char **operands, int (*act)(const char *from, const char *to))
{
	const char *target = count > 0 ? operands[count - 1] : NULL;
	struct stat st;
	int is_directory, status = 0, i;

	if (count < 2) {
		if (count < 1)
			complain(0, "missing file operand");
		else
			complain(0, "missing destination file operand after '%s'", target);
		usage_exit(1);
	}
	is_directory = stat(target, &st) == 0 && S_ISDIR(st.st_mode);
	if (count > 2 && !is_directory) {
		complain(0, "target '%s' is not a directory", target);
		return 1;
	}
	for (i = 0; i < count - 1; i++) {
		char path[PATH_MAX];
		const char *join = target[strlen(target) - 1] == '/' ? "" : "/";
		if (is_directory)
			snprintf(path, sizeof path, "%s%s%s", target, join, last_part(operands[i]));
		else
			snprintf(path, sizeof path, "%s", target);
		status |= act(operands[i], path);
	}
	return status;
}
