/* What the small tools share: messages in the manner of coreutils, and loops over operands. */
#include "tool.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *tool_name = "";

void complain(int error, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "%s: ", tool_name);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	if (error)
		fprintf(stderr, ": %s", strerror(error));
	fputc('\n', stderr);
}

void usage_exit(int status)
{
	fprintf(stderr, "Try '%s --help' for more information.\n", tool_name);
	exit(status);
}

int finish(int status)
{
	if (ferror(stdout) || fflush(stdout) != 0) {
		if (errno != EPIPE)
			complain(errno, "write error");
		return status ? status : 1;
	}
	return status;
}

int parse_number(const char *text, long *result)
{
	char *end;

	errno = 0;
	*result = strtol(text, &end, 10);
	return end != text && !*end && errno == 0;
}

FILE *open_operand(const char *name)
{
	FILE *file;

	if (!name || strcmp(name, "-") == 0)
		return stdin;
	file = fopen(name, "r");
	if (!file)
		complain(errno, "%s", name);
	return file;
}
