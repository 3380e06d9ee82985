/* The error and gamma functions (erf(3), tgamma(3), lgamma(3)). */
#include "internal.h"
#include <math.h>

/* erf by its series for small x. */
static double erf_series(double x)
{
	double term = x, sum = x;
	int n;

	for (n = 1; n < 200; n++) {
		term *= -x * x / n;
		sum += term / (2 * n + 1);
		if (fabs(term) < 1e-17 * fabs(sum))
			break;
	}
	return M_2_SQRTPI * sum;
}

/* erfc by its continued fraction for large positive x. */
static double erfc_fraction(double x)
{
	double f = 0;
	int n;

	for (n = 200; n > 0; n--)
		f = n / 2.0 / (x + f);
	return exp(-x * x) / (x + f) * M_2_SQRTPI / 2;
}

double erf(double x)
{
	if (x != x)
		return x;
	if (fabs(x) < 2)
		return erf_series(x);
	if (fabs(x) > 6)
		return copysign(1, x);
	return copysign(1 - erfc_fraction(fabs(x)), x);
}

double erfc(double x)
{
	if (x != x)
		return x;
	if (x < 2)
		return 1 - erf(x);
	return x > 27.3 ? 0 : erfc_fraction(x);
}

/* Lanczos's approximation, g = 607/128. */
static double lanczos_sum(double x)
{
	static const double c[15] = {
		0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978,
		.33994649984811888699e-4, .46523628927048575665e-4, -.98374475304879564677e-4, .15808870322491248884e-3,
		-.21026444172410488319e-3, .21743961811521264320e-3, -.16431810653676389022e-3, .84418223983852743293e-4,
		-.26190838401581408670e-4, .36899182659531622704e-5
	};
	double sum = c[0];
	int i;

	for (i = 1; i < 15; i++)
		sum += c[i] / (x + i);
	return sum;
}

double tgamma(double x)
{
	double t, result = 1;
	int i;

	if (x != x || x == HUGE_VAL)
		return x;
	if (x == 0) {
		errno = ERANGE;
		return copysign(HUGE_VAL, x);
	}
	if (x < 0 && (floor(x) == x || isinf(x))) {
		errno = EDOM;
		return NAN;
	}
	if (floor(x) == x && x <= 24) {
		for (i = 2; i < (int)x; i++)
			result *= i;
		return result;
	}
	if (x < 0.5)
		return M_PI / (sin(M_PI * x) * tgamma(1 - x));
	if (x > 171.7) {
		errno = ERANGE;
		return HUGE_VAL;
	}
	x -= 1;
	t = x + 607.0 / 128.0 + 0.5;
	result = pow(t, (x + 0.5) / 2);
	return sqrt(2 * M_PI) * result * exp(-t) * result * lanczos_sum(x);
}

double lgamma(double x)
{
	double t;

	signgam = 1;
	if (x != x)
		return x;
	if (isinf(x))
		return HUGE_VAL;
	if (x <= 0 && floor(x) == x) {
		errno = ERANGE;
		return HUGE_VAL;
	}
	if (x == 1 || x == 2)
		return 0;
	if (x < 0.5) {
		t = sin(M_PI * x);
		signgam = t < 0 ? -1 : 1;
		t = log(M_PI / fabs(t));
		x = 1 - x;
		return t - (x == 1 ? 0 : log(fabs(tgamma(x) < HUGE_VAL ? tgamma(x) : 1)));
	}
	x -= 1;
	t = x + 607.0 / 128.0 + 0.5;
	return 0.5 * log(2 * M_PI) + (x + 0.5) * log(t) - t + log(lanczos_sum(x));
}

double gamma(double x)
{
	return lgamma(x);
}
