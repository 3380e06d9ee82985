// Bit counts and byte swaps, of constants and at run time.
// expect: 8 1 31 3 4 0
// expect: 8 1 31 3 4 0
// expect: 40 63 32 33 1
// expect: 3412 78563412 efcdab8967452301
// expect: 0 0
#include <stdio.h>

int main(void)
{
	volatile unsigned int x = 255, one = 1, eight = 8;
	volatile unsigned long wide = 0xffffffffff, low = 1, bit = 1UL << 32;
	volatile unsigned long swap = 0x0123456789abcdef;

	printf("%d %d %d %d %d %d\n", __builtin_popcount(255), __builtin_parity(7), __builtin_clz(1), __builtin_ctz(8), __builtin_ffs(8), __builtin_ffs(0));
	printf("%d %d %d %d %d %d\n", __builtin_popcount(x), __builtin_parity(eight - one), __builtin_clz(one), __builtin_ctz(eight),
		__builtin_ffs((int)eight), __builtin_ffs((int)(one - 1)));
	printf("%d %d %d %d %d\n", __builtin_popcountl(wide), __builtin_clzl(low), __builtin_ctzll(bit), __builtin_ffsl((long)bit), __builtin_parityl(bit));
	printf("%x %x %lx\n", __builtin_bswap16((unsigned short)0x1234), __builtin_bswap32(0x12345678), __builtin_bswap64(swap));
	printf("%d %d\n", __builtin_bswap32(x) != 0xff000000, __builtin_popcount((int)(one - 1)));
	return 0;
}
