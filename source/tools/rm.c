/* rm(1) with -f and -r. */
#include "shared/tool.h"
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int forces, recurses;

static int complain_about(const char *path, int error)
{
	complain(error, "cannot remove '%s'", path);
	return 1;
}

static int remove_path(const char *path);

static int remove_tree(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int status = 0;

	if (!dir)
		return complain_about(path, errno);
	while ((entry = readdir(dir)) != NULL) {
		char name[PATH_MAX];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		status |= remove_path(name);
	}
	closedir(dir);
	if (status == 0 && rmdir(path) < 0)
		return complain_about(path, errno);
	return status;
}

static int remove_path(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return forces && errno == ENOENT ? 0 : complain_about(path, errno);
	if (S_ISDIR(st.st_mode))
		return recurses ? remove_tree(path) : complain_about(path, EISDIR);
	return unlink(path) < 0 ? complain_about(path, errno) : 0;
}

int main(int argc, char **argv)
{
	int option, status = 0, i;

	tool_name = "rm";
	while ((option = getopt(argc, argv, "frR")) != -1) {
		if (option == 'f')
			forces = 1;
		else if (option == '?')
			usage_exit(1);
		else
			recurses = 1;
	}
	if (optind >= argc && !forces) {
		complain(0, "missing operand");
		usage_exit(1);
	}
	for (i = optind; i < argc; i++)
		status |= remove_path(argv[i]);
	return status;
}
