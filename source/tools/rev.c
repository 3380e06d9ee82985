/* rev(1) */
#include "shared/tool.h"
#include <unistd.h>

int main(int argc, char **argv)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t length;
	int status = 0, i;

	tool_name = "rev";
	for (i = 1; i < argc || i == 1; i++) {
		FILE *file = open_operand(i < argc ? argv[i] : NULL);
		if (!file) {
			status = 1;
			continue;
		}
		while ((length = getline(&line, &capacity, file)) > 0) {
			int newline = line[length - 1] == '\n';
			for (length -= newline; length > 0; length--)
				putchar(line[length - 1]);
			if (newline)
				putchar('\n');
		}
		if (file != stdin)
			fclose(file);
	}
	return finish(status);
}
