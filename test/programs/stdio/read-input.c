// Standard input by lines, by scanf, by characters, to its end.
// stdin: first line\n12 34 word\nrest\n
// expect: line: first line
// expect: 3 12 34 word
// expect: 10 114 101 115 116 10 end
#include <stdio.h>
#include <string.h>

int main(void)
{
	char line[64], word[16];
	int a, b, c;

	if (fgets(line, sizeof line, stdin) == NULL)
		return 1;
	line[strcspn(line, "\n")] = '\0';
	printf("line: %s\n", line);
	int got = scanf("%d %d %15s", &a, &b, word);
	printf("%d %d %d %s\n", got, a, b, word);
	while ((c = getchar()) != EOF)
		printf("%d ", c);
	printf("end\n");
	return 0;
}
