// Objects in memory: arrays, records, pointers, strings, variable length arrays. Expected values: gcc 12 -O0 -fwrapv on x86-64.
// expect:
// 110 40 6 19 9 42 119 1 102 6 111 10 4 63 350 9 3 1 5 0 0 15 6 4 9410 1 9 106 9 100 121 10 22 99 3
// 124 4202 145 1065353216 63 -120 21862 17 1234605619298697215 6 8 4 114 3298534883328 -3 259
// -25536 -51071 77 102 121 113 5 0 6 3 77 14 16

typedef unsigned long size_t;
struct list {
	int value;
	struct list *next;
} ;
struct inner {
	char tag;
	short pair[2];
} ;
struct outer {
	struct inner in[2];
	union {
		int i;
		char c[4];
		float f;
	} u;
	struct {
		int anonymous;
		long deep;
	} ;
	int last;
} ;
static struct outer global = {{{'a', {1, 2}}, {'b', {3, 4}}}, {.i = 0x01020304}, {5, 6}, 7};
static struct outer *pointer = &global;
static int matrix[3][4] = {{1, 2, 3, 4}, {5, 6}, {[3] = 9}};
static const char *names[] = {"zero", "one", "two", [4] = "four"};
static int *inside = &matrix[1][2];
static char text[] = "hello";
static char big[10] = "hi";
static int sum(int *a, int n) {
	int s = 0;
	while (n-- > 0) s += *a++;
	return s;
}
static void swap(int *a, int *b) {
	int t = *a;
	*a = *b;
	*b = t;
}
static size_t length(const char *s) {
	const char *p = s;
	while (*p) p++;
	return p - s;
}
static struct inner make(int n) {
	struct inner r = {.tag = n, .pair = {n + 1, n + 2}};
	return r;
}
static int total(struct inner a, struct outer b, int c) {
	a.tag++;
	b.last += 100;
	return a.tag + a.pair[1] + b.last + b.u.c[0] + c;
}
static int vla(int n) {
	int a[n], s = 0;
	int b[n][n + 1];
	for (int i = 0; i < n; i++) {
		a[i] = i * i;
		for (int j = 0; j <= n; j++) b[i][j] = i * j;
	}
	for (int i = 0; i < n; i++) s += a[i] + b[i][n];
	return s + (int)sizeof a + (int)sizeof b[0];
}
static int dynamic(int n) {
	int s = 0;
	for (int k = 1; k < n; k++) {
		char buffer[k * 1000];
		buffer[k] = k;
		if (k == 3) continue;
		if (k == 90) break;
		s += buffer[k];
	}
	again: {
		char x[n];
		x[0] = n;
		s += x[0];
		if (s < 0) goto out;
		if (s < 4200) goto again;
	}
	out: return s;
}
static int compound(int n) {
	int *p = (int[]){n, n + 1, n + 2};
	struct inner *q = &(struct inner){
		'z', {n, 8}
	} ;
	return p[2] + q->pair[0] + q->tag + sum((int[4]){1, 2, [3] = n}, 4);
}
int main(void) {
	report(global.in[1].pair[0] + pointer->in[0].tag + global.u.c[0] + global.deep);
	report(sizeof(struct outer));
	report(sizeof(struct inner));
	report(matrix[1][1] + matrix[2][3] + *inside + matrix[0][3]);
	int i = 2;
	report(matrix[i][i + 1]);
	matrix[i - 1][i] = 42;
	report(*inside);
	report(names[i][1]);
	report(names[3] == 0);
	report(names[4][0]);
	report(sizeof text);
	report(text[4]);
	report(big[2] + big[9] + sizeof big);
	report(length(names[4]));
	report(sum(matrix[0], 8));
	int a[5] = {5, 4, 3};
	swap(&a[0], &a[2]);
	report(a[0] * 100 + a[2] * 10 + a[4]);
	int *p = a + 1;
	report(p[-1] + *(p + 1) + (p - a));
	report(&a[4] - p);
	report(p < a + 2);
	report(*++p);
	report(p[1]++);
	report(--p[1]);
	report((*p)++ + 10);
	report(*p--);
	report(*p);
	struct list nodes[4] = {{0}};
	struct list *head = 0;
	for (int k = 0; k < 4; k++) {
		nodes[k].value = k * k;
		nodes[k].next = head;
		head = &nodes[k];
	}
	long s = 0;
	for (struct list *n = head; n; n = n->next) s = s * 10 + n->value;
	report(s);
	report(head->next->next->value);
	head->next->value += 5;
	report(nodes[2].value);
	struct inner x = make(3), y;
	y = x;
	y.pair[0] = 99;
	report(x.pair[0] + y.pair[0] + y.tag);
	report(make(7).pair[1]);
	struct outer copy = *pointer;
	copy.in[0] = y;
	report(copy.in[0].pair[0] + global.in[0].pair[0]);
	report(total(x, copy, 1));
	report(copy.last + x.tag);
	pointer->in[1] = make(20);
	report(global.in[1].pair[1]);
	report((x = y).pair[0]);
	report((i > 1 ? x : y).tag);
	report(vla(5));
	report(dynamic(100));
	report(compound(6));
	copy.u.f = 1.0f;
	report(copy.u.i);
	report(copy.u.c[3]);
	char *cp = (char *)&s;
	s = 0x1122334455667788;
	report(cp[0]);
	report(*(short *)(cp + 2));
	report(((unsigned char *)&s)[7]);
	*(int *)cp = -1;
	report(s);
	void *vp = &a[2];
	report(*(int *)vp);
	report((long)vp - (long)a);
	char local[8] = "abc";
	local[3] = 'd';
	report(length(local));
	char multi[2][4] = {"xy", "pqr"};
	report(multi[1][2] + multi[0][2]);
	long longs[3] = {1, 2, 3};
	longs[i] <<= 40;
	longs[1] -= 5;
	longs[0]--;
	report(longs[2]);
	report(longs[1] + longs[0]);
	unsigned char uc[4] = {250};
	uc[0] += 10;
	uc[1]--;
	report(uc[0] + uc[1]);
	short sh[3];
	sh[i] = 40000;
	report(sh[2]);
	sh[1] = sh[i]++;
	report(sh[1] + sh[2]);
	int **pp = &p;
	**pp = 77;
	report(*p);
	const char *str = "abc" "def";
	report(str[5]);
	report("xyz"[1]);
	report(*"q");
	report(sizeof "four");
	size_t n = 3;
	report(a[n] + n[a]);
	unsigned un = 2;
	report(a[un]);
	report((&a[1])[-1]);
	long li = -1;
	report((a + 2)[li]);
	int (*row)[4] = matrix + 1;
	report(row[0][0] + (*row)[1] + row[-1][2]);
	report((int)(sizeof *row));
	return 0;
}
