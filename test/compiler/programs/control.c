// Control flow and calls: switch, goto, short circuit, function pointers, varargs, longjmp, atomics. Expected values: gcc 12 -O0 -fwrapv on x86-64.
// expect:
// 1 2 3 4 5 5 6 6 0 0 7 0 0 1 1 12 12 3 10 10 0 0 0 0 1230 4 12345 1 2 3 4 5 6 7 8 9 0 4510 103546
// 335 527 0 1001 1110 1001 0 1001 1010 1001 2099 16 0 3 10 1 1 1 1000123 -5000005 85899347815 0
// 5000 9 21 21 33 46 10 88 75 -2064769488 43 30 2 10 1 9 2 3 0 -128 65535 1 0 4 0 -5 120 5666816
// 135 0 1 0 4294967295 1 1 1 305419902 305419902 9 0 0 200 255 -5 9 0

static int sparse(int x) {
	switch (x) {
		case -1000: return 1;
		case 5: return 2;
		case 70000: return 3;
		case 1 << 30: return 4;
		case 12: case 13: return 5;
		case 100 ... 200: return 6;
		case -5: return 7;
		default: return 0;
	}
}
static int dense(unsigned char c) {
	int r = 0;
	switch (c) {
		case '0' ... '9': r = 1;
		break;
		case 'a' ... 'f': r = 2;
		case 'A' ... 'F': r += 10;
		break;
		case ' ': r = 3;
	}
	return r;
}
static int big(long x) {
	switch (x) {
		case 0x100000000L: return 1;
		case 1: return 2;
		case -1: return 3;
		case 0x7fffffffffffffffL: return 4;
	}
	return 0;
}
static int uns(unsigned x) {
	switch (x) {
		case 0xffffffffu: return 1;
		case 0x80000000u: return 2;
		case 0: return 3;
		case 0x7ffffff0u ... 0x7fffffffu: case 0x80000001u ... 0x8000000fu: return 4;
	}
	return 5;
}
static int duff(int n) {
	int c = 0, k = (n + 3) / 4;
	switch (n % 4) {
		case 0: do {
			c++;
			case 3: c++;
			case 2: c++;
			case 1: c++;
		} while (--k > 0);
	}
	return c;
}
static int jumps(int n) {
	int i = 0, s = 0;
	goto test;
	loop: s += i;
	i++;
	if (i == 3) goto test;
	if (s > 1000) goto done;
	test: if (i < n) goto loop;
	done: return s * 100 + i;
}
static int nested(int n) {
	int s = 0;
	for (int i = 0; i < n; i++) {
		for (int j = 0; ; j++) {
			if (j > i) break;
			if ((i + j) % 3 == 0) continue;
			s += i * j;
			if (s > 500) goto out;
		}
		switch (i) {
			case 2: continue;
			case 4: break;
			default: s++;
		}
		s += 2;
	}
	out: return s;
}
static int logic(int a, int b, int c) {
	int n = 0;
	int r = (a && ++n) || (b && (n += 10)) && (c || (n += 100));
	return r * 1000 + n;
}
static int ternary(int a) {
	return a < 0 ? -1 : a == 0 ? 0 : a > 100 ? 2 : 1;
}
static long apply(long (*f)(long, long), long a, long b) {
	return f(a, b) + (*f)(b, a) + (**f)(1, 1);
}
static long add(long a, long b) {
	return a + b;
}
static long sub(long a, long b) {
	return a - b;
}
static long (*const ops[])(long, long) = {add, sub, &add};
typedef int (*predicate)(int);
static int odd(int x) {
	return x & 1;
}
static int even(int x) {
	return !odd(x);
}
static predicate choose(int n) {
	return n ? odd : even;
}
static int count(int n, ...) {
	__builtin_va_list a, b;
	int s = 0;
	__builtin_va_start(a, n);
	__builtin_va_copy(b, a);
	while (n--) s = s * 10 + __builtin_va_arg(a, int);
	s += __builtin_va_arg(b, int) * 1000000;
	__builtin_va_end(a);
	__builtin_va_end(b);
	return s;
}
struct three {
	int a, b, c;
} ;
static double various(const char *kinds, ...) {
	__builtin_va_list a;
	double s = 0;
	__builtin_va_start(a, kinds);
	for (; *kinds; kinds++) switch (*kinds) {
		case 'i': s += __builtin_va_arg(a, int);
		break;
		case 'l': s += __builtin_va_arg(a, long);
		break;
		case 'd': s += __builtin_va_arg(a, double);
		break;
		case 's': s += *__builtin_va_arg(a, char *);
		break;
		case 't': {
			struct three t = __builtin_va_arg(a, struct three);
			s += t.a * 100 + t.b * 10 + t.c;
		}
	}
	__builtin_va_end(a);
	return s;
}
static int depth(int n) {
	return n == 0 ? 0 : 1 + depth(n - 1);
}
static int ackermann(int m, int n) {
	return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}
static long buffer[8];
static int tries;
static void deep(int n) {
	char pad[100];
	pad[0] = n;
	if (n == 0) __builtin_longjmp(buffer, 1);
	deep(n - pad[0] / pad[0]);
	report(-1);
}
static int protect(void) {
	volatile int v = 1;
	int keep = 5;
	if (__builtin_setjmp(buffer) == 0) {
		v = 2;
		keep += 2;
		tries++;
		deep(5);
	}
	return v * 10 + tries + keep * 0;
}
static int counter(void) {
	static int n = 10;
	static long m;
	m += n;
	return ++n + (int)m;
}
static int stmt(int x) {
	return ({ int y = x * 2; if (y > 10) y -= 3; y + 1; }) + ({ x; });
}
static void nothing(void) {
}
static int many(int a, char b, short c, long d, unsigned char e, _Bool f, unsigned g, long h, int i, int j) {
	return a + b * 2 + c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10;
}
int main(void) {
	int xs[] = {-1000, 5, 70000, 1 << 30, 12, 13, 100, 200, 201, 99, -5, 0, 6};
	for (unsigned i = 0; i < sizeof xs / sizeof *xs; i++) report(sparse(xs[i]));
	for (const char *p = "09af AFgz/:"; *p; p++) report(dense(*p));
	report(big(0x100000000L) * 1000 + big(1) * 100 + big(-1) * 10 + big(0));
	report(big(0x7fffffffffffffffL));
	report(uns(-1) * 10000 + uns(0x80000000u) * 1000 + uns(0) * 100 + uns(0x7fffffffu) * 10 + uns(0x80000010u));
	for (int i = 1; i < 10; i++) report(duff(i));
	report(jumps(0));
	report(jumps(10));
	report(jumps(100));
	report(nested(8));
	report(nested(40));
	for (int i = 0; i < 8; i++) report(logic(i & 1, i & 2, i & 4));
	report(ternary(-5) + ternary(0) * 10 + ternary(50) * 100 + ternary(500) * 1000);
	report(apply(add, 3, 4));
	report(apply(ops[1], 3, 4));
	report(ops[2](1, 2));
	report(choose(1)(3) * 10 + choose(0)(3));
	predicate f = odd;
	report(f == &odd);
	report(f != even);
	report(f ? 1 : 0);
	report(count(3, 1, 2, 3));
	report(count(1, -5));
	struct three t = {1, 2, 3};
	report((long)(various("ildst", -1, 1L << 33, 2.5, "A", t) * 10));
	report((long)various(""));
	report(depth(5000));
	report(ackermann(2, 3));
	report(protect());
	report(counter());
	report(counter());
	report(counter());
	report(stmt(3));
	report(stmt(30));
	nothing();
	(void)counter();
	report(counter());
	report(many(1, 'a', -3, 1L << 35, 255, 1, 4000000000u, -8, 9, 10));
	int i = 5;
	i = i++ * 2 + 1 > 3 ? i : 0;
	int a = 3, b = 4;
	a ^= b, b ^= a, a ^= b;
	report(a * 10 + b);
	report((a = 5, b = a + 1, a * b));
	do {
		i--;
		if (i == 2) break;
	} while (i);
	report(i);
	for (;;) {
		if (++i > 9) break;
	}
	report(i);
	while (1) {
		if (i-- < 3) break;
		else continue;
	}
	report(i);
	do report(9);
	while (0);
	if (0) report(1);
	else report(2);
	for (i = 0; i < 3; i++);
	report(i);
	unsigned char uc = 255;
	uc++;
	report(uc);
	signed char sc = 127;
	sc++;
	report(sc);
	unsigned short us = 0;
	us--;
	report(us);
	_Bool bo = 5;
	bo++;
	report(bo);
	bo--;
	report(bo);
	long l = 5;
	l = -l;
	report(~l);
	report(!l);
	report(-(-l));
	int lo = 0x12345678;
	report((char)lo);
	report((short)lo << 8);
	report((unsigned char)~lo);
	report(-1 < 0u);
	report(-1L < 0u);
	report((unsigned char)-1 < 0);
	report(1 ? -1 : 0u);
	report(sizeof(char) - 2 > 0);
	report((lo >> 4 & 15) == 7);
	report(lo & 1 << 3 ? 1 : 2);
	__sync_fetch_and_add(&lo, 5);
	report(__sync_add_and_fetch(&lo, 1));
	report(__sync_val_compare_and_swap(&lo, 0x1234567e, 9));
	report(lo);
	report(__sync_bool_compare_and_swap(&lo, 8, 1));
	report(__atomic_exchange_n(&uc, 200, 5));
	report(__atomic_fetch_sub(&uc, 201, 5));
	report(uc);
	report(__atomic_load_n(&l, 0));
	report(__sync_lock_test_and_set(&lo, 1));
	__sync_lock_release(&lo);
	report(lo);
	return 0;
}
