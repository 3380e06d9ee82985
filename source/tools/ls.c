/* ls(1) with -a -A -l -1 -C -d -F -i -r -R -t and -S: names in the order of the C locale. */
#include "shared/tool.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct entry {
	char *name;
	struct stat st;
};

struct list {
	struct entry *entries;
	size_t count, capacity;
};

static int all, almost_all, is_long, in_columns = -1, directories_as_files, marks_kinds, inodes, is_reverse, recurses;
static int order = 'n', status, terminal_width = 80, printed_something;

static void add(struct list *list, const char *name, const struct stat *st)
{
	if (list->count == list->capacity) {
		list->capacity = list->capacity * 2 + 32;
		list->entries = realloc(list->entries, list->capacity * sizeof *list->entries);
	}
	list->entries[list->count].name = strdup(name);
	list->entries[list->count++].st = *st;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	long difference = 0;

	if (order == 't') {
		difference = y->st.st_mtim.tv_sec - x->st.st_mtim.tv_sec;
		if (difference == 0)
			difference = y->st.st_mtim.tv_nsec - x->st.st_mtim.tv_nsec;
	} else if (order == 'S') {
		difference = y->st.st_size - x->st.st_size;
	}
	if (difference == 0)
		difference = strcmp(x->name, y->name);
	if (is_reverse)
		difference = -difference;
	return difference < 0 ? -1 : difference > 0;
}

static char kind_letter(mode_t mode)
{
	if (S_ISDIR(mode))
		return 'd';
	if (S_ISFIFO(mode))
		return 'p';
	if (S_ISLNK(mode))
		return 'l';
	if (S_ISSOCK(mode))
		return 's';
	if (S_ISCHR(mode))
		return 'c';
	return S_ISBLK(mode) ? 'b' : '-';
}

static const char *kind_mark(mode_t mode)
{
	if (!marks_kinds)
		return "";
	if (S_ISDIR(mode))
		return "/";
	if (S_ISFIFO(mode))
		return "|";
	if (S_ISLNK(mode))
		return is_long ? "" : "@";
	if (S_ISSOCK(mode))
		return "=";
	return mode & 0111 ? "*" : "";
}

static void mode_text(mode_t mode, char *text)
{
	int bit;

	text[0] = kind_letter(mode);
	for (bit = 0; bit < 9; bit++)
		text[bit + 1] = mode & (0400u >> bit) ? "rwxrwxrwx"[bit] : '-';
	if (mode & S_ISVTX)
		text[9] = mode & 1 ? 't' : 'T';
	text[10] = 0;
}

static const char *user_name(uid_t id)
{
	static char number[16];
	struct passwd *user = getpwuid(id);

	snprintf(number, sizeof number, "%u", id);
	return user ? user->pw_name : number;
}

static const char *group_name(gid_t id)
{
	static char number[16];
	struct group *group = getgrgid(id);

	snprintf(number, sizeof number, "%u", id);
	return group ? group->gr_name : number;
}

static int digits(long number)
{
	return snprintf(NULL, 0, "%ld", number);
}

static void print_long(const struct list *list, const char *folder)
{
	int links = 1, sizes = 1, users = 1, groups = 1, numbers = 1;
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct stat *st = &list->entries[i].st;
		int n;
		links = (n = digits((long)st->st_nlink)) > links ? n : links;
		sizes = (n = digits((long)st->st_size)) > sizes ? n : sizes;
		numbers = (n = digits((long)st->st_ino)) > numbers ? n : numbers;
		users = (n = (int)strlen(user_name(st->st_uid))) > users ? n : users;
		groups = (n = (int)strlen(group_name(st->st_gid))) > groups ? n : groups;
	}
	for (i = 0; i < list->count; i++) {
		const struct entry *entry = &list->entries[i];
		const struct stat *st = &entry->st;
		char mode[11], when[32], path[PATH_MAX], target[PATH_MAX];
		ssize_t n;
		mode_text(st->st_mode, mode);
		strftime(when, sizeof when, "%b %e %H:%M", localtime(&st->st_mtim.tv_sec));
		if (inodes)
			printf("%*ld ", numbers, (long)st->st_ino);
		printf("%s %*ld %-*s %-*s %*ld %s %s%s", mode, links, (long)st->st_nlink, users, user_name(st->st_uid), groups,
		       group_name(st->st_gid), sizes, (long)st->st_size, when, entry->name, kind_mark(st->st_mode));
		if (S_ISLNK(st->st_mode)) {
			snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", entry->name);
			n = readlink(path, target, sizeof target - 1);
			if (n > 0)
				printf(" -> %.*s", (int)n, target);
		}
		putchar('\n');
	}
}

/* How wide the list is in so many rows, two spaces between the columns; each column as wide as its widest name. */
static int width_in_rows(const struct list *list, size_t rows, int *widths)
{
	int total = 0;
	size_t i, column = 0;

	for (i = 0; i < list->count; i++) {
		const struct entry *entry = &list->entries[i];
		int width = (int)(strlen(entry->name) + strlen(kind_mark(entry->st.st_mode))) + 2;
		column = i / rows;
		if (i % rows == 0)
			widths[column] = 0;
		if (width > widths[column])
			widths[column] = width;
	}
	for (i = 0; i <= column; i++)
		total += widths[i];
	return total - 2;
}

static void print_columns(const struct list *list)
{
	int *widths = malloc((list->count + 1) * sizeof *widths);
	size_t rows = 1, row, i;

	if (list->count == 0)
		return;
	while (rows < list->count && width_in_rows(list, rows, widths) >= terminal_width)
		rows++;
	width_in_rows(list, rows, widths);
	for (row = 0; row < rows; row++) {
		for (i = row; i < list->count; i += rows) {
			const struct entry *entry = &list->entries[i];
			const char *mark = kind_mark(entry->st.st_mode);
			int n = printf("%s%s", entry->name, mark);
			if (i + rows < list->count)
				printf("%*s", widths[i / rows] - n, "");
		}
		putchar('\n');
	}
	free(widths);
}

static void print_list(struct list *list, const char *folder)
{
	size_t i;

	qsort(list->entries, list->count, sizeof *list->entries, compare);
	if (is_long) {
		print_long(list, folder);
	} else if (in_columns && !inodes) {
		print_columns(list);
	} else {
		for (i = 0; i < list->count; i++) {
			const struct entry *entry = &list->entries[i];
			if (inodes)
				printf("%ld ", (long)entry->st.st_ino);
			printf("%s%s\n", entry->name, kind_mark(entry->st.st_mode));
		}
	}
	printed_something |= list->count > 0;
}

static void print_directory(const char *path, int with_name)
{
	struct list list = {NULL, 0, 0};
	DIR *dir = opendir(path);
	struct dirent *entry;
	long blocks = 0;
	size_t i;

	if (!dir) {
		complain(errno, "cannot open directory '%s'", path);
		status = 2;
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		struct stat st;
		int is_dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
		if (entry->d_name[0] == '.' && !all && (!almost_all || is_dots))
			continue;
		if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue; /* Removed in between. */
		blocks += st.st_blocks;
		add(&list, entry->d_name, &st);
	}
	closedir(dir);
	if (with_name)
		printf("%s%s:\n", printed_something ? "\n" : "", path);
	printed_something = 1;
	if (is_long)
		printf("total %ld\n", (blocks + 1) / 2);
	print_list(&list, path);
	for (i = 0; recurses && i < list.count; i++) {
		const char *name = list.entries[i].name;
		char inner[PATH_MAX];
		if (!S_ISDIR(list.entries[i].st.st_mode) || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		snprintf(inner, sizeof inner, "%s%s%s", path, path[strlen(path) - 1] == '/' ? "" : "/", name);
		print_directory(inner, 1);
	}
}

static void read_options(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "aAlC1dFirRtS")) != -1) {
		switch (option) {
		case 'a': all = 1; break;
		case 'A': almost_all = 1; break;
		case 'l': is_long = 1; break;
		case 'C': in_columns = 1; break;
		case '1': in_columns = 0; break;
		case 'd': directories_as_files = 1; break;
		case 'F': marks_kinds = 1; break;
		case 'i': inodes = 1; break;
		case 'r': is_reverse = 1; break;
		case 'R': recurses = 1; break;
		case 't':
		case 'S': order = option; break;
		default: usage_exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	struct list files = {NULL, 0, 0}, directories = {NULL, 0, 0};
	static char here[] = ".";
	char *only_here[] = {here, NULL}, **operands;
	struct winsize window;
	size_t i;

	tool_name = "ls";
	read_options(argc, argv);
	if (ioctl(1, TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
		terminal_width = window.ws_col;
	if (in_columns < 0)
		in_columns = isatty(1);
	for (operands = optind < argc ? argv + optind : only_here; *operands; operands++) {
		struct stat st;
		int follows = !is_long && !directories_as_files;
		if ((follows && stat(*operands, &st) == 0) || lstat(*operands, &st) == 0) {
			add(S_ISDIR(st.st_mode) && !directories_as_files ? &directories : &files, *operands, &st);
			continue;
		}
		complain(errno, "cannot access '%s'", *operands);
		status = 2;
	}
	print_list(&files, "");
	qsort(directories.entries, directories.count, sizeof *directories.entries, compare);
	for (i = 0; i < directories.count; i++)
		print_directory(directories.entries[i].name, recurses || argc - optind > 1);
	return finish(status);
}
