/* strings.h: case-insensitive comparison and bit searches (strcasecmp(3), ffs(3)), and strverscmp(3). */
#include "internal.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

int strcasecmp(const char *a, const char *b)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;

	for (;; p++, q++) {
		int difference = *p == *q ? 0 : tolower(*p) - tolower(*q);
		if (difference || !*p)
			return difference;
	}
}

int strncasecmp(const char *a, const char *b, size_t n)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;

	for (; n > 0; n--, p++, q++) {
		int difference = *p == *q ? 0 : tolower(*p) - tolower(*q);
		if (difference || !*p)
			return difference;
	}
	return 0;
}

char *strcasestr(const char *haystack, const char *needle)
{
	size_t n = strlen(needle);

	for (;; haystack++) {
		if (strncasecmp(haystack, needle, n) == 0)
			return (char *)haystack;
		if (!*haystack)
			return NULL;
	}
}

int ffsll(long long x)
{
	int bit = 1;

	if (x == 0)
		return 0;
	while (!(x & 1)) {
		x >>= 1;
		bit++;
	}
	return bit;
}

int ffsl(long x)
{
	return ffsll(x);
}

int ffs(int x)
{
	return ffsll(x);
}

/* A run of digits counts as a number, or as a fraction if it starts with 0. The states say what was read in common: no
   digits (N), an integral part (I), a fraction (F), only zeros (Z); the columns are other, digit, zero. */
enum { STATE_N = 0, STATE_I = 3, STATE_F = 6, STATE_Z = 9, COMPARE = 2, LENGTH = 3 };

static const signed char next_state[12] = {
	STATE_N, STATE_I, STATE_Z,
	STATE_N, STATE_I, STATE_I,
	STATE_N, STATE_F, STATE_F,
	STATE_N, STATE_F, STATE_Z
};

static const signed char verdicts[36] = {
	COMPARE, COMPARE, COMPARE, COMPARE, LENGTH, COMPARE, COMPARE, COMPARE, COMPARE,
	COMPARE, -1, -1, 1, LENGTH, LENGTH, 1, LENGTH, LENGTH,
	COMPARE, COMPARE, COMPARE, COMPARE, COMPARE, COMPARE, COMPARE, COMPARE, COMPARE,
	COMPARE, 1, 1, -1, COMPARE, COMPARE, -1, COMPARE, COMPARE
};

static int digit_column(int c)
{
	return (c == '0') + (isdigit(c) != 0);
}

int strverscmp(const char *a, const char *b)
{
	const unsigned char *p = (const unsigned char *)a, *q = (const unsigned char *)b;
	int c = *p++, d = *q++, verdict;
	int state = STATE_N + digit_column(c);

	while (c == d) {
		if (c == 0)
			return 0;
		state = next_state[state];
		c = *p++;
		d = *q++;
		state += digit_column(c);
	}
	verdict = verdicts[state * 3 + digit_column(d)];
	if (verdict == COMPARE)
		return c - d;
	if (verdict != LENGTH)
		return verdict;
	while (isdigit(*p++)) {
		if (!isdigit(*q++))
			return 1;
	}
	return isdigit(*q) ? -1 : c - d;
}
