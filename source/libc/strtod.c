/* strtod(3), correctly rounded. Short numbers are exact products of doubles; the others are compared as big integers:
   the quotient N × 2^s / M is computed to 64 bits, and whether anything is left decides the rounding. */
#include "internal.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

#define MAX_DIGITS 800
#define BIG_WORDS 140

struct big {
	int length; /* Words in use; the highest one is not 0. */
	unsigned int words[BIG_WORDS];
};

union double_bits {
	double value;
	unsigned long bits;
};

static const double exact_powers[23] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

static void multiply_add(struct big *b, unsigned int factor, unsigned int addend)
{
	unsigned long carry = addend;
	int i;

	for (i = 0; i < b->length; i++) {
		carry += (unsigned long)b->words[i] * factor;
		b->words[i] = (unsigned int)carry;
		carry >>= 32;
	}
	if (carry)
		b->words[b->length++] = (unsigned int)carry;
}

static void multiply_power_of_ten(struct big *b, int power)
{
	for (; power >= 9; power -= 9)
		multiply_add(b, 1000000000, 0);
	for (; power > 0; power--)
		multiply_add(b, 10, 0);
}

static int bit_length_of_word(unsigned int word)
{
	int n = 0;

	for (; word >= 256; word >>= 8)
		n += 8;
	for (; word; word >>= 1)
		n++;
	return n;
}

static int bit_length(const struct big *b)
{
	return b->length == 0 ? 0 : (b->length - 1) * 32 + bit_length_of_word(b->words[b->length - 1]);
}

static void shift_left(struct big *b, int bits)
{
	int words = bits / 32, i;

	bits %= 32;
	if (b->length == 0)
		return;
	for (i = b->length - 1; i >= 0; i--)
		b->words[i + words] = b->words[i];
	for (i = 0; i < words; i++)
		b->words[i] = 0;
	b->length += words;
	if (bits) {
		unsigned int carry = 0;
		for (i = words; i < b->length; i++) {
			unsigned int word = b->words[i];
			b->words[i] = word << bits | carry;
			carry = word >> (32 - bits);
		}
		if (carry)
			b->words[b->length++] = carry;
	}
}

static int compare(const struct big *a, const struct big *b)
{
	int i;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	for (i = a->length - 1; i >= 0; i--) {
		if (a->words[i] != b->words[i])
			return a->words[i] < b->words[i] ? -1 : 1;
	}
	return 0;
}

static void subtract(struct big *a, const struct big *b)
{
	unsigned int borrow = 0;
	int i;

	for (i = 0; i < a->length; i++) {
		unsigned int x = a->words[i], y = i < b->length ? b->words[i] : 0;
		unsigned int difference = x - y - borrow;
		borrow = borrow ? x <= y : x < y;
		a->words[i] = difference;
	}
	while (a->length > 0 && a->words[a->length - 1] == 0)
		a->length--;
}

/* Quotient of two numbers with a / b below 2^64; *a becomes nonzero exactly if something is left. */
static unsigned long divide(struct big *a, struct big *b)
{
	unsigned long quotient = 0;
	int shift = bit_length(a) - bit_length(b);
	int i;

	if (shift < 0)
		return 0;
	shift_left(b, shift);
	for (i = 0; i <= shift; i++) {
		quotient <<= 1;
		if (compare(a, b) >= 0) {
			subtract(a, b);
			quotient |= 1;
		}
		/* Doubling the remainder is the same as halving the divisor. */
		if (i < shift)
			shift_left(a, 1);
	}
	return quotient;
}

/* mantissa × 2^exponent, which must be a double exactly. */
static double compose(unsigned long mantissa, int exponent)
{
	union double_bits u;
	int top = 63;

	if (mantissa == 0)
		return 0;
	while (!(mantissa >> top & 1))
		top--;
	if (top + exponent < -1022) {
		u.bits = exponent + 1074 >= 0 ? mantissa << (exponent + 1074) : mantissa >> -(exponent + 1074);
	} else {
		mantissa = top > 52 ? mantissa >> (top - 52) : mantissa << (52 - top);
		u.bits = (unsigned long)(top + exponent + 1023) << 52 | (mantissa & 0xfffffffffffffUL);
	}
	return u.value;
}

/* Rounds q × 2^exponent, plus a bit more if `sticky`, to a float or double. q has its top bit (63) set. */
static double round_binary(unsigned long q, int exponent, int sticky, int mantissa_bits)
{
	int smallest = mantissa_bits == 24 ? -126 : -1022, largest = mantissa_bits == 24 ? 127 : 1023;
	int top = exponent + 63, keep = mantissa_bits, drop;
	unsigned long kept, rest, half;

	if (top < smallest)
		keep -= smallest - top;
	if (keep < 0) {
		errno = ERANGE;
		return 0;
	}
	drop = 64 - keep;
	kept = keep == 0 ? 0 : q >> drop;
	rest = keep == 0 ? q : q << keep >> keep;
	half = 1UL << (drop - 1);
	if (rest > half || (rest == half && (sticky || (kept & 1))))
		kept++;
	if (keep < mantissa_bits && (rest || sticky))
		errno = ERANGE;
	if (top > largest || (top == largest && mantissa_bits < 64 && kept >> mantissa_bits)) {
		errno = ERANGE;
		return HUGE_VAL;
	}
	return compose(kept, exponent + drop);
}

/* The value of `count` decimal digits × 10^exponent, rounded to the nearest, ties to even. */
double __decimal_to_double(const char *digits, int count, int exponent, int mantissa_bits)
{
	struct big n, m;
	unsigned long q;
	int i, shift;

	while (count > 0 && *digits == '0') {
		digits++;
		count--;
	}
	if (count == 0)
		return 0;
	if (count <= 15 && mantissa_bits == 53 && exponent >= -22 && exponent <= 22) {
		long value = 0;
		for (i = 0; i < count; i++)
			value = value * 10 + (digits[i] - '0');
		return exponent < 0 ? (double)value / exact_powers[-exponent] : (double)value * exact_powers[exponent];
	}
	if (count + exponent > 310 || count + exponent < -330) {
		errno = ERANGE;
		return exponent > 0 ? HUGE_VAL : 0;
	}
	n.length = 0;
	for (i = 0; i < count; i++)
		multiply_add(&n, 10, (unsigned)(digits[i] - '0'));
	m.length = 1;
	m.words[0] = 1;
	if (exponent >= 0)
		multiply_power_of_ten(&n, exponent);
	else
		multiply_power_of_ten(&m, -exponent);
	/* Make the quotient 64 or 63 bits long. */
	shift = 63 - (bit_length(&n) - bit_length(&m));
	if (shift >= 0)
		shift_left(&n, shift);
	else
		shift_left(&m, -shift);
	q = divide(&n, &m);
	if (!(q >> 63)) {
		/* The next bit of the quotient. */
		shift_left(&n, 1);
		q <<= 1;
		if (compare(&n, &m) >= 0) {
			subtract(&n, &m);
			q |= 1;
		}
		shift++;
	}
	return round_binary(q, -shift, n.length > 0, mantissa_bits);
}

static double parse_hexadecimal(const char *p, char **end, int mantissa_bits)
{
	unsigned long q = 0;
	int exponent = 0, sticky = 0, seen_point = 0;

	for (;; p++) {
		int c = (unsigned char)*p, digit;
		if (c == '.' && !seen_point) {
			seen_point = 1;
			continue;
		}
		if (!isxdigit(c))
			break;
		digit = isdigit(c) ? c - '0' : (c | 32) - 'a' + 10;
		if (q >> 60) {
			sticky |= digit;
			exponent += seen_point ? 0 : 4;
		} else {
			q = q << 4 | (unsigned)digit;
			exponent -= seen_point ? 4 : 0;
		}
	}
	if ((*p | 32) == 'p') {
		const char *digits = p + 1;
		int is_negative = *digits == '-', value = 0;
		if (*digits == '-' || *digits == '+')
			digits++;
		if (isdigit((unsigned char)*digits)) {
			for (; isdigit((unsigned char)*digits); digits++)
				value = value < 100000 ? value * 10 + (*digits - '0') : value;
			exponent += is_negative ? -value : value;
			p = digits;
		}
	}
	*end = (char *)p;
	if (q == 0)
		return 0;
	while (!(q >> 63)) {
		q <<= 1;
		exponent--;
	}
	return round_binary(q, exponent, sticky, mantissa_bits);
}

static double parse_decimal(const char *p, char **end, int mantissa_bits)
{
	char digits[MAX_DIGITS + 1];
	int count = 0, exponent = 0, seen_point = 0, is_cut = 0;

	for (;; p++) {
		if (*p == '.' && !seen_point) {
			seen_point = 1;
			continue;
		}
		if (!isdigit((unsigned char)*p))
			break;
		if (count == 0 && *p == '0') {
			exponent -= seen_point;
		} else if (count < MAX_DIGITS) {
			digits[count++] = *p;
			exponent -= seen_point;
		} else {
			is_cut |= *p != '0';
			exponent += !seen_point;
		}
	}
	if ((*p | 32) == 'e') {
		const char *q = p + 1;
		int is_negative = *q == '-', value = 0;
		if (*q == '-' || *q == '+')
			q++;
		if (isdigit((unsigned char)*q)) {
			for (; isdigit((unsigned char)*q); q++)
				value = value < 100000 ? value * 10 + (*q - '0') : value;
			exponent += is_negative ? -value : value;
			p = q;
		}
	}
	*end = (char *)p;
	if (is_cut) {
		digits[count++] = '1';
		exponent--;
	} else {
		for (; count > 0 && digits[count - 1] == '0'; count--)
			exponent++;
	}
	return __decimal_to_double(digits, count, exponent, mantissa_bits);
}

static double parse_nan(const char *p, char **end)
{
	const char *q = p + 3;
	union double_bits u;

	if (*q == '(') {
		do
			q++;
		while (isalnum((unsigned char)*q) || *q == '_');
		q = *q == ')' ? q + 1 : p + 3;
	}
	*end = (char *)q;
	u.bits = 0x7ff8000000000000UL;
	return u.value;
}

double __parse_double(const char *s, char **end, int mantissa_bits)
{
	const char *p = s;
	char *after;
	double value;
	int is_negative;

	if (!end)
		end = &after;
	while (isspace((unsigned char)*p))
		p++;
	is_negative = *p == '-';
	if (*p == '-' || *p == '+')
		p++;
	if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1]))) {
		int is_hexadecimal = p[0] == '0' && (p[1] | 32) == 'x'
			&& (isxdigit((unsigned char)p[2]) || (p[2] == '.' && isxdigit((unsigned char)p[3])));
		value = is_hexadecimal ? parse_hexadecimal(p + 2, end, mantissa_bits) : parse_decimal(p, end, mantissa_bits);
	} else if (strncasecmp(p, "inf", 3) == 0) {
		value = HUGE_VAL;
		*end = (char *)p + (strncasecmp(p, "infinity", 8) == 0 ? 8 : 3);
	} else if (strncasecmp(p, "nan", 3) == 0) {
		value = parse_nan(p, end);
	} else {
		*end = (char *)s;
		return 0;
	}
	return is_negative ? -value : value;
}

double strtod(const char *restrict s, char **restrict end)
{
	return __parse_double(s, end, 53);
}

float strtof(const char *restrict s, char **restrict end)
{
	return (float)__parse_double(s, end, 24);
}

long double strtold(const char *restrict s, char **restrict end)
{
	return __parse_double(s, end, 53);
}

double atof(const char *s)
{
	return __parse_double(s, NULL, 53);
}
