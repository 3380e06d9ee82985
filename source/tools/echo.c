/* echo(1) with -n, -e and -E, as coreutils' is. */
#include "shared/escape.h"
#include "shared/tool.h"
#include <string.h>

static int is_option(const char *text)
{
	return text[0] == '-' && text[1] && strspn(text + 1, "neE") == strlen(text + 1);
}

int main(int argc, char **argv)
{
	int i, newline = 1, escapes = 0;

	tool_name = "echo";
	for (i = 1; i < argc && is_option(argv[i]); i++) {
		const char *letter;
		for (letter = argv[i] + 1; *letter; letter++) {
			if (*letter == 'n')
				newline = 0;
			else
				escapes = *letter == 'e';
		}
	}
	for (; i < argc; i++) {
		if (!escapes)
			fputs(argv[i], stdout);
		else if (put_escaped(argv[i]))
			return finish(0);
		if (i + 1 < argc)
			putchar(' ');
	}
	if (newline)
		putchar('\n');
	return finish(0);
}
