// switch falls through, goto jumps, continue and break act on the innermost loop, comma and ?: choose.
// expect: one two-or-three two-or-three default negative
// expect: 0 1 3 4 | 9 10
// expect: found 12 at 1,2
// expect: 5 10
// expect: 3 3 2
// expect: 1 0 2
#include <stdio.h>

static const char *name(int n)
{
	switch (n) {
	case 1:
		return "one";
	case 2:
	case 3:
		return "two-or-three";
	case -5 ... -1:
		return "negative";
	default:
		break;
	}
	return "default";
}

static int calls;

static int called(int value)
{
	calls++;
	return value;
}

int main(void)
{
	printf("%s %s %s %s %s\n", name(1), name(2), name(3), name(4), name(-2));
	for (int i = 0;; i++) {
		if (i == 2)
			continue;
		if (i > 4)
			break;
		printf("%d ", i);
	}
	int n = 9;
	printf("|");
	do
		printf(" %d", n);
	while (++n < 11);
	printf("\n");

	int table[3][4] = {{1, 2, 3, 4}, {5, 6, 12}, {0}};
	int i, j;
	for (i = 0; i < 3; i++)
		for (j = 0; j < 4; j++)
			if (table[i][j] == 12)
				goto found;
	printf("not found\n");
found:
	printf("found %d at %d,%d\n", table[i][j], i, j);

	int a, b;
	a = (b = 4, b + 1);
	b = a > 4 ? a * 2 : 0;
	printf("%d %d\n", a, b);

	int k = 3, before = k--;
	printf("%d %d %d\n", before, k + 1, k);
	int both = called(1) && called(0) && called(1), none = called(0) || 0;
	printf("%d %d %d\n", !both, none, calls - 1);
	return 0;
}
