// The sign of a NaN: an invalid operation gives the negative one, as on x86; NAN is positive; arithmetic keeps it.
// expect: -nan nan -nan -nan
// expect: nan nan nan
// expect: nan -nan nan
// expect: -nan nan
#include <math.h>
#include <stdio.h>

static double zero;

int main(void)
{
	double positive = NAN, negative = -positive;
	printf("%f %f %f %f\n", zero / zero, -(zero / zero), sqrt(zero - 1), INFINITY - INFINITY * (1 + zero));
	printf("%f %f %f\n", NAN, NAN + 1, positive);
	printf("%f %f %f\n", positive * negative, negative, fabs(negative));
	printf("%f %f\n", fmod(1, zero), (float)positive);
	return 0;
}
