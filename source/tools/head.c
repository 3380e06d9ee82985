/* head(1) with -n, -c, -q, -v and -NUMBER; -n -NUMBER leaves the last lines out. */
#include "shared/tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long amount = 10;
static int in_bytes, is_tail_cut;

static void copy_lines(FILE *file)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	long n;

	for (n = 0; n < amount && (length = getline(&line, &capacity, file)) > 0; n++)
		fwrite(line, 1, (size_t)length, stdout);
	free(line);
}

static void copy_bytes(FILE *file)
{
	long n;
	int c;

	for (n = 0; n < amount && (c = getc(file)) != EOF; n++)
		putchar(c);
}

/* All but the last `amount` lines: a ring of as many waits for its successors. */
static void copy_all_but(FILE *file)
{
	char **ring = calloc((size_t)amount + 1, sizeof *ring), *line = NULL;
	size_t capacity = 0;
	long n, slots = amount + 1;

	for (n = 0; getline(&line, &capacity, file) > 0; n++) {
		if (n >= amount)
			fputs(amount ? ring[(n - amount) % slots] : line, stdout);
		free(ring[n % slots]);
		ring[n % slots] = strdup(line);
	}
	free(line);
}

static void set_amount(const char *text, int bytes)
{
	in_bytes = bytes;
	is_tail_cut = *text == '-';
	if (!parse_number(text + is_tail_cut, &amount) || amount < 0) {
		complain(0, "invalid number of %s: '%s'", bytes ? "bytes" : "lines", text);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	int option, status = 0, i, headers = -1;

	tool_name = "head";
	if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
		set_amount(argv[1] + 1, 0);
		argv++;
		argc--;
	}
	while ((option = getopt(argc, argv, "n:c:qv")) != -1) {
		if (option == '?')
			usage_exit(1);
		if (option == 'q' || option == 'v')
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
			printf("%s==> %s <==\n", i > optind ? "\n" : "", file == stdin ? "standard input" : name);
		(in_bytes ? copy_bytes : is_tail_cut ? copy_all_but : copy_lines)(file);
		if (ferror(file)) {
			complain(errno, "error reading '%s'", name);
			status = 1;
		}
		if (file != stdin)
			fclose(file);
	}
	return finish(status);
}
