/* cut(1) with -c, -b, -f, -d and -s. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
	long first, last;
} ranges[64];
static int range_count, by_field, only_delimited;
static int delimiter = '\t';

static void parse_list(const char *text)
{
	for (;;) {
		char *end;
		long first = 1, last;
		if (isdigit((unsigned char)*text)) {
			first = strtol(text, &end, 10);
			text = end;
		}
		last = first;
		if (*text == '-') {
			last = 1L << 30;
			if (isdigit((unsigned char)*++text)) {
				last = strtol(text, &end, 10);
				text = end;
			}
		}
		if (range_count < 64) {
			ranges[range_count].first = first;
			ranges[range_count++].last = last;
		}
		if (first < 1) {
			complain(0, by_field ? "fields are numbered from 1" : "byte/character positions are numbered from 1");
			usage_exit(1);
		}
		if (!*text)
			return;
		if (*text++ != ',') {
			complain(0, by_field ? "invalid field value '%s'" : "invalid byte/character position '%s'", text - 1);
			usage_exit(1);
		}
	}
}

static int is_selected(long number)
{
	int i;

	for (i = 0; i < range_count; i++) {
		if (ranges[i].first <= number && number <= ranges[i].last)
			return 1;
	}
	return 0;
}

static void cut_fields(const char *line)
{
	long field = 1;
	int printed = 0;

	if (!strchr(line, delimiter)) {
		if (!only_delimited)
			puts(line);
		return;
	}
	for (;; field++) {
		const char *end = strchr(line, delimiter);
		size_t length = end ? (size_t)(end - line) : strlen(line);
		if (is_selected(field)) {
			if (printed)
				putchar(delimiter);
			fwrite(line, 1, length, stdout);
			printed = 1;
		}
		if (!end)
			break;
		line = end + 1;
	}
	putchar('\n');
}

static void cut_line(const char *line)
{
	long i;

	if (by_field) {
		cut_fields(line);
		return;
	}
	for (i = 0; line[i]; i++) {
		if (is_selected(i + 1))
			putchar(line[i]);
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	char *line = NULL, *list = NULL;
	size_t capacity = 0;
	ssize_t length;
	int option, status = 0, i;

	tool_name = "cut";
	while ((option = getopt(argc, argv, "b:c:f:d:s")) != -1) {
		switch (option) {
		case 'f': by_field = 1; list = optarg; break;
		case 'b':
		case 'c': list = optarg; break;
		case 'd': delimiter = (unsigned char)*optarg; break;
		case 's': only_delimited = 1; break;
		default: usage_exit(1);
		}
	}
	if (!list) {
		complain(0, "you must specify a list of bytes, characters, or fields");
		usage_exit(1);
	}
	parse_list(list);
	for (i = optind; i < argc || i == optind; i++) {
		FILE *file = open_operand(i < argc ? argv[i] : NULL);
		if (!file) {
			status = 1;
			continue;
		}
		while ((length = getline(&line, &capacity, file)) > 0) {
			if (line[length - 1] == '\n')
				line[length - 1] = 0;
			cut_line(line);
		}
		if (file != stdin)
			fclose(file);
	}
	return finish(status);
}
