/* uniq(1) with -c, -d, -u and -i. */
#include "shared/tool.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int counts, only_repeated, only_single, ignores_case;

static void print_group(const char *line, long count)
{
	if ((only_repeated && count == 1) || (only_single && count > 1))
		return;
	if (counts)
		printf("%7ld ", count);
	puts(line);
}

int main(int argc, char **argv)
{
	char *line = NULL, *previous = NULL;
	size_t capacity = 0;
	ssize_t length;
	long count = 0;
	int option;
	FILE *file;

	tool_name = "uniq";
	while ((option = getopt(argc, argv, "cdui")) != -1) {
		switch (option) {
		case 'c': counts = 1; break;
		case 'd': only_repeated = 1; break;
		case 'u': only_single = 1; break;
		case 'i': ignores_case = 1; break;
		default: usage_exit(1);
		}
	}
	file = open_operand(optind < argc ? argv[optind] : NULL);
	if (!file)
		return 1;
	if (optind + 1 < argc && !freopen(argv[optind + 1], "w", stdout)) {
		complain(errno, "%s", argv[optind + 1]);
		return 1;
	}
	while ((length = getline(&line, &capacity, file)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = 0;
		if (previous && (ignores_case ? strcasecmp : strcmp)(line, previous) == 0) {
			count++;
			continue;
		}
		if (previous)
			print_group(previous, count);
		free(previous);
		previous = strdup(line);
		count = 1;
	}
	if (previous)
		print_group(previous, count);
	return finish(0);
}
