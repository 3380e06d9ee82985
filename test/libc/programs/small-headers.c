// uchar.h, fenv.h, float.h, iso646.h, stdalign.h, inttypes.h and what math.h says of special numbers.
#include <fenv.h>
#include <float.h>
#include <inttypes.h>
#include <iso646.h>
#include <math.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdnoreturn.h>
#include <stdlib.h>
#include <uchar.h>

static int calls;

static double next(void)
{
	calls++;
	return -HUGE_VAL;
}

static noreturn void leave(void)
{
	exit(0);
}

int main(void)
{
	char16_t narrow = u'x';
	char32_t wide = U'y', read;
	mbstate_t state = { 0 };
	char bytes[2] = "";
	size_t length = mbrtoc32(&read, "ab", 2, &state);

	printf("%d %d %zu %c %zu\n", narrow, (int)wide, length, (int)read, c16rtomb(bytes, u'z', &state));
	printf("%d %d %d %d\n", fegetround() == FE_TONEAREST, fesetround(FE_TONEAREST), feclearexcept(FE_ALL_EXCEPT), fetestexcept(FE_ALL_EXCEPT));
	printf("%d %zu %d %d\n", DECIMAL_DIG, sizeof(long double), DBL_HAS_SUBNORM, FLT_EVAL_METHOD);
	printf("%f %f %Lf %d %d\n", HUGE_VAL, (double)HUGE_VALF, HUGE_VALL, isinf(next()), isinf(1.0));
	printf("%d %d %d %d\n", calls, isnormal(1e-40f), isnormal(1e-40), fpclassify(1e-40f) == FP_SUBNORMAL);
	printf("%d %d\n", isunordered(NAN, 1.0), islessgreater(2.0, next()));
	printf("%d %a %a\n", (5 bitand 4) and not 0, (double)nexttowardf(1.0f, 1.0L + DBL_EPSILON), nexttoward(1.0, 2.0L));
	printf("%" PRId64 " %" PRIxPTR " %" PRIuFAST16 "\n", (int64_t)-5, (uintptr_t)255, (uint_fast16_t)7);
	printf("%zu\n", alignof(long double));
	leave();
}
