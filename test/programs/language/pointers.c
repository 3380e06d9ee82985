// Pointers walk arrays, point to functions and to pointers; strings are arrays; sizes are those of LP64.
// expect: 4 8 8 1 2
// expect: 10 30 50 | 4
// expect: olleh
// expect: -1 7 12
// expect: b a
// expect: 6 24 12
// expect: quit
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static int multiply(int a, int b) { return a * b; }

static void swap(const char **a, const char **b)
{
	const char *t = *a;
	*a = *b;
	*b = t;
}

static void reverse(char *s)
{
	for (char *end = s + strlen(s) - 1; s < end; s++, end--) {
		char t = *s;
		*s = *end;
		*end = t;
	}
}

int main(void)
{
	printf("%zu %zu %zu %zu %zu\n", sizeof(int), sizeof(long), sizeof(char *), sizeof(char), sizeof(short));
	int numbers[] = {10, 20, 30, 40, 50};
	for (int *p = numbers; p < numbers + 5; p += 2)
		printf("%d ", *p);
	printf("| %td\n", &numbers[4] - numbers);
	char word[] = "hello";
	reverse(word);
	printf("%s\n", word);

	int (*operations[3])(int, int) = {subtract, add, multiply};
	for (int i = 0; i < 3; i++)
		printf("%d%c", operations[i](3, 4), i < 2 ? ' ' : '\n');

	const char *a = "a", *b = "b";
	swap(&a, &b);
	printf("%s %s\n", a, b);

	int (*matrix)[3] = malloc(2 * sizeof *matrix);
	for (int i = 0; i < 6; i++)
		matrix[i / 3][i % 3] = i + 1;
	printf("%d %zu %zu\n", matrix[1][2], 2 * sizeof *matrix, sizeof matrix[0]);
	free(matrix);
	static const char *const commands[] = {[2] = "quit", [0] = "go"};
	printf("%s\n", commands[1] == NULL ? commands[2] : commands[0]);
	return 0;
}
