// Statics keep their values; initialisers of file scope are computed; enums count on; typedefs name.
// expect: 1 2 3
// expect: 0 7 8 20
// expect: 99 z 5
// expect: 6 3
#include <stdio.h>

enum level { LOW, MIDDLE = 7, HIGH, ALIAS = MIDDLE };

typedef struct node {
	int value;
	struct node *next;
} Node;

static Node third = {3, NULL}, second = {2, &third}, first = {1, &second};
static int square = 4 * 5, zeroed[100];
static const char *text = "xyz" + 2;
int shared = sizeof(Node) > 8 ? 99 : 1;

static int count(void)
{
	static int calls;

	return ++calls;
}

int main(void)
{
	int a = count(), b = count(), c = count();

	printf("%d %d %d\n", a, b, c);
	printf("%d %d %d %d\n", LOW, ALIAS, HIGH, square);
	zeroed[99] += 5;
	printf("%d %s %d\n", shared, text, zeroed[99] + zeroed[0]);
	int total = 0, length = 0;
	for (Node *node = &first; node != NULL; node = node->next) {
		total += node->value;
		length++;
	}
	printf("%d %d\n", total, length);
	return 0;
}
