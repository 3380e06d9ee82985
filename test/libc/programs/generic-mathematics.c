// tgmath.h: the function follows the types of its arguments.
#include <stdio.h>
#include <tgmath.h>

int main(void)
{
	float f = 2;
	double d = 2;
	long double l = 2;
	int i = 2, exponent;

	printf("%zu %zu %zu %zu\n", sizeof sqrt(f), sizeof sqrt(d), sizeof sqrt(l), sizeof sqrt(i));
	printf("%zu %zu %zu %zu\n", sizeof pow(f, f), sizeof pow(f, d), sizeof pow(l, f), sizeof pow(f, i));
	printf("%.9g %.17g %.17g\n", (double)sqrt(f), sqrt(d), pow(i, 0.5f));
	printf("%.9g ", (double)frexp(f, &exponent));
	printf("%d %ld %.9g\n", exponent, lround(2.5f), (double)fma(f, f, f));
	printf("%.6g %.6g\n", (double)sin(cos(f)), (double)fmax(f, l));
	return 0;
}
