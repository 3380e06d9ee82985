// float and double, and printf's ways to show them.
// expect: 3.141590 3.14 3.1e+00 3.14159
// expect: 0.333333 0.333333343
// expect: 1e+20 100000 1e-05 0.0001
// expect: 2 -2 3
// expect: inf -inf 1
// expect: 2.000000 1024.000000 0.5000
// expect:    1.50|1.50   |+1.5|0001.5
#include <math.h>
#include <stdio.h>

int main(void)
{
	double pi = 3.14159;
	volatile double zero = 0;
	float third = 1.0f / 3;

	printf("%f %.2f %.1e %g\n", pi, pi, pi, pi);
	printf("%f %.9f\n", 1.0 / 3, third);
	printf("%g %g %g %g\n", 1e20, 1e5, 1e-5, 1e-4);
	printf("%d %d %d\n", (int)2.9, (int)-2.9, (int)(2.5 + 0.5));
	printf("%f %f %d\n", 1 / zero, -1 / zero, zero / zero != zero / zero);
	printf("%f %f %.4f\n", sqrt(4), pow(2, 10), fabs(-0.5));
	printf("%7.2f|%-7.2f|%+.1f|%06.1f\n", 1.5, 1.5, 1.5, 1.5);
	return 0;
}
