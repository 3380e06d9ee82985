// Corners of <search.h>, <getopt.h> and <stdio.h> as in glibc: how many entries hcreate(3) has room for, "-W" of
// getopt_long(3), numbered arguments of scanf(3), a memory stream closed at an earlier position, open_memstream(3).
// expect: 111000 Cannot allocate memory
// expect: a a then 4
// expect: b=2 then 2
// expect: 3 8 7 word
// expect: 1X 2
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = { { "alpha", 0, 0, 'a' }, { "beta", 1, 0, 'b' }, { 0, 0, 0, 0 } };

static void parse(int argc, char **argv)
{
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "abW;", options, NULL)) != -1)
		printf("%c%s%s ", c, optarg ? "=" : "", optarg ? optarg : "");
	printf("then %d\n", optind);
}

int main(void)
{
	static char *keys[] = { "a", "b", "c", "d", "e", "f" };
	char *separate[] = { "p", "-W", "alpha", "-a", "x", NULL }, *together[] = { "p", "-Wbeta=2", "x", NULL };
	char *text, word[8];
	size_t length;
	FILE *stream;
	int one, two;

	hcreate(3);
	errno = 0;
	for (int i = 0; i < 6; i++) {
		ENTRY entry = { keys[i], NULL };
		printf("%d", hsearch(entry, ENTER) != NULL);
	}
	printf(" %s\n", strerror(errno));
	parse(5, separate);
	parse(3, together);
	printf("%d", sscanf("7 word 8", "%2$d %3$s %1$d", &one, &two, word));
	printf(" %d %d %s\n", one, two, word);
	stream = open_memstream(&text, &length);
	fputs("12345", stream);
	fseek(stream, 1, SEEK_SET);
	fputc('X', stream);
	fclose(stream);
	printf("%s %zu\n", text, length);
	free(text);
	return 0;
}
