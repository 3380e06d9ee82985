/* Integer conversions and arithmetic of stdlib.h (strtol(3), atoi(3), div(3)). */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

static int digit_value(int c)
{
	if ((unsigned)c - '0' < 10)
		return c - '0';
	if (((unsigned)c | 32) - 'a' < 26)
		return (c | 32) - 'a' + 10;
	return 99;
}

/* The common part of strtol and strtoul: the magnitude, saturated with *overflow set, and the sign. */
static unsigned long parse_integer(const char *s, char **end, int base, int *is_negative, int *overflow)
{
	const char *p = s, *digits;
	unsigned long value = 0, limit;
	int digit;

	*is_negative = *overflow = 0;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return 0;
	}
	while (isspace((unsigned char)*p))
		p++;
	if (*p == '-' || *p == '+')
		*is_negative = *p++ == '-';
	if ((base == 0 || base == 16) && p[0] == '0' && (p[1] | 32) == 'x' && digit_value((unsigned char)p[2]) < 16) {
		p += 2;
		base = 16;
	} else if (base == 0) {
		base = *p == '0' ? 8 : 10;
	}
	digits = p;
	/* While the value fits 32 bits after one more digit, no overflow is possible. */
	while (value < 0x4000000 && (digit = digit_value((unsigned char)*p)) < base) {
		value = (unsigned int)value * (unsigned int)base + (unsigned int)digit;
		p++;
	}
	if (value >= 0x4000000) {
		limit = ULONG_MAX / (unsigned int)base;
		for (; (digit = digit_value((unsigned char)*p)) < base; p++) {
			if (value > limit || (value == limit && (unsigned long)digit > ULONG_MAX - value * (unsigned int)base))
				*overflow = 1;
			else
				value = value * (unsigned int)base + (unsigned int)digit;
		}
	}
	if (end)
		*end = (char *)(p == digits ? s : p);
	return *overflow ? ULONG_MAX : value;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	int is_negative, overflow;
	unsigned long value = parse_integer(s, end, base, &is_negative, &overflow);
	unsigned long limit = (unsigned long)LONG_MAX + (unsigned)is_negative;

	if (overflow || value > limit) {
		errno = ERANGE;
		return is_negative ? LONG_MIN : LONG_MAX;
	}
	return is_negative ? (long)-value : (long)value;
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	int is_negative, overflow;
	unsigned long value = parse_integer(s, end, base, &is_negative, &overflow);

	if (overflow) {
		errno = ERANGE;
		return ULONG_MAX;
	}
	return is_negative ? -value : value;
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	return strtol(s, end, base);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	return strtoul(s, end, base);
}

intmax_t strtoimax(const char *restrict s, char **restrict end, int base)
{
	return strtol(s, end, base);
}

uintmax_t strtoumax(const char *restrict s, char **restrict end, int base)
{
	return strtoul(s, end, base);
}

/* Numbers of up to nine digits, which is nearly all, need no care for overflow. */
int atoi(const char *s)
{
	const char *p = s, *digits;
	unsigned int value = 0, digit;
	int is_negative;

	while (*p == ' ' || (unsigned)*p - '\t' < 5)
		p++;
	is_negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	for (digits = p; (digit = (unsigned)*p - '0') < 10; p++)
		value = value * 10 + digit;
	if (p - digits > 9)
		return (int)strtol(s, NULL, 10);
	return is_negative ? -(int)value : (int)value;
}

long atol(const char *s)
{
	return strtol(s, NULL, 10);
}

long long atoll(const char *s)
{
	return strtol(s, NULL, 10);
}

int abs(int x)
{
	return x < 0 ? -x : x;
}

long labs(long x)
{
	return x < 0 ? -x : x;
}

long long llabs(long long x)
{
	return x < 0 ? -x : x;
}

intmax_t imaxabs(intmax_t x)
{
	return x < 0 ? -x : x;
}

div_t div(int a, int b)
{
	div_t result;

	result.quot = a / b;
	result.rem = a % b;
	return result;
}

ldiv_t ldiv(long a, long b)
{
	ldiv_t result;

	result.quot = a / b;
	result.rem = a % b;
	return result;
}

lldiv_t lldiv(long long a, long long b)
{
	lldiv_t result;

	result.quot = a / b;
	result.rem = a % b;
	return result;
}

imaxdiv_t imaxdiv(intmax_t a, intmax_t b)
{
	imaxdiv_t result;

	result.quot = a / b;
	result.rem = a % b;
	return result;
}

int getsubopt(char **restrict option, char *const *restrict tokens, char **restrict value)
{
	char *start = *option, *end = start, *name_end;
	int i, length;

	*value = NULL;
	if (!*start)
		return -1;
	while (*end && *end != ',')
		end++;
	for (name_end = start; name_end < end && *name_end != '='; name_end++)
		;
	*option = *end ? end + 1 : end;
	*end = 0;
	length = (int)(name_end - start);
	for (i = 0; tokens[i]; i++) {
		int j = 0;
		while (j < length && tokens[i][j] == start[j])
			j++;
		if (j == length && tokens[i][j] == 0) {
			if (name_end < end)
				*value = name_end + 1;
			return i;
		}
	}
	*value = start;
	return -1;
}
