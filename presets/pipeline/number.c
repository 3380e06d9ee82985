/* The last of the pipeline: numbers the lines. */
#include <stdio.h>

int main(void)
{
	char line[80];
	int number = 0;

	while (fgets(line, sizeof line, stdin) != NULL)
		printf("%d %s", ++number, line);
	return 0;
}
