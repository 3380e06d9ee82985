/* Counting bits: what __builtin_popcount and its like call, under libgcc's names. */
#include "internal.h"

extern int __popcountdi2(unsigned long x), __paritydi2(unsigned long x), __ctzdi2(unsigned long x);
extern int __clzdi2(unsigned long x), __ffsdi2(unsigned long x);

int __popcountdi2(unsigned long x)
{
	x -= x >> 1 & 0x5555555555555555;
	x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return (int)(x * 0x0101010101010101 >> 56);
}

int __paritydi2(unsigned long x)
{
	return __popcountdi2(x) & 1;
}

/** 64 for 0, which C leaves undefined. */
int __ctzdi2(unsigned long x)
{
	return __popcountdi2(~x & (x - 1));
}

int __clzdi2(unsigned long x)
{
	x |= x >> 1;
	x |= x >> 2;
	x |= x >> 4;
	x |= x >> 8;
	x |= x >> 16;
	x |= x >> 32;
	return 64 - __popcountdi2(x);
}

int __ffsdi2(unsigned long x)
{
	return x ? __ctzdi2(x) + 1 : 0;
}
