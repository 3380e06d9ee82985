/* Messages with the program's name: err(3), error(3). */
#include "internal.h"
#include <err.h>
#include <error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned int error_message_count;
int error_one_per_line;
void (*error_print_progname)(void);

void vwarnx(const char *format, va_list args)
{
	flockfile(stderr);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format)
		vfprintf(stderr, format, args);
	putc('\n', stderr);
	funlockfile(stderr);
}

void vwarn(const char *format, va_list args)
{
	int error = errno;

	flockfile(stderr);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format) {
		vfprintf(stderr, format, args);
		fputs(": ", stderr);
	}
	fprintf(stderr, "%s\n", strerror(error));
	funlockfile(stderr);
	errno = error;
}

void warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vwarn(format, args);
	va_end(args);
}

void warnx(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vwarnx(format, args);
	va_end(args);
}

void verr(int status, const char *format, va_list args)
{
	vwarn(format, args);
	exit(status);
}

void verrx(int status, const char *format, va_list args)
{
	vwarnx(format, args);
	exit(status);
}

void err(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	verr(status, format, args);
}

void errx(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	verrx(status, format, args);
}

static void finish(int status, int error, const char *format, va_list args)
{
	vfprintf(stderr, format, args);
	error_message_count++;
	if (error)
		fprintf(stderr, ": %s", strerror(error));
	putc('\n', stderr);
	fflush(stderr);
	if (status)
		exit(status);
}

void error(int status, int error_number, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	if (error_print_progname)
		error_print_progname();
	else
		fprintf(stderr, "%s: ", program_invocation_name);
	va_start(args, format);
	finish(status, error_number, format, args);
	va_end(args);
}

void error_at_line(int status, int error_number, const char *file, unsigned int line, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	if (error_print_progname)
		error_print_progname();
	else
		fprintf(stderr, "%s:", program_invocation_name);
	if (file)
		fprintf(stderr, "%s:%u: ", file, line);
	else
		putc(' ', stderr);
	va_start(args, format);
	finish(status, error_number, format, args);
	va_end(args);
}
