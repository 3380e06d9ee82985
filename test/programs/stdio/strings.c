// string.h and the conversions of stdlib.h.
// expect: 5 0 -1 1
// expect: copy cat hel|
// expect: lo ello o (none)
// expect: [a] [b] [c]
// expect: 42 -17 255 9 rest
// expect: 1 1 1 A
// expect: 1 3 5 8 9
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

int main(int argc, char *argv[])
{
	char buffer[32] = "copy", part[8] = {0};

	printf("%zu %d %d %d\n", strlen("hello"), strcmp("a", "a"), strcmp("a", "b") < 0 ? -1 : 1,
	       strncmp("abd", "abc", 3) > 0);
	strcat(buffer, " cat");
	strncpy(part, argv[0] == NULL ? "" : "hello", argc + 2);
	printf("%s %s|\n", buffer, part);
	const char *none = strchr("hello", 'z');
	printf("%s %s %s %s\n", strstr("hello", "lo"), strchr("hello", 'e'), strrchr("hello", 'o'),
	       none == NULL ? "(none)" : none);
	char list[] = "a,b;c";
	for (char *token = strtok(list, ",;"); token != NULL; token = strtok(NULL, ",;"))
		printf("[%s]%s", token, *token == 'c' ? "\n" : " ");
	char *end;
	long number = strtol("9rest", &end, 10);
	printf("%d %ld %ld %ld %s\n", atoi("42"), atol("-17"), strtol("0xff", NULL, 0), number, end);
	printf("%d %d %d %c\n", isdigit('7') != 0, isspace('\t') != 0, isalpha('x') != 0, toupper('a'));
	int numbers[] = {5, 3, 9, 1, 8};
	qsort(numbers, 5, sizeof numbers[0], ascending);
	for (int i = 0; i < 5; i++)
		printf("%d%c", numbers[i], i < 4 ? ' ' : '\n');
	return 0;
}
