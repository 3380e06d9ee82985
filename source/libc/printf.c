/* The printf(3) family, over vfprintf and vsnprintf. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int vprintf(const char *restrict format, va_list list)
{
	return vfprintf(stdout, format, list);
}

int vasprintf(char **restrict s, const char *restrict format, va_list list)
{
	va_list copy;
	char small[128];
	int n;

	va_copy(copy, list);
	n = vsnprintf(small, sizeof small, format, copy);
	va_end(copy);
	if (n < 0)
		return -1;
	*s = malloc((size_t)n + 1);
	if (!*s)
		return -1;
	if (n < (int)sizeof small) {
		memcpy(*s, small, (size_t)n + 1);
		return n;
	}
	return vsnprintf(*s, (size_t)n + 1, format, list);
}

int printf(const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vfprintf(stdout, format, list);
	va_end(list);
	return result;
}

int fprintf(FILE *restrict f, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vfprintf(f, format, list);
	va_end(list);
	return result;
}

int sprintf(char *restrict s, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vsnprintf(s, (size_t)-1, format, list);
	va_end(list);
	return result;
}

int snprintf(char *restrict s, size_t size, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vsnprintf(s, size, format, list);
	va_end(list);
	return result;
}

int dprintf(int fd, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vdprintf(fd, format, list);
	va_end(list);
	return result;
}

int asprintf(char **restrict s, const char *restrict format, ...)
{
	va_list list;
	int result;

	va_start(list, format);
	result = vasprintf(s, format, list);
	va_end(list);
	return result;
}
