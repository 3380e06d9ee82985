// Structs are copied by assignment, argument and return; unions overlay their members; bit-fields pack.
// expect: 3 4
// expect: 30 4
// expect: 7 11
// expect: ada 36, 2 children: bob eve
// expect: 41424344 44 43
// expect: 5 -1 100 8
// expect: 24 16 4
#include <stdio.h>
#include <stddef.h>
#include <string.h>

struct point {
	int x, y;
};

struct person {
	char name[8];
	int age;
	struct {
		int count;
		const char *names[2];
	} children;
};

union word {
	unsigned value;
	unsigned char bytes[4];
};

struct flags {
	unsigned mode : 3;
	int sign : 1;
	unsigned value : 28;
	int rest;
};

static struct point moved(struct point p, int dx)
{
	p.x += dx;
	return p;
}

static struct point sum(const struct point *a, const struct point *b)
{
	return (struct point){.y = a->y + b->y, .x = a->x + b->x};
}

int main(void)
{
	struct point p = {3, 4}, q = moved(p, 27);

	printf("%d %d\n", p.x, p.y);
	printf("%d %d\n", q.x, q.y);
	q = (struct point){4, 7};
	struct point r = sum(&p, &q);
	printf("%d %d\n", r.x, r.y);

	struct person ada = {.age = 36, .name = "ada", .children = {2, {"bob", "eve"}}}, copy;
	copy = ada;
	strcpy(ada.name, "x");
	printf("%s %d, %d children: %s %s\n", copy.name, copy.age, copy.children.count,
	       copy.children.names[0], copy.children.names[1]);

	union word w = {.value = 0x41424344};
	printf("%x %x %x\n", w.value, w.bytes[0], w.bytes[1]);

	struct flags f = {5, -1, 100, 0};
	printf("%d %d %d %zu\n", f.mode, f.sign, f.value, sizeof f);
	struct mixed {
		char a;
		double b;
		short c;
	};
	printf("%zu %zu %zu\n", sizeof(struct mixed), offsetof(struct mixed, c), sizeof(union word));
	return 0;
}
