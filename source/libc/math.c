/* math.h over the machine's own functions: what they do not offer is composed of them, and domain and range errors set
   errno (math_error(7)). */
#include "internal.h"
#include <limits.h>
#include <math.h>

extern double __builtin_sqrt(double), __builtin_floor(double), __builtin_ceil(double), __builtin_trunc(double), __builtin_fabs(double);
extern double __builtin_sin(double), __builtin_cos(double), __builtin_tan(double), __builtin_asin(double), __builtin_acos(double), __builtin_atan(double);
extern double __builtin_exp(double), __builtin_log(double), __builtin_log10(double), __builtin_log2(double), __builtin_exp2(double);
extern double __builtin_atan2(double, double), __builtin_pow(double, double), __builtin_fmod(double, double);

int signgam;

union double_bits {
	double value;
	unsigned long bits;
};

static unsigned long bits_of(double x)
{
	union double_bits u;

	u.value = x;
	return u.bits;
}

static double from_bits(unsigned long bits)
{
	union double_bits u;

	u.bits = bits;
	return u.value;
}

int __fpclassify(double x)
{
	unsigned long bits = bits_of(x) << 1;

	if (bits == 0)
		return FP_ZERO;
	if (bits >> 53 == 0)
		return FP_SUBNORMAL;
	if (bits >> 53 < 0x7ff)
		return FP_NORMAL;
	return bits << 11 ? FP_NAN : FP_INFINITE;
}

int __signbit(double x)
{
	return (int)(bits_of(x) >> 63);
}

/* Which infinity: -1, 1, or 0 for none. */
int __isinf(double x)
{
	if (__fpclassify(x) != FP_INFINITE)
		return 0;
	return __signbit(x) ? -1 : 1;
}

int finite(double x)
{
	return isfinite(x);
}

static double set_error(double result, int error)
{
	errno = error;
	return result;
}

/* A result that is NaN though the argument was not is a domain error; an infinite one of a finite argument, a range error. */
static double checked(double result, double x)
{
	if (result != result && x == x)
		errno = EDOM;
	else if (isinf(result) && isfinite(x))
		errno = ERANGE;
	return result;
}

double fabs(double x)
{
	return __builtin_fabs(x);
}

double sqrt(double x)
{
	return checked(__builtin_sqrt(x), x);
}

double floor(double x)
{
	return __builtin_floor(x);
}

double ceil(double x)
{
	return __builtin_ceil(x);
}

double trunc(double x)
{
	return __builtin_trunc(x);
}

double round(double x)
{
	double t = __builtin_trunc(x);

	if (__builtin_fabs(x - t) >= 0.5)
		t += x < 0 ? -1 : 1;
	return copysign(t, x);
}

/* To nearest, ties to even, which is the only rounding direction here. */
double rint(double x)
{
	double r = __builtin_floor(x), d = x - r;

	if (!isfinite(x))
		return x;
	if (d > 0.5 || (d == 0.5 && __builtin_fmod(r, 2) != 0))
		r += 1;
	return copysign(r, x);
}

double nearbyint(double x)
{
	return rint(x);
}

long lround(double x)
{
	return (long)round(x);
}

long lrint(double x)
{
	return (long)rint(x);
}

long long llround(double x)
{
	return (long long)round(x);
}

long long llrint(double x)
{
	return (long long)rint(x);
}

double copysign(double x, double y)
{
	return from_bits((bits_of(x) & ~(1UL << 63)) | (bits_of(y) & 1UL << 63));
}

double fmax(double x, double y)
{
	return x != x ? y : y != y || x > y ? x : y;
}

double fmin(double x, double y)
{
	return x != x ? y : y != y || x < y ? x : y;
}

double fdim(double x, double y)
{
	return x != x ? x : y != y ? y : x > y ? checked(x - y, 0) : 0;
}

double fmod(double x, double y)
{
	double result = __builtin_fmod(x, y);

	if (result != result && x == x && y == y)
		errno = EDOM;
	return result;
}

double remquo(double x, double y, int *quotient)
{
	double ax = __builtin_fabs(x), ay = __builtin_fabs(y), r;
	int q = 0;

	*quotient = 0;
	if (x != x || y != y || isinf(x) || y == 0)
		return isinf(x) || y == 0 ? set_error(NAN, EDOM) : x + y;
	if (isinf(y))
		return x;
	r = ay <= 1e307 ? __builtin_fmod(ax, ay * 8) : ax;
	if (ay <= 1e307) {
		q = (int)__builtin_floor(r / ay);
		r = __builtin_fmod(ax, ay);
	} else {
		while (r >= ay) {
			r -= ay;
			q++;
		}
	}
	/* r is in [0, ay): take the nearer multiple, the even one at a tie. */
	if (r > ay - r || (r == ay - r && (q & 1))) {
		r -= ay;
		q++;
	}
	q &= 7;
	*quotient = __signbit(x) != __signbit(y) ? -q : q;
	return __signbit(x) ? -r : r;
}

double remainder(double x, double y)
{
	int quotient;

	return remquo(x, y, &quotient);
}

double drem(double x, double y)
{
	return remainder(x, y);
}

double modf(double x, double *integral)
{
	*integral = __builtin_trunc(x);
	return isinf(x) ? copysign(0, x) : copysign(x - *integral, x);
}

double frexp(double x, int *exponent)
{
	unsigned long bits = bits_of(x);
	int e = (int)(bits >> 52 & 0x7ff);

	*exponent = 0;
	if (e == 0x7ff || x == 0)
		return x;
	if (e == 0) {
		x = frexp(x * 18014398509481984.0, exponent);
		*exponent -= 54;
		return x;
	}
	*exponent = e - 1022;
	return from_bits((bits & 0x800fffffffffffffUL) | 1022UL << 52);
}

double scalbn(double x, int n)
{
	double old = x;

	if (n > 2200)
		n = 2200;
	if (n < -2300)
		n = -2300;
	for (; n > 1023; n -= 1023)
		x *= from_bits(2046UL << 52);
	/* Steps of 2^-969 leave room, so that the result is rounded only once. */
	for (; n < -1022; n += 969)
		x *= from_bits(54UL << 52);
	x *= from_bits((unsigned long)(1023 + n) << 52);
	if (isfinite(old) && old != 0 && (x == 0 || isinf(x)))
		errno = ERANGE;
	return x;
}

double scalbln(double x, long n)
{
	return scalbn(x, n > 10000 ? 10000 : n < -10000 ? -10000 : (int)n);
}

double ldexp(double x, int n)
{
	return scalbn(x, n);
}

int ilogb(double x)
{
	int exponent;

	if (x == 0 || x != x) {
		errno = EDOM;
		return INT_MIN;
	}
	if (isinf(x)) {
		errno = EDOM;
		return INT_MAX;
	}
	frexp(x, &exponent);
	return exponent - 1;
}

double logb(double x)
{
	if (x == 0)
		return set_error(-HUGE_VAL, ERANGE);
	return isfinite(x) ? ilogb(x) : x * x;
}

double significand(double x)
{
	int exponent;

	return x == 0 || !isfinite(x) ? x : frexp(x, &exponent) * 2;
}

double nan(const char *tag)
{
	(void)tag;
	return NAN;
}

double nextafter(double x, double y)
{
	unsigned long bits = bits_of(x);

	if (x != x || y != y)
		return x + y;
	if (x == y)
		return y;
	if (x == 0)
		return copysign(from_bits(1), y);
	bits += (x < y) == (x > 0) ? 1 : -1UL;
	x = from_bits(bits);
	if (isinf(x))
		errno = ERANGE;
	return x;
}

/* x × y + z rounded once: the product and the sum are split into a head and an exact rest. */
double fma(double x, double y, double z)
{
	const double split = 134217729.0;
	double p = x * y, xh, xl, yh, yl, rest, sum, t, error;

	if (!isfinite(x) || !isfinite(y) || !isfinite(z) || !isfinite(p) || __builtin_fabs(x) > 1e150 || __builtin_fabs(y) > 1e150
		|| __builtin_fabs(z) > 1e300)
		return p + z;
	t = split * x;
	xh = t - (t - x);
	xl = x - xh;
	t = split * y;
	yh = t - (t - y);
	yl = y - yh;
	rest = ((xh * yh - p) + xh * yl + xl * yh) + xl * yl;
	sum = p + z;
	t = sum - p;
	error = (p - (sum - t)) + (z - t);
	return sum + (error + rest);
}

double sin(double x)
{
	return checked(__builtin_sin(x), x);
}

double cos(double x)
{
	return checked(__builtin_cos(x), x);
}

double tan(double x)
{
	return checked(__builtin_tan(x), x);
}

void sincos(double x, double *sine, double *cosine)
{
	*sine = sin(x);
	*cosine = cos(x);
}

double asin(double x)
{
	return checked(__builtin_asin(x), x);
}

double acos(double x)
{
	return checked(__builtin_acos(x), x);
}

double atan(double x)
{
	return __builtin_atan(x);
}

double atan2(double x, double y)
{
	return __builtin_atan2(x, y);
}

double exp(double x)
{
	double result = __builtin_exp(x);

	if (result == 0 && isfinite(x))
		errno = ERANGE;
	return checked(result, x);
}

double exp2(double x)
{
	double result = __builtin_exp2(x);

	if (result == 0 && isfinite(x))
		errno = ERANGE;
	return checked(result, x);
}

double exp10(double x)
{
	return pow(10, x);
}

double pow10(double x)
{
	return pow(10, x);
}

/* exp(x) - 1 without cancellation near 0 (Kahan). */
double expm1(double x)
{
	double u;

	if (__builtin_fabs(x) < 1e-300 || x != x)
		return x;
	u = __builtin_exp(x);
	if (u == 1)
		return x;
	if (u - 1 == -1)
		return -1;
	if (isinf(u))
		return checked(u, x);
	return (u - 1) * x / __builtin_log(u);
}

double log(double x)
{
	return checked(__builtin_log(x), x);
}

double log2(double x)
{
	return checked(__builtin_log2(x), x);
}

double log10(double x)
{
	return checked(__builtin_log10(x), x);
}

/* log(1 + x) without cancellation near 0 (Kahan). */
double log1p(double x)
{
	double u = 1 + x;

	if (u == 1)
		return x;
	return checked(isinf(u) || u <= 0 ? __builtin_log(u) : __builtin_log(u) * x / (u - 1), x);
}

double pow(double x, double y)
{
	double result;

	/* Here the C standard differs from ECMAScript's pow. */
	if (x == 1 || y == 0)
		return 1;
	if (x == -1 && isinf(y))
		return 1;
	result = __builtin_pow(x, y);
	if (isfinite(x) && isfinite(y)) {
		if (result != result)
			errno = EDOM;
		else if (isinf(result) || (result == 0 && x != 0))
			errno = ERANGE;
	}
	return result;
}

double cbrt(double x)
{
	double y, a = __builtin_fabs(x);

	if (x == 0 || !isfinite(x))
		return x;
	y = __builtin_exp(__builtin_log(a) / 3);
	/* One step of Newton makes it exact but for the last bit. */
	y -= (y * y * y - a) / (3 * y * y);
	y -= (y * y * y - a) / (3 * y * y);
	return copysign(y, x);
}

double hypot(double x, double y)
{
	double large = __builtin_fabs(x), small = __builtin_fabs(y), t;

	if (isinf(x) || isinf(y))
		return HUGE_VAL;
	if (x != x || y != y)
		return x + y;
	if (large < small) {
		t = large;
		large = small;
		small = t;
	}
	if (small == 0)
		return large;
	if (large < 1e150 && small > 1e-150)
		return __builtin_sqrt(large * large + small * small);
	t = small / large;
	return checked(large * __builtin_sqrt(1 + t * t), 0);
}

double sinh(double x)
{
	double t;

	if (__builtin_fabs(x) < 22) {
		t = expm1(__builtin_fabs(x));
		return copysign((t + t / (t + 1)) / 2, x);
	}
	t = __builtin_exp(__builtin_fabs(x) / 2);
	return checked(copysign(t / 2 * t, x), x);
}

double cosh(double x)
{
	double t = __builtin_exp(__builtin_fabs(x) / 2);

	if (__builtin_fabs(x) < 22)
		return (t * t + 1 / (t * t)) / 2;
	return checked(t / 2 * t, x);
}

double tanh(double x)
{
	double t;

	if (__builtin_fabs(x) > 22)
		return copysign(1, x);
	t = expm1(2 * __builtin_fabs(x));
	return copysign(t / (t + 2), x);
}

double asinh(double x)
{
	double a = __builtin_fabs(x);

	if (!isfinite(x))
		return x;
	if (a > 1e8)
		return copysign(__builtin_log(a) + M_LN2, x);
	return copysign(log1p(a + a * a / (1 + __builtin_sqrt(a * a + 1))), x);
}

double acosh(double x)
{
	if (x < 1)
		return set_error(NAN, EDOM);
	if (x > 1e8)
		return __builtin_log(x) + M_LN2;
	return log1p((x - 1) + __builtin_sqrt((x - 1) * (x - 1) + 2 * (x - 1)));
}

double atanh(double x)
{
	double a = __builtin_fabs(x);

	if (a > 1)
		return set_error(NAN, EDOM);
	if (a == 1)
		return set_error(copysign(HUGE_VAL, x), ERANGE);
	return copysign(log1p(2 * a / (1 - a)) / 2, x);
}
