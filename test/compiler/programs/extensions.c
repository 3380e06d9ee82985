// Old C and GNU C: definitions without prototypes, computed goto, packing, characters of 16 and 32 bits, sizes that only
// run time knows, 16-byte long double. Expected values: gcc 12 -O0 on x86-64.
// expect:
// 4 44030074 6 98 7 18 8 10 6 357913942 0 -3 -12345678 -77 1 -3 -37037034 -81 21 8 55358 129300 6 65535 6 20 10
// 27 20 3 4 8 1 1 8 7 15 16 16 9 32 11

int larger(a, b) int a, b; { return a > b ? a : b; }
static long mixed(c, f, s, d) char c; float f; short s; double d; { return c * 1000000 + (long)(f * 2) * 10000 + s % 100 + (long)(d * 4); }
int total(v, n) int v[]; { int sum = 0; while (n--) sum += *v++; return sum; }
int declared(int a, char *b);
int declared(a, b) int a; char *b; { return a + b[0]; }

static int interpret(const unsigned char *pc) {
	static void *const table[] = {&&increment, &&decrement, &&twice, &&halt};
	int value = 0;
	goto *table[*pc++];
increment:
	value++;
	goto *table[*pc++];
decrement:
	value--;
	goto *table[*pc++];
twice:
	value *= 2;
	goto *table[*pc++];
halt:
	return value;
}

#pragma pack(push, 1)
struct header { char kind; int length; double load; unsigned low : 4, high : 30; };
#pragma pack(pop)
struct plain { char kind; int length; };
#pragma pack(2)
struct halves { char kind; long length; };
#pragma pack()
struct __attribute__((packed)) bits { signed char a : 4; int b : 30; short c : 9; unsigned d : 1; };
static struct bits fixed = {-3, -12345678, -77, 1};

#define LIMIT 1
#pragma push_macro("LIMIT")
#undef LIMIT
#define LIMIT 2
static int inner = LIMIT;
#pragma pop_macro("LIMIT")
static int outer = LIMIT;

static unsigned short wide16[] = u"\u03b1\U0001F914";
static unsigned wide32[] = U"\U0001F914x";

static int shape(int n, int a[n][n + 1]) { return sizeof a[0] + a[1][0]; }

struct flags { unsigned small : 2; };

int main(void) {
	int v[] = {1, 2, 3};
	unsigned char code[] = {0, 0, 2, 2, 1, 3};
	report(larger(3, 4)); report(mixed(300, 1.5f, 70000, 2.5)); report(total(v, 3)); report(declared(1, "a"));
	report(interpret(code));
	report(sizeof(struct header)); report(sizeof(struct plain)); report(sizeof(struct halves)); report(sizeof(struct bits));
	struct header h = {1, 2, 3, 15, 0x15555555};
	h.high++; h.low++;
	report(h.high); report(h.low);
	report(fixed.a); report(fixed.b); report(fixed.c); report(fixed.d);
	fixed.b *= 3; fixed.c -= 4;
	report(fixed.a); report(fixed.b); report(fixed.c);
	report(inner * 10 + outer);
	report(sizeof wide16); report(wide16[1]); report(wide32[0]); report(sizeof(u"a" "b")); report(u'\xffff'); report(sizeof U'a' + sizeof u'a');
	int n = 5;
	report(sizeof(int[n])); report(sizeof(char[2][n]));
	int grid[5][6] = {{0}, {3}};
	report(shape(n, grid));
	int (*rows)[n] = (int (*)[n])grid;
	report(sizeof *rows); report(rows[1][1]);
	for (int i = 1; i < 3; i++) report(sizeof(short[i * 2]));
	struct flags f = {0};
	int d = -10;
	report(d < (f.small = 2)); report(d < ++f.small);
	(int){1} = 2;
	int *p = &(int){3};
	report(++*p + (int){4}++);
	int moved, kept = 6;
	asm volatile("" : "=r"(moved) : "0"(kept + 1) : "memory");
	report(moved);
	report((char *)0xffffffffffffffff - (char *)0xfffffffffffffff0);
	report(sizeof(long double)); report(_Alignof(long double));
	long double series[3] = {1, 2.5L, 4};
	report((long)(series[1] * 2 + series[2])); report((char *)&series[2] - (char *)series);
	report(__builtin_isunordered(__builtin_nan(""), 1.0) * 10 + __builtin_isless(1.0, __builtin_inf()));
	return 0;
}
