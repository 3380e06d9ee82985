/* The float and long double functions of math.h, by those of double: long double is double here. */
#include <math.h>

#define ONE(name) \
	float name##f(float x) \
	{ \
		return (float)name(x); \
	} \
	long double name##l(long double x) \
	{ \
		return name((double)x); \
	}
#define TWO(name) \
	float name##f(float x, float y) \
	{ \
		return (float)name(x, y); \
	} \
	long double name##l(long double x, long double y) \
	{ \
		return name((double)x, (double)y); \
	}
#define ROUND(type, name) \
	type name##f(float x) \
	{ \
		return name(x); \
	} \
	type name##l(long double x) \
	{ \
		return name((double)x); \
	}
#define SCALE(name, type) \
	float name##f(float x, type n) \
	{ \
		return (float)name(x, n); \
	} \
	long double name##l(long double x, type n) \
	{ \
		return name((double)x, n); \
	}

ONE(acos)
ONE(asin)
ONE(atan)
ONE(cos)
ONE(sin)
ONE(tan)
ONE(acosh)
ONE(asinh)
ONE(atanh)
ONE(cosh)
ONE(sinh)
ONE(tanh)
ONE(exp)
ONE(exp2)
ONE(expm1)
ONE(log)
ONE(log10)
ONE(log1p)
ONE(log2)
ONE(logb)
ONE(cbrt)
ONE(fabs)
ONE(sqrt)
ONE(erf)
ONE(erfc)
ONE(lgamma)
ONE(tgamma)
ONE(ceil)
ONE(floor)
ONE(nearbyint)
ONE(rint)
ONE(round)
ONE(trunc)
TWO(atan2)
TWO(pow)
TWO(hypot)
TWO(fmod)
TWO(remainder)
TWO(copysign)
TWO(fdim)
TWO(fmax)
TWO(fmin)
TWO(drem)
ROUND(int, ilogb)
ROUND(long, lrint)
ROUND(long, lround)
ROUND(long long, llrint)
ROUND(long long, llround)
SCALE(ldexp, int)
SCALE(scalbn, int)
SCALE(scalbln, long)
SCALE(frexp, int *)

long double nextafterl(long double x, long double y)
{
	return nextafter((double)x, (double)y);
}

float nextafterf(float x, float y)
{
	union {
		float value;
		unsigned int bits;
	} u;

	if (x != x || y != y)
		return x + y;
	if (x == y)
		return y;
	u.value = x;
	if (x == 0)
		u.bits = 1 | (y < 0 ? 0x80000000u : 0);
	else
		u.bits += (x < y) == (x > 0) ? 1 : -1u;
	return u.value;
}

double nexttoward(double x, long double y)
{
	return nextafter(x, (double)y);
}

long double nexttowardl(long double x, long double y)
{
	return nextafterl(x, y);
}

/* The target is given in full precision: rounded to float it could be x itself. */
float nexttowardf(float x, long double y)
{
	if (x != x || y != y)
		return x + (float)y;
	if (x == y)
		return (float)y;
	return nextafterf(x, x < y ? HUGE_VALF : -HUGE_VALF);
}

int __fpclassifyf(float x)
{
	int kind = __fpclassify(x);

	return kind == FP_NORMAL && fabs(x) < 0x1p-126 ? FP_SUBNORMAL : kind;
}

float fmaf(float x, float y, float z)
{
	return (float)fma(x, y, z);
}

long double fmal(long double x, long double y, long double z)
{
	return fma((double)x, (double)y, (double)z);
}

float modff(float x, float *integral)
{
	double whole, rest = modf(x, &whole);

	*integral = (float)whole;
	return (float)rest;
}

long double modfl(long double x, long double *integral)
{
	double whole, rest = modf((double)x, &whole);

	*integral = whole;
	return rest;
}

float nanf(const char *tag)
{
	return (float)nan(tag);
}

long double nanl(const char *tag)
{
	return nan(tag);
}

float remquof(float x, float y, int *quotient)
{
	return (float)remquo(x, y, quotient);
}

long double remquol(long double x, long double y, int *quotient)
{
	return remquo((double)x, (double)y, quotient);
}
