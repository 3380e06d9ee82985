// Arithmetic that tells of overflow, classes of floating-point numbers, and long doubles as arguments.
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static long values[] = {0, 1, -1, 2, -2, 127, 128, -128, -129, 255, 256, 32767, -32768, 65535, INT_MAX, INT_MIN, UINT_MAX,
	LONG_MAX, LONG_MIN, 4294967296L, 3037000500L, -3037000500L};

#define MIX(operation) \
	overflows = __builtin_##operation##_overflow(a, b, &result); \
	hash = hash * 31 + overflows * 7 + (unsigned long)result
#define TRY(left, right, to) \
	for (int i = 0; i < 22; i++) \
		for (int j = 0; j < 22; j++) { \
			left a = values[i]; \
			right b = values[j]; \
			to result = 0; \
			bool overflows; \
			MIX(add); \
			MIX(sub); \
			MIX(mul); \
		} \
	printf(#left ", " #right " to " #to ": %lx\n", hash)

static long double sum(int n, ...)
{
	long double total = 0;
	va_list list;
	va_start(list, n);
	while (n--)
		total += va_arg(list, long double);
	total += va_arg(list, int);
	va_end(list);
	return total;
}

int main(void)
{
	unsigned long hash = 1;
	TRY(int, int, int);
	TRY(int, unsigned, int);
	TRY(unsigned, unsigned, unsigned);
	TRY(long, long, long);
	TRY(unsigned long, unsigned long, unsigned long);
	TRY(long, unsigned long, int);
	TRY(char, short, signed char);
	TRY(unsigned char, long, unsigned short);
	TRY(unsigned long, long, long);
	int i;
	printf("%d\n", __builtin_sadd_overflow(INT_MAX, 1, &i));
	printf("%d\n", i);

	volatile double nan = NAN, infinity = INFINITY, number = 1.5, tiny = 1e-310, zero = -0.0;
	printf("%d%d%d%d%d\n", __builtin_isnan(nan), !!__builtin_isinf(-infinity), __builtin_isfinite(number),
		__builtin_isnormal(tiny), !!__builtin_signbit(zero));
	printf("%d%d%d%d\n", __builtin_isgreater(nan, number), __builtin_isless(number, infinity),
		__builtin_isunordered(nan, number), __builtin_islessgreater(number, infinity));

	struct { char c; long double d; int i; } record = {'a', 7.5L, 9};
	printf("%zu %Lf %d %Lf %s %Lg\n", sizeof record, record.d, record.i, sum(3, 1.5L, 2.5L, 3.0L, 10), "x", 0.25L);
	return 0;
}
