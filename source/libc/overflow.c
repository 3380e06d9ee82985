/* Arithmetic that tells whether the result fits: what __builtin_add_overflow and its like call. Any integer type can meet
   any other, so numbers are taken apart into sign and magnitude, as 65 bits hold them all. */
#include "internal.h"

/* Flags: which numbers are signed; the result's size in bytes stands above them. */
enum { SIGNED_A = 1, SIGNED_B = 2, SIGNED_RESULT = 4, SIZE_SHIFT = 3 };

struct number {
	unsigned long magnitude;
	int negative;
};

static struct number split(unsigned long bits, int is_signed)
{
	struct number n = {bits, is_signed && (long)bits < 0};
	if (n.negative)
		n.magnitude = -bits;
	return n;
}

/** Stores the low bits; whether they are not the whole. `carried`: the magnitude has a bit more. */
static int store(struct number n, int carried, int flags, void *result)
{
	unsigned long value = n.negative ? -n.magnitude : n.magnitude, limit;
	int size = flags >> SIZE_SHIFT;
	switch (size) {
	case 1:
		*(unsigned char *)result = value;
		break;
	case 2:
		*(unsigned short *)result = value;
		break;
	case 4:
		*(unsigned *)result = value;
		break;
	default:
		*(unsigned long *)result = value;
	}
	if (carried)
		return 1;
	if (flags & SIGNED_RESULT) {
		limit = 1UL << (size * 8 - 1);
		return n.magnitude > (n.negative ? limit : limit - 1);
	}
	return (n.negative && n.magnitude) || (size < 8 && n.magnitude >> size * 8);
}

static int add(struct number a, struct number b, int flags, void *result)
{
	struct number sum = a;
	if (a.negative == b.negative) {
		sum.magnitude += b.magnitude;
		return store(sum, sum.magnitude < a.magnitude, flags, result);
	}
	if (b.magnitude > a.magnitude) {
		sum = b;
		b = a;
	}
	sum.magnitude -= b.magnitude;
	return store(sum, 0, flags, result);
}

extern int __add_overflow(unsigned long a, unsigned long b, int flags, void *result);
extern int __sub_overflow(unsigned long a, unsigned long b, int flags, void *result);
extern int __mul_overflow(unsigned long a, unsigned long b, int flags, void *result);

int __add_overflow(unsigned long a, unsigned long b, int flags, void *result)
{
	return add(split(a, flags & SIGNED_A), split(b, flags & SIGNED_B), flags, result);
}

int __sub_overflow(unsigned long a, unsigned long b, int flags, void *result)
{
	struct number negated = split(b, flags & SIGNED_B);
	negated.negative = !negated.negative;
	return add(split(a, flags & SIGNED_A), negated, flags, result);
}

int __mul_overflow(unsigned long a, unsigned long b, int flags, void *result)
{
	struct number x = split(a, flags & SIGNED_A), y = split(b, flags & SIGNED_B);
	struct number product = {x.magnitude * y.magnitude, x.negative != y.negative};
	return store(product, x.magnitude && product.magnitude / x.magnitude != y.magnitude, flags, result);
}
