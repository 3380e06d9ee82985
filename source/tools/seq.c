/* seq(1): [FIRST [STEP]] LAST, with -s and -w. */
#include "shared/tool.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static double number(const char *text, int *decimals)
{
	char *end;
	double value = strtod(text, &end);
	const char *point = strchr(text, '.');

	if (end == text || *end) {
		complain(0, "invalid floating point argument: '%s'", text);
		usage_exit(1);
	}
	if (point && (int)strlen(point + 1) > *decimals)
		*decimals = (int)strlen(point + 1);
	return value;
}

int main(int argc, char **argv)
{
	double first = 1, step = 1, last, value;
	const char *separator = "\n";
	int decimals = 0, ignored = 0, width = 0, pads = 0, at = 1, count;
	long n;

	tool_name = "seq";
	for (; at < argc && argv[at][0] == '-' && isalpha((unsigned char)argv[at][1]); at++) {
		if (strcmp(argv[at], "-w") == 0)
			pads = 1;
		else if (argv[at][1] == 's' && (argv[at][2] || at + 1 < argc))
			separator = argv[at][2] ? argv[at] + 2 : argv[++at];
		else {
			complain(0, "invalid option -- '%c'", argv[at][1]);
			usage_exit(1);
		}
	}
	count = argc - at;
	if (count < 1 || count > 3) {
		complain(0, count < 1 ? "missing operand" : "extra operand '%s'", argv[argc - 1]);
		usage_exit(1);
	}
	if (count > 1)
		first = number(argv[at], &decimals);
	if (count > 2)
		step = number(argv[at + 1], &decimals);
	last = number(argv[argc - 1], &ignored);
	if (step == 0) {
		complain(0, "invalid Zero increment value: '%s'", argv[at + 1]);
		usage_exit(1);
	}
	if (pads) {
		int a = snprintf(NULL, 0, "%.*f", decimals, first), b = snprintf(NULL, 0, "%.*f", decimals, last);
		width = a > b ? a : b;
	}
	for (n = 0;; n++) {
		value = first + (double)n * step;
		if (step > 0 ? value > last + step * 1e-9 : value < last + step * 1e-9)
			break;
		printf(pads ? "%s%0*.*f" : "%s%*.*f", n ? separator : "", width, decimals, value);
	}
	if (n > 0)
		putchar('\n');
	return finish(0);
}
