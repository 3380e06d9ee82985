// expect:
// 1099511627520 0 1 0 1 1099511627776 1099511627776 8589934590 8589934592 -10 0 1 68719476735 16 8589934590

// Arithmetic on bit-fields wider than int has the bits of the field, as gcc does it.

void report(long value);

struct fields { unsigned long a : 40, b : 33; long c : 48; unsigned long d : 63; unsigned e : 20; };
static struct fields x = {0xffffffffffUL, 0x1ffffffffUL, -5, ~0UL >> 1, 7};

int main(void) {
	volatile struct fields v = x;
	unsigned long one = 1;
	report(v.a << 8);
	report(v.a + 1);
	report(v.a * v.a);
	report(~v.b);
	report(-v.a);
	report(v.a + one);
	report(v.a + 1L);
	report(v.a + v.b);
	report(v.b - v.a);
	report(v.c * 2L);
	report(v.d + 1);
	report(v.a + 1 == 0);
	report((v.a << 4) >> 4);
	x.a += 5;
	x.b <<= 1;
	report(x.a * (v.e ? x.a : v.b));
	report(x.b);
	return 0;
}
