/* printf(1): a format, used again as long as there are arguments. */
#include "print-formatted.h"
#include "escape.h"
#include "tool.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static char **next_argument;
static int status;

static const char *take(void)
{
	return *next_argument ? *next_argument++ : "";
}

static void check_number(const char *text, const char *end)
{
	if (*text && end == text)
		complain(0, "%s: expected numeric value", text);
	else if (*end)
		complain(0, "%s: not completely converted", text);
	else if (errno)
		complain(errno, "%s", text);
	else
		return;
	status = 1;
}

static long take_number(int is_signed)
{
	const char *text = take();
	char *end;
	long value;

	if (*text == '"' || *text == '\'')
		return (unsigned char)text[1];
	errno = 0;
	value = is_signed ? strtol(text, &end, 0) : (long)strtoul(text, &end, 0);
	check_number(text, end);
	return value;
}

static double take_double(void)
{
	const char *text = take();
	char *end;
	double value;

	if (*text == '"' || *text == '\'')
		return (unsigned char)text[1];
	errno = 0;
	value = strtod(text, &end);
	check_number(text, end);
	return value;
}

/* Prints one conversion; `directive` is "%-5", flags and sizes with the stars replaced, without the letter. */
static int convert(char *directive, char letter)
{
	size_t length = strlen(directive);
	int is_integer = strchr("diouxX", letter) != NULL;

	if (is_integer)
		directive[length++] = 'l';
	directive[length] = letter == 'b' ? 's' : letter;
	directive[length + 1] = 0;
	if (letter == 'b')
		return put_escaped(take());
	if (letter == 's')
		printf(directive, take());
	else if (letter == 'c')
		printf(*next_argument && **next_argument ? "%c" : "", *take());
	else if (is_integer)
		printf(directive, take_number(letter == 'd' || letter == 'i'));
	else
		printf(directive, take_double());
	return 0;
}

/* One pass over the format. True after \c. */
static int print_once(const char *format)
{
	while (*format) {
		char directive[64];
		size_t length = 0;
		if (*format == '\\') {
			const char *escape = format + 1;
			int c;
			if (*escape == 'c')
				return 1;
			c = escaped_character(&escape);
			putchar(c < 0 ? '\\' : c);
			format = c < 0 ? format + 1 : escape;
			continue;
		}
		if (*format != '%' || format[1] == '%') {
			putchar(*format);
			format += *format == '%' ? 2 : 1;
			continue;
		}
		directive[length++] = *format++;
		while (*format && strchr("-+ #0123456789.*", *format) && length < 40) {
			if (*format == '*')
				length += (size_t)sprintf(directive + length, "%d", (int)take_number(1));
			else
				directive[length++] = *format;
			format++;
		}
		directive[length] = 0;
		if (!*format || !strchr("diouxXcsbeEfFgGaA", *format)) {
			complain(0, *format ? "%s%c: invalid directive" : "%s: missing conversion", directive, *format);
			status = 1;
			return 1;
		}
		if (convert(directive, *format++))
			return 1;
	}
	return 0;
}

int print_formatted(const char *format, char **arguments)
{
	next_argument = arguments;
	status = 0;
	for (;;) {
		char **before = next_argument;
		if (print_once(format) || !*next_argument || next_argument == before)
			return status;
	}
}
