/* The middle of the pipeline: a filter, from standard input to output. */
#include <ctype.h>
#include <stdio.h>

int main(void)
{
	int c;

	while ((c = getchar()) != EOF) {
		putchar(toupper(c));
		if (c == '\n')
			fflush(stdout);
	}
	return 0;
}
