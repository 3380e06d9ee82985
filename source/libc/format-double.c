/* Doubles as printf(3) writes them, exactly: the binary fraction is turned into words of nine decimal digits, and
   rounding looks at all that follows (to nearest, ties to even, as glibc does). */
#include "internal.h"
#include <string.h>

#define BASE 1000000000u
#define MAX_WORDS 170

/* value = 0.d1d2d3… × 10^exponent */
struct decimal {
	int count;
	int exponent;
	int more; /* Something not 0 follows the digits. */
	char digits[1500];
};

union double_bits {
	double value;
	unsigned long bits;
};

static int split_integer(unsigned int *words, unsigned long value)
{
	int n = 0;

	if (value >= BASE) {
		if (value / BASE >= BASE)
			words[n++] = (unsigned int)(value / BASE / BASE);
		words[n++] = (unsigned int)(value / BASE % BASE);
	}
	words[n++] = (unsigned int)(value % BASE);
	return n;
}

/* The words of mantissa × 2^shift; all of them are before the point. */
static int expand_large(unsigned int *words, unsigned long mantissa, int shift)
{
	unsigned int little[40];
	int n, i;

	n = split_integer(words, mantissa);
	for (i = 0; i < n; i++)
		little[i] = words[n - 1 - i];
	while (shift > 0) {
		int step = shift < 29 ? shift : 29;
		unsigned long carry = 0;
		for (i = 0; i < n; i++) {
			carry += (unsigned long)little[i] << step;
			little[i] = (unsigned int)(carry % BASE);
			carry /= BASE;
		}
		if (carry)
			little[n++] = (unsigned int)carry;
		shift -= step;
	}
	for (i = 0; i < n; i++)
		words[i] = little[n - 1 - i];
	return n;
}

/* The words of fraction / 2^bits, bits at most 60: each turn multiplies by 10^9 = 2^9 × 5^9 in two halves. */
static int expand_fraction(unsigned int *words, unsigned long fraction, int bits)
{
	int n = 0;

	while (fraction) {
		unsigned long low = (fraction & 0x3ffffff) * BASE;
		unsigned long high = (fraction >> 26) * BASE + (low >> 26);
		if (bits >= 26) {
			words[n++] = (unsigned int)(high >> (bits - 26));
			fraction = (high & ((1UL << (bits - 26)) - 1)) << 26 | (low & 0x3ffffff);
		} else {
			unsigned long product = fraction * BASE;
			words[n++] = (unsigned int)(product >> bits);
			fraction = product & ((1UL << bits) - 1);
		}
		if (bits >= 9) {
			fraction >>= 9;
			bits -= 9;
		}
	}
	return n;
}

/* The words of mantissa / 2^bits for small numbers, nine bits at a time; *before counts the words before the point. */
static int expand_small(unsigned int *words, unsigned long mantissa, int bits, int *before)
{
	int n = split_integer(words, mantissa), first = 0, i;

	*before = n;
	while (bits > 0) {
		int step = bits < 9 ? bits : 9;
		unsigned int mask = (1u << step) - 1, unit = BASE >> step, carry = 0;
		for (i = first; i < n; i++) {
			unsigned int word = words[i];
			words[i] = (word >> step) + carry;
			carry = (word & mask) * unit;
		}
		if (carry)
			words[n++] = carry;
		while (first < n && words[first] == 0)
			first++;
		bits -= step;
	}
	return n;
}

static int expand(unsigned int *words, double value, int *before)
{
	union double_bits u;
	unsigned long mantissa;
	int exponent, bits;

	u.value = value;
	exponent = (int)(u.bits >> 52 & 0x7ff);
	mantissa = u.bits & 0xfffffffffffffUL;
	if (exponent == 0)
		exponent = 1;
	else
		mantissa |= 1UL << 52;
	bits = 1075 - exponent;
	if (bits <= 0)
		return *before = expand_large(words, mantissa, -bits);
	if (bits > 60)
		return expand_small(words, mantissa, bits, before);
	if (bits > 52) {
		words[0] = 0;
		*before = 1;
	} else {
		*before = split_integer(words, mantissa >> bits);
	}
	return *before + expand_fraction(words + *before, mantissa & ((1UL << bits) - 1), bits);
}

/* Makes the digits from the first one that is not 0 on, at least `places` after the point or `wanted` in all, and one
   more to round by. */
static void to_decimal(struct decimal *d, double value, int wanted, int places)
{
	unsigned int words[MAX_WORDS];
	int before, n = expand(words, value, &before), i = 0, j;

	d->count = d->more = 0;
	while (i < n && words[i] == 0)
		i++;
	d->exponent = (before - i) * 9;
	if (i == n) {
		d->exponent = 1;
		return;
	}
	for (; i < n; i++) {
		unsigned int word = words[i];
		char *out = d->digits + d->count;
		if (d->count > (wanted >= 0 ? wanted : d->exponent + places)) {
			if (word) {
				d->more = 1;
				break;
			}
			continue;
		}
		for (j = 8; j >= 0; j--) {
			out[j] = (char)('0' + word % 10);
			word /= 10;
		}
		d->count += 9;
		if (d->count == 9) {
			for (j = 0; out[j] == '0'; j++)
				;
			d->exponent -= j;
			d->count -= j;
			memmove(out, out + j, (size_t)d->count);
		}
	}
}

/* Rounds to `keep` digits. The exponent grows by one if all digits were 9. */
static void round_decimal(struct decimal *d, int keep)
{
	int i, up = 0;

	if (keep >= d->count) {
		memset(d->digits + d->count, '0', (size_t)(keep - d->count));
		d->count = keep;
		return;
	}
	if (keep < 0) {
		d->count = 0;
		return;
	}
	if (d->digits[keep] >= '5') {
		up = d->digits[keep] > '5' || d->more || (keep > 0 && (d->digits[keep - 1] & 1));
		for (i = keep + 1; i < d->count && !up; i++)
			up = d->digits[i] != '0';
	}
	d->count = keep;
	if (!up)
		return;
	for (i = keep - 1; i >= 0 && d->digits[i] == '9'; i--)
		d->digits[i] = '0';
	if (i >= 0) {
		d->digits[i]++;
		return;
	}
	memmove(d->digits + 1, d->digits, (size_t)keep);
	d->digits[0] = '1';
	d->count = keep > 0 ? keep : 1;
	d->exponent++;
}

static char *put_fixed(char *out, const struct decimal *d, int precision, int alternative)
{
	int i;

	if (d->count == 0 || d->exponent <= 0)
		*out++ = '0';
	for (i = 0; i < d->exponent && d->count > 0; i++)
		*out++ = i < d->count ? d->digits[i] : '0';
	if (precision > 0 || alternative)
		*out++ = '.';
	for (i = 0; i < precision; i++) {
		int at = d->exponent + i;
		*out++ = d->count > 0 && at >= 0 && at < d->count ? d->digits[at] : '0';
	}
	return out;
}

static char *put_exponent(char *out, int letter, int exponent, int least_digits)
{
	char digits[8];
	int n = 0;

	*out++ = (char)letter;
	*out++ = exponent < 0 ? '-' : '+';
	if (exponent < 0)
		exponent = -exponent;
	do
		digits[n++] = (char)('0' + exponent % 10);
	while ((exponent /= 10) > 0);
	while (n < least_digits)
		digits[n++] = '0';
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

static char *put_scientific(char *out, const struct decimal *d, int precision, int alternative, int letter)
{
	int i;

	*out++ = d->count > 0 ? d->digits[0] : '0';
	if (precision > 0 || alternative)
		*out++ = '.';
	for (i = 1; i <= precision; i++)
		*out++ = i < d->count ? d->digits[i] : '0';
	return put_exponent(out, letter, d->exponent - 1, 2);
}

static char *put_general(char *out, struct decimal *d, int precision, int alternative, int letter)
{
	int exponent;

	if (precision == 0)
		precision = 1;
	if (d->count > 0)
		round_decimal(d, precision);
	exponent = d->exponent - 1;
	if (!alternative) {
		/* Trailing zeros go. */
		int kept = d->count < precision ? d->count : precision;
		while (kept > 0 && d->digits[kept - 1] == '0')
			kept--;
		if (exponent < -4 || exponent >= precision)
			return put_scientific(out, d, kept > 1 ? kept - 1 : 0, 0, letter);
		return put_fixed(out, d, kept > d->exponent ? kept - d->exponent : 0, 0);
	}
	if (exponent < -4 || exponent >= precision)
		return put_scientific(out, d, precision - 1, 1, letter);
	return put_fixed(out, d, precision - 1 - exponent, 1);
}

static char *put_hexadecimal(char *out, double value, int precision, int alternative, int is_upper)
{
	const char *digits = is_upper ? "0123456789ABCDEF" : "0123456789abcdef";
	union double_bits u;
	unsigned long mantissa;
	int exponent, lead, places = 13, i;

	u.value = value;
	exponent = (int)(u.bits >> 52 & 0x7ff);
	mantissa = u.bits & 0xfffffffffffffUL;
	lead = exponent != 0;
	exponent = lead ? exponent - 1023 : mantissa ? -1022 : 0;
	if (precision >= 0 && precision < 13) {
		int drop = (13 - precision) * 4;
		unsigned long whole = mantissa | (unsigned long)lead << 52, rest = whole & ((1UL << drop) - 1), half = 1UL << (drop - 1);
		whole >>= drop;
		if (rest > half || (rest == half && (whole & 1)))
			whole++;
		whole <<= drop;
		lead = (int)(whole >> 52);
		mantissa = whole & 0xfffffffffffffUL;
		places = precision;
	} else if (precision < 0) {
		while (places > 0 && !(mantissa >> (13 - places) * 4 & 15))
			places--;
	}
	*out++ = '0';
	*out++ = is_upper ? 'X' : 'x';
	*out++ = (char)('0' + lead);
	if (places > 0 || precision > 0 || alternative)
		*out++ = '.';
	for (i = 1; i <= places; i++)
		*out++ = digits[mantissa >> (13 - i) * 4 & 15];
	for (; i <= precision; i++)
		*out++ = '0';
	return put_exponent(out, is_upper ? 'P' : 'p', exponent, 1);
}

int __format_double(char *out, double value, int spec, int precision, int alternative)
{
	struct decimal d;
	int kind = spec | 32, letter = spec == kind ? 'e' : 'E';
	int places;
	char *end;

	if (kind == 'a')
		return (int)(put_hexadecimal(out, value, precision, alternative, spec == 'A') - out);
	if (precision < 0)
		precision = 6;
	/* No double has more digits; what follows are zeros. */
	places = precision < 1100 ? precision : 1100;
	if (kind == 'f') {
		to_decimal(&d, value, -1, places);
		if (d.count > 0)
			round_decimal(&d, d.exponent + places);
		end = put_fixed(out, &d, precision, alternative);
	} else if (kind == 'e') {
		to_decimal(&d, value, places + 1, 0);
		if (d.count > 0)
			round_decimal(&d, places + 1);
		end = put_scientific(out, &d, precision, alternative, letter);
	} else {
		to_decimal(&d, value, places > 0 ? places : 1, 0);
		end = put_general(out, &d, places, alternative, letter);
	}
	return (int)(end - out);
}
