/* cp(1) of files, and with -r of directories. */
#include "shared/tool.h"
#include "shared/target.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int recurses;

static int copy_bytes(int in, int out, const char *from, const char *to)
{
	static char buffer[16384];
	ssize_t n;

	while ((n = read(in, buffer, sizeof buffer)) > 0) {
		ssize_t done = 0, m;
		for (; done < n; done += m) {
			m = write(out, buffer + done, (size_t)(n - done));
			if (m < 0) {
				complain(errno, "error writing '%s'", to);
				return 1;
			}
		}
	}
	if (n < 0)
		complain(errno, "error reading '%s'", from);
	return n < 0;
}

static int copy(const char *from, const char *to);

static int copy_directory(const char *from, const char *to, mode_t mode)
{
	DIR *dir = opendir(from);
	struct dirent *entry;
	int status = 0;

	if (!dir || (mkdir(to, mode & 0777) < 0 && errno != EEXIST)) {
		complain(errno, dir ? "cannot create directory '%s'" : "cannot open '%s'", dir ? to : from);
		return 1;
	}
	while ((entry = readdir(dir)) != NULL) {
		char source[PATH_MAX], target[PATH_MAX];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(source, sizeof source, "%s/%s", from, entry->d_name);
		snprintf(target, sizeof target, "%s/%s", to, entry->d_name);
		status |= copy(source, target);
	}
	closedir(dir);
	return status;
}

static int copy(const char *from, const char *to)
{
	struct stat st, other;
	int in, out, status;

	if (stat(from, &st) < 0) {
		complain(errno, "cannot stat '%s'", from);
		return 1;
	}
	if (S_ISDIR(st.st_mode)) {
		if (recurses)
			return copy_directory(from, to, st.st_mode);
		complain(0, "-r not specified; omitting directory '%s'", from);
		return 1;
	}
	if (stat(to, &other) == 0 && st.st_ino == other.st_ino && st.st_dev == other.st_dev) {
		complain(0, "'%s' and '%s' are the same file", from, to);
		return 1;
	}
	in = open(from, O_RDONLY);
	if (in < 0) {
		complain(errno, "cannot open '%s' for reading", from);
		return 1;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st.st_mode & 0777);
	if (out < 0) {
		complain(errno, "cannot create regular file '%s'", to);
		close(in);
		return 1;
	}
	status = copy_bytes(in, out, from, to);
	close(in);
	close(out);
	return status;
}

int main(int argc, char **argv)
{
	int option;

	tool_name = "cp";
	while ((option = getopt(argc, argv, "rRfp")) != -1) {
		if (option == '?')
			usage_exit(1);
		recurses |= option == 'r' || option == 'R';
	}
	return for_each_target(argc - optind, argv + optind, copy);
}
