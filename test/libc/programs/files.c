// Streams over a file: modes, positions, pushback, line input, update streams, memory streams.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void show_file(const char *path)
{
	FILE *f = fopen(path, "r");
	int c;

	printf("<");
	while ((c = getc(f)) != EOF)
		putchar(c);
	printf("> eof %d error %d\n", feof(f) != 0, ferror(f) != 0);
	fclose(f);
}

static void update(void)
{
	FILE *f = fopen("a", "r+");
	char word[16];

	printf("%d ", fscanf(f, "%15s", word));
	printf("%s at %ld\n", word, ftell(f));
	fseek(f, 0, SEEK_CUR);
	fputs("-IS-", f);
	fseek(f, -1, SEEK_END);
	fputc('!', f);
	rewind(f);
	printf("%c at %ld ", getc(f), ftell(f));
	ungetc('#', f);
	printf("%ld ", ftell(f));
	printf("%c %c\n", getc(f), getc(f) ? 'y' : 'n');
	fclose(f);
	show_file("a");
}

static void lines(void)
{
	FILE *f = fopen("b", "w+");
	char *line = NULL, small[6];
	size_t size = 0;
	ssize_t n;
	int i;

	for (i = 0; i < 300; i++)
		fprintf(f, "%0*d\n", i % 70 + 1, i);
	printf("%ld\n", ftell(f));
	rewind(f);
	for (i = 0; (n = getline(&line, &size, f)) > 0; i++) {
		if (i % 50 == 0)
			printf("%d %ld %s", i, (long)n, line);
	}
	printf("%d lines, eof %d\n", i, feof(f) != 0);
	fseek(f, 0, SEEK_SET);
	while (fgets(small, sizeof small, f) && i++ < 310)
		printf("(%s)", small);
	printf("\n");
	free(line);
	fclose(f);
}

static void errors(void)
{
	FILE *f = fopen("a", "r");

	errno = 0;
	printf("%d ", fputc('x', f));
	printf("%d %s\n", ferror(f) != 0, strerror(errno));
	fclose(f);
	printf("%d ", fopen("missing", "r") == NULL);
	printf("%s ", strerror(errno));
	printf("%d ", fopen("a", "wx") == NULL);
	printf("%s ", strerror(errno));
	printf("%d ", fopen("a", "q") == NULL);
	printf("%s\n", strerror(errno));
}

static void memory(void)
{
	char *text, fixed[10];
	size_t size;
	FILE *f = open_memstream(&text, &size);

	fprintf(f, "%d-%s", 42, "memory");
	fflush(f);
	printf("%s %zu ", text, size);
	fputs(" more", f);
	fclose(f);
	printf("%s %zu\n", text, size);
	free(text);
	f = fmemopen("12 abc", 6, "r");
	printf("%d %d ", fscanf(f, "%zu %9s", &size, fixed), (int)size);
	printf("%s\n", fixed);
	fclose(f);
}

int main(void)
{
	FILE *f = fopen("a", "w");
	char big[9000];

	fputs("this is text", f);
	printf("%ld ", ftell(f));
	fclose(f);
	f = fopen("a", "a");
	fputs(", appended", f);
	printf("%ld\n", ftell(f));
	fclose(f);
	show_file("a");
	update();
	lines();
	errors();
	memory();
	memset(big, 'z', sizeof big);
	f = fopen("c", "w+");
	printf("%zu ", fwrite(big, 1, sizeof big, f));
	printf("%ld ", lseek(fileno(f), 0, SEEK_CUR)); /* Whole blocks have gone, the rest is in the buffer. */
	fputc('y', f);
	printf("%d ", fseek(f, -2, SEEK_CUR));
	printf("%c%c%d\n", getc(f), getc(f), getc(f));
	rewind(f);
	printf("%zu %ld\n", fread(big, 1, 5000, f), lseek(fileno(f), 0, SEEK_CUR));
	fclose(f);
	f = freopen("d", "w", stdout);
	printf("into the file\n");
	fclose(f);
	printf("nowhere\n");
	return 0;
}
