// Floating point: arithmetic, conversions, NaN. Expected values: gcc 12 -O0 -fwrapv on x86-64.
// expect:
// 250 37300000 -875 450 750 300 150 0 1 0 1 0 1 1 0 2 6 -3 3000000000 -1000000000000000000
// -3446744073709551616 100 200 -300 16777216 123456790519087104 4611686018427387904 0 4000000000
// 4000000000 -20000000000 15 15 -5 66 1 1152921504606846976 20 20 3 -200 600 60 110 1 1 0 1 4 8
// 2187 1000000 15 -15 1414213562 1414213562 -3

static double half(double x) {
	return x / 2;
}
static float single(float a, float b) {
	float c = a;
	c *= b;
	c += 0.1f;
	return c;
}
static double mix(int i, float f, double d, long l) {
	return i + f * d - l;
}
struct point {
	float x, y;
	double z;
} ;
static struct point scale(struct point p, double k) {
	p.x *= k;
	p.y = p.y * k;
	p.z /= k;
	return p;
}
static double table[3] = {1.5, -2.25, 1e10};
static float singles[3] = {0.1f, 3, 7.5f};
int main(void) {
	report((long)(half(5) * 100));
	report((long)(single(1.1f, 3.3f) * 1e7));
	report((long)(mix(3, 2.5f, 1.25, 7) * 1000));
	struct point p = {1.5f, 2.5f, 9};
	struct point q = scale(p, 3);
	report((long)(q.x * 100));
	report((long)(q.y * 100));
	report((long)(q.z * 100));
	report((long)(p.x * 100));
	double nan = 0.0 / 0.0, inf = 1e308 * 10;
	report(nan == nan);
	report(nan != nan);
	report(nan < 1);
	report(!(nan < 1));
	report(nan >= 1);
	report(inf > 1e300);
	if (nan) report(1);
	else report(0);
	if (!nan) report(1);
	else report(0);
	if (!(nan > 0)) report(2);
	if (nan > 0 || nan <= 0) report(3);
	if (0.0) report(4);
	if (-0.0) report(5);
	if (0.5 && 0.25f) report(6);
	report((int)-3.99);
	report((unsigned)3e9);
	report((long)-1e18);
	report((unsigned long)1.5e19);
	report((char)100.7);
	report((unsigned char)200.9);
	report((short)-300.5);
	report((long)(float)16777217);
	report((long)(float)123456789012345678L);
	report((long)((double)0x8000000000000000UL / 2));
	report((long)(float)0xfffffffffffffbffUL == 0);
	unsigned u = 4000000000u;
	report((long)(double)u);
	report((long)((float)u));
	report((long)((double)-5 * u));
	int i = 10;
	i *= 1.5;
	report(i);
	i += 0.9;
	report(i);
	i -= 20.5;
	report(i);
	char c = 100;
	c += 50.5;
	unsigned char uc = 200;
	uc /= 3.0f;
	report(uc);
	report(c < 0);
	long l = 1L << 60;
	l += 1.0;
	report(l);
	float f = 1;
	f++;
	++f;
	f--;
	report((long)(f * 10));
	double d = f++;
	report((long)(d * 10));
	report((long)f);
	table[1] += 0.25;
	report((long)(table[1] * 100));
	singles[i & 1] *= 2;
	report((long)(singles[1] * 100));
	float *fp = singles;
	*fp++ += 1;
	report((long)(*fp * 10));
	report((long)(singles[0] * 100));
	_Bool b = 0.1;
	report(b);
	b = nan;
	report(b);
	report(0.1f == 0.1);
	report((float)0.1 == 0.1f);
	report(sizeof(1.0f * 1));
	report(sizeof(1.0f * 1.0));
	double s = 0;
	for (double x = 0; x < 1; x += 0.125) s += x * x;
	report((long)(s * 1000));
	float fs = 0;
	for (int k = 0; k < 100; k++) fs += 0.1f;
	report((long)(fs * 100000));
	double m = 5 > 3 ? 1.5 : 2;
	report((long)(m * 10));
	m = -m;
	report((long)(m * 10));
	report((long)(__builtin_sqrt(2) * 1e9));
	report((long)(__builtin_pow(2, 0.5) * 1e9));
	report((long)__builtin_floor(-2.5));
	return 0;
}
