/* wc(1) with -l, -w and -c. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct counts {
	long lines, words, bytes;
};

static int show_lines, show_words, show_bytes, width = 1;

static int count(int fd, struct counts *counts)
{
	static char buffer[16384];
	int in_word = 0;
	ssize_t n, i;

	while ((n = read(fd, buffer, sizeof buffer)) > 0) {
		counts->bytes += n;
		for (i = 0; i < n; i++) {
			if (buffer[i] == '\n')
				counts->lines++;
			if (isspace((unsigned char)buffer[i]))
				in_word = 0;
			else if (!in_word) {
				in_word = 1;
				counts->words++;
			}
		}
	}
	return n < 0 ? -1 : 0;
}

static void print_counts(const struct counts *counts, const char *name)
{
	const char *before = "";

	if (show_lines) {
		printf("%*ld", width, counts->lines);
		before = " ";
	}
	if (show_words) {
		printf("%s%*ld", before, width, counts->words);
		before = " ";
	}
	if (show_bytes)
		printf("%s%*ld", before, width, counts->bytes);
	printf(name ? " %s\n" : "\n", name);
}

/* Wide enough for the size of all files; 7 if one has no size to tell. */
static int number_width(int count, char **names)
{
	long total = 0;
	int i, digits = 1;

	if (count <= 1 && show_lines + show_words + show_bytes == 1)
		return 1;
	for (i = 0; i < count || i == 0; i++) {
		struct stat st;
		int result = count == 0 || strcmp(names[i], "-") == 0 ? fstat(0, &st) : stat(names[i], &st);
		if (result == 0 && !S_ISREG(st.st_mode))
			return 7;
		if (result == 0)
			total += st.st_size;
	}
	for (; total >= 10; total /= 10)
		digits++;
	return digits;
}

int main(int argc, char **argv)
{
	struct counts total = {0, 0, 0};
	int option, status = 0, i;

	tool_name = "wc";
	while ((option = getopt(argc, argv, "lwcm")) != -1) {
		if (option == 'l')
			show_lines = 1;
		else if (option == 'w')
			show_words = 1;
		else if (option == '?')
			usage_exit(1);
		else
			show_bytes = 1;
	}
	if (!show_lines && !show_words && !show_bytes)
		show_lines = show_words = show_bytes = 1;
	width = number_width(argc - optind, argv + optind);
	for (i = optind; i < argc || i == optind; i++) {
		const char *name = i < argc ? argv[i] : NULL;
		int fd = !name || strcmp(name, "-") == 0 ? 0 : open(name, O_RDONLY);
		struct counts counts = {0, 0, 0};
		if (fd < 0) {
			complain(errno, "%s", name);
			status = 1;
			continue;
		}
		if (count(fd, &counts) < 0) {
			complain(errno, "%s", name ? name : "-");
			status = 1;
		}
		if (fd > 0)
			close(fd);
		print_counts(&counts, name);
		total.lines += counts.lines;
		total.words += counts.words;
		total.bytes += counts.bytes;
	}
	if (argc - optind > 1)
		print_counts(&total, "total");
	return finish(status);
}
