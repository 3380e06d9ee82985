/* tail(1) with -n, -c, +NUMBER, -q, -v and -f, which looks again once a second. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long amount = 10;
static int in_bytes, from_start, follows;

struct text {
	char *bytes;
	size_t length;
};

static struct text read_all(FILE *file)
{
	struct text text = {NULL, 0};
	size_t capacity = 0, n;

	do {
		if (capacity - text.length < 4096) {
			capacity = capacity * 2 + 8192;
			text.bytes = realloc(text.bytes, capacity);
		}
		n = fread(text.bytes + text.length, 1, capacity - text.length, file);
		text.length += n;
	} while (n > 0);
	return text;
}

/* Where the wanted part begins. */
static size_t find_start(const struct text *text)
{
	size_t at;
	long n = amount;

	if (from_start) {
		for (at = 0, n--; at < text->length && n > 0; at++)
			n -= in_bytes || text->bytes[at] == '\n';
		return at;
	}
	if (in_bytes)
		return (size_t)n > text->length ? 0 : text->length - (size_t)n;
	if (n == 0)
		return text->length;
	for (at = text->length; at > 0; at--) {
		if (text->bytes[at - 1] == '\n' && at < text->length && --n == 0)
			break;
	}
	return at;
}

static void copy_tail(FILE *file)
{
	struct text text = read_all(file);
	size_t start = find_start(&text);

	fwrite(text.bytes + start, 1, text.length - start, stdout);
	free(text.bytes);
}

static void follow(FILE *file)
{
	int c;

	for (;;) {
		while ((c = getc(file)) != EOF)
			putchar(c);
		fflush(stdout);
		clearerr(file);
		sleep(1);
	}
}

static void set_amount(const char *text, int bytes)
{
	const char *digits = *text == '+' || *text == '-' ? text + 1 : text;

	in_bytes = bytes;
	from_start = *text == '+';
	if (!parse_number(digits, &amount) || amount < 0) {
		complain(0, "invalid number of %s: '%s'", bytes ? "bytes" : "lines", text);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	int option, status = 0, i, headers = -1;
	FILE *last = NULL;

	tool_name = "tail";
	if (argc > 1 && (argv[1][0] == '-' || argv[1][0] == '+') && isdigit((unsigned char)argv[1][1])) {
		set_amount(argv[1], 0);
		argv++;
		argc--;
	}
	while ((option = getopt(argc, argv, "n:c:qvf")) != -1) {
		if (option == '?')
			usage_exit(1);
		if (option == 'f')
			follows = 1;
		else if (option == 'q' || option == 'v')
			headers = option == 'v';
		else
			set_amount(optarg, option == 'c');
	}
	if (headers < 0)
		headers = argc - optind > 1;
	for (i = optind; i < argc || i == optind; i++) {
		const char *name = i < argc ? argv[i] : "-";
		FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
		if (!file) {
			complain(errno, "cannot open '%s' for reading", name);
			status = 1;
			continue;
		}
		if (headers)
			printf("%s==> %s <==\n", last ? "\n" : "", file == stdin ? "standard input" : name);
		copy_tail(file);
		if (ferror(file)) {
			complain(errno, "error reading '%s'", name);
			status = 1;
		}
		last = file;
	}
	if (follows && last)
		follow(last);
	return finish(status);
}
