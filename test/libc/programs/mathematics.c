// math.h: exact functions in full, the others to nine digits; classification, rounding and errno.
#include <errno.h>
#include <math.h>
#include <stdio.h>

int main(void)
{
	static const double values[] = { 0, 0.5, 1, 1.5, 2.5, -0.5, -1.5, -2.5, 3.7, -3.7, 1e15, 4503599627370497.5, 1e300, 1e-310, 100.25 };
	double whole, x;
	int i, exponent, quotient;

	for (i = 0; i < 15; i++) {
		x = values[i];
		printf("%g: %g %g %g %g %g %ld %ld", x, floor(x), ceil(x), trunc(x), round(x), rint(x), lround(fmod(x, 1e9)), lrint(fmod(x, 1e9)));
		printf(" %.17g", frexp(x, &exponent));
		printf(" %d %g", exponent, modf(x, &whole));
		printf(" %g %.17g %.17g", whole, ldexp(x, -30), nextafter(x, 1000));
		printf(" %g", remquo(x, 0.7, &quotient));
		printf(" %d %g %g %d\n", quotient & 7, fabs(x), copysign(2, x), fpclassify(x));
	}
	for (i = 0; i < 15; i++) {
		x = fmod(fabs(values[i]), 10) + 0.1;
		printf("%.9g %.9g %.9g %.9g %.9g %.9g ", sqrt(x), cbrt(x), exp(x), exp2(x), expm1(x), log(x));
		printf("%.9g %.9g %.9g %.9g %.9g %.9g ", log10(x), log2(x), log1p(x), sin(x), cos(x), tan(x));
		printf("%.9g %.9g %.9g %.9g %.9g %.9g ", atan(x), asin(x / 11), acos(x / 11), sinh(x), cosh(x), tanh(x));
		printf("%.9g %.9g %.9g %.9g %.9g ", asinh(x), acosh(x + 1), atanh(x / 11), atan2(x, -2), hypot(x, 3));
		printf("%.9g %.9g %.9g %.9g %.9g\n", pow(x, 2.5), erf(x), erfc(x), tgamma(x), lgamma(x));
	}
	errno = 0;
	printf("%d ", isnan(sqrt(-1.0 * values[2])) != 0);
	printf("%d ", errno == EDOM);
	errno = 0;
	printf("%d ", isinf(log(values[0])));
	printf("%d ", errno == ERANGE);
	errno = 0;
	printf("%d ", isinf(exp(values[10])));
	printf("%d\n", errno == ERANGE);
	printf("%g %g %g %g\n", pow(values[2], NAN), pow(NAN, 0), pow(-1, INFINITY), fmax(NAN, 2));
	printf("%.17g %.17g %.9g\n", fma(0.1, 10, -1), fma(3, 4, 5), (double)sqrtf(2.0f));
	return 0;
}
