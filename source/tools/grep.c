/* grep(1) with -v -i -c -n -l -q -s -h -H -F -E -x -w -o and -e: fixed strings and the regular expressions of pattern.h. */
#include "shared/pattern.h"
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static struct pattern_options options;
static int inverts, counts, numbers, lists, is_quiet, is_silent, is_fixed, whole_line, whole_word, only_matches;
static int with_names = -1;
static const char *patterns[64];
static int pattern_count;

static const char *find_fixed(const char *pattern, const char *text, const char **end)
{
	size_t length = strlen(pattern);
	const char *start;

	for (start = text;; start++) {
		if ((options.ignores_case ? strncasecmp : strncmp)(start, pattern, length) == 0) {
			*end = start + length;
			return start;
		}
		if (!*start)
			return NULL;
	}
}

static int is_word(int c)
{
	return isalnum(c) || c == '_';
}

/* The first match of one pattern from `from` on in the line. */
static const char *find_one(const char *pattern, const char *line, const char *from, const char **end)
{
	for (;;) {
		const char *start = is_fixed ? find_fixed(pattern, from, end) : find_pattern(pattern, from, &options, end);
		if (!start || (!is_fixed && from > line && *pattern == '^'))
			return NULL;
		if (whole_line ? start == line && !**end
		               : !whole_word || ((start == line || !is_word((unsigned char)start[-1])) && !is_word((unsigned char)**end)))
			return start;
		if (whole_line || !*start)
			return NULL;
		from = start + 1;
	}
}

static const char *find_any(const char *line, const char *from, const char **end)
{
	const char *best = NULL, *best_end = NULL;
	int i;

	for (i = 0; i < pattern_count; i++) {
		const char *start = find_one(patterns[i], line, from, end);
		if (start && (!best || start < best || (start == best && *end > best_end))) {
			best = start;
			best_end = *end;
		}
	}
	*end = best_end;
	return best;
}

static void print_prefix(const char *name, long number)
{
	if (with_names)
		printf("%s:", name);
	if (numbers)
		printf("%ld:", number);
}

static void print_matches(const char *line, const char *name, long number)
{
	const char *start, *end, *from = line;

	while ((start = find_any(line, from, &end)) != NULL) {
		if (end > start) {
			print_prefix(name, number);
			printf("%.*s\n", (int)(end - start), start);
		}
		if (!*start)
			break;
		from = end > start ? end : start + 1;
	}
}

/* The number of lines that are selected. */
static long search(FILE *file, const char *name)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	long number = 0, found = 0;

	while ((length = getline(&line, &capacity, file)) > 0) {
		const char *end;
		number++;
		if (line[length - 1] == '\n')
			line[length - 1] = 0;
		if ((find_any(line, line, &end) != NULL) == inverts)
			continue;
		found++;
		if (is_quiet || lists)
			break;
		if (counts)
			continue;
		if (only_matches) {
			print_matches(line, name, number);
			continue;
		}
		print_prefix(name, number);
		puts(line);
	}
	free(line);
	if (counts && !is_quiet && !lists) {
		if (with_names)
			printf("%s:", name);
		printf("%ld\n", found);
	}
	if (lists && found && !is_quiet)
		puts(name);
	return found;
}

static void add_patterns(char *text)
{
	char *line = text, *end;

	for (;;) {
		end = strchr(line, '\n');
		if (end)
			*end = 0;
		if (pattern_count < 64)
			patterns[pattern_count++] = line;
		if (!end)
			return;
		line = end + 1;
	}
}

static void read_options(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "vicnlqshHFEGxwoe:")) != -1) {
		switch (option) {
		case 'v': inverts = 1; break;
		case 'i': options.ignores_case = 1; break;
		case 'c': counts = 1; break;
		case 'n': numbers = 1; break;
		case 'l': lists = 1; break;
		case 'q': is_quiet = 1; break;
		case 's': is_silent = 1; break;
		case 'h': with_names = 0; break;
		case 'H': with_names = 1; break;
		case 'F': is_fixed = 1; break;
		case 'E': options.is_extended = 1; break;
		case 'G': break;
		case 'x': whole_line = 1; break;
		case 'w': whole_word = 1; break;
		case 'o': only_matches = 1; break;
		case 'e': add_patterns(optarg); break;
		default:
			fputs("Usage: grep [OPTION]... PATTERNS [FILE]...\n", stderr);
			usage_exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	int i, status = 1;

	tool_name = "grep";
	read_options(argc, argv);
	if (pattern_count == 0) {
		if (optind >= argc) {
			fputs("Usage: grep [OPTION]... PATTERNS [FILE]...\n", stderr);
			usage_exit(2);
		}
		add_patterns(argv[optind++]);
	}
	if (with_names < 0)
		with_names = argc - optind > 1;
	for (i = optind; i < argc || i == optind; i++) {
		const char *name = i < argc ? argv[i] : "-";
		FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
		if (!file) {
			if (!is_silent)
				complain(errno, "%s", name);
			status = 2;
			continue;
		}
		if (search(file, file == stdin ? "(standard input)" : name) > 0 && status == 1)
			status = 0;
		if (ferror(file)) {
			complain(errno, "%s", name);
			status = 2;
		}
		if (file != stdin)
			fclose(file);
		if (is_quiet && status == 0)
			break;
	}
	return finish(status);
}
