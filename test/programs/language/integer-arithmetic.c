// Integers of all widths wrap, extend and divide as on x86-64.
// expect: 255 -1 65535 -1
// expect: -128 127
// expect: 4294967295 -2147483648
// expect: 18446744073709551615 -9223372036854775808
// expect: -3 -1 3 1
// expect: -2 2147483647
// expect: 1 0 1
// expect: 6148914691236517205 2
// expect: -5465701947765793
#include <limits.h>
#include <stdio.h>

int main(void)
{
	unsigned char uc = -1;
	signed char sc = uc;
	unsigned short us = -1;
	short s = us;

	printf("%d %d %d %d\n", uc, sc, us, s);
	char c = 127;
	c++;
	printf("%d %d\n", c, (char)(c - 1));
	printf("%u %d\n", UINT_MAX, INT_MIN);
	printf("%lu %ld\n", ULONG_MAX, LONG_MIN);
	printf("%d %d %d %d\n", -7 / 2, -7 % 2, 7 / 2, 7 % 2);
	printf("%d %u\n", -4 >> 1, 0xfffffffeu >> 1);
	printf("%d %d %d\n", (unsigned)-1 > 0u, -1 > 0, (unsigned char)-1 > 0u);
	unsigned long third = ULONG_MAX / 3;
	printf("%lu %lu\n", third, (third * 3 + 3) % ULONG_MAX + 1 - 1);
	unsigned long factor = 0x123456789abcdef, product = factor * 0x1111111111111111;
	printf("%ld\n", (long)product);
	return 0;
}
