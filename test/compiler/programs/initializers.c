// expect:
// 0 1 262147 0 6 1 0 458752 458752 0 1 5 5 5 9
// 0 1 262147 0 6 1 0 458752 458752 0 1 5 5 5 9
// 16 36 4 4096 1 0 1 0 0 2 1 1122 16 1

// What is initialised twice has its later value, and of a union that member only which came last.

void report(long value);

union value { int a; char c; struct { short x, y; } s; long l; };
struct outer { long first; union value u; long last; };
struct pair { int a, b; };
union of_pair { struct pair s; int x; };

#define switched {.l = -1, .c = 1}
#define nested {1, {.l = -1}, 2, .u.s.x = 3, .u.s.y = 4}
#define replaced {.u.a = -1, .u = {.c = 5}, .last = 1, .u.c = 6}
#define repeated {[0 ... 2] = {1, {.l = -1}, 2}, [1].u.c = 4, [0 ... 1] = {.u.s.y = 7}}
#define kept {{1}, .s.b = 5}
#define each {[0 ... 2].b = 5}
#define retold {.text = "abcdefg", .text = "\t"}

static void reportAll(union value *u, struct outer *o, struct outer *r, struct outer *a, union of_pair *k, struct pair *p, char *t) {
	report(u->l >> 8);
	report(u->l);
	report(o->u.l);
	report(o->last - 2);
	report(r->u.l);
	report(r->last);
	report(a[0].first);
	report(a[0].u.l);
	report(a[1].u.l);
	report(a[1].last);
	report(k->s.a);
	report(k->s.b);
	report(p[1].b);
	report(p[2].b);
	report(t[0] + t[1] + t[2] + t[3]);
}

struct text { char text[8]; };
static union value staticSwitched = switched;
static struct outer staticNested = nested, staticReplaced = replaced, staticRepeated[3] = repeated;
static union of_pair staticKept = kept;
static struct pair staticEach[3] = each;
static struct text staticText = retold;

static void automatic(void) {
	union value u = switched;
	struct outer o = nested, r = replaced, a[3] = repeated;
	union of_pair k = kept;
	struct pair p[3] = each;
	struct text t = retold;
	reportAll(&u, &o, &r, a, &k, p, t.text);
}

/* Addresses counted from zero are constants: offsetof as people write it. */
struct shape { int count; int elements[5]; struct { char tag; int inner[3]; } last; };
static unsigned long offsets[] = {
	(unsigned long)&((struct shape *)0)->elements[3],
	(unsigned long)&((struct shape *)0)->last.inner[2],
	(unsigned long)((struct shape *)0)->elements,
};
static int *absolute = &((struct shape *)4084)->elements[2];
_Static_assert((unsigned long)&((struct shape *)0)->elements[3] == 16, "a constant for the compiler, too");

enum early;
static enum early *announced;
enum early { one } eager;
enum late { two } lazy;

int main(void) {
	reportAll(&staticSwitched, &staticNested, &staticReplaced, staticRepeated, &staticKept, staticEach, staticText.text);
	automatic();
	report(offsets[0]);
	report(offsets[1] - 0);
	report(offsets[2]);
	report((long)absolute);
	announced = &eager;
	report(__builtin_types_compatible_p(enum early, unsigned));
	report(__builtin_types_compatible_p(enum early, enum late));
	report(__builtin_types_compatible_p(__typeof__(*announced), enum early));
	report(__builtin_types_compatible_p(enum early *, enum late *));
	report(__builtin_types_compatible_p(enum early, int));
	report(_Generic(eager, enum late: 1, enum early: 2));
	report(_Generic(lazy, enum late: 1, enum early: 2));

	/* What a range repeats is evaluated once. */
	int count = 0;
	int ranges[] = {[0 ... 1] = ++count, [2 ... 3] = ++count};
	report(ranges[0] * 1000 + ranges[1] * 100 + ranges[2] * 10 + ranges[3]);
	_Alignas(16) int aligned = 0;
	report(__alignof__(aligned) + aligned);
	report(_Generic(1 ? (int (*)[])0 : (int (*)[4])0, int (*)[4]: 1, int (*)[5]: 2));
	return 0;
}
