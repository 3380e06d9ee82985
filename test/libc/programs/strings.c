// string.h on random text.
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static uint64_t state = 88172645463325252ULL;

static uint64_t next(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static int offset(const char *from, const char *to)
{
	return to ? (int)(to - from) : -1;
}

static void show(const char *x, const char *y)
{
	char copy[64], *rest, *word;

	printf("%s|%s %d %d %d %d", x, y, offset(x, strstr(x, y)), (int)strspn(x, y), (int)strcspn(x, y), offset(x, strpbrk(x, y)));
	printf(" %d %d %d", offset(x, strchr(x, '0')), offset(x, strrchr(x, 'a')), offset(x, memchr(x, 'z', strlen(x))));
	printf(" %d %d %d %d", sign(strcmp(x, y)), sign(strncmp(x, y, 3)), sign(strcasecmp(x, y)), sign(strverscmp(x, y)));
	printf(" %d %d\n", (int)strlen(x), (int)strnlen(x, 5));
	strcpy(copy, x);
	for (word = strtok_r(copy, " 0", &rest); word; word = strtok_r(NULL, " 0", &rest))
		printf("[%s]", word);
	rest = strcpy(copy, x);
	while ((word = strsep(&rest, " 0")))
		printf("{%s}", word);
	printf("\n");
}

int main(void)
{
	char x[64], y[64], buffer[80];
	int i, k, n, m;

	for (i = 0; i < 250; i++) {
		n = (int)(next() % 20);
		m = (int)(next() % 6);
		for (k = 0; k < n; k++)
			x[k] = "ab01 z"[next() % 6];
		for (k = 0; k < m; k++)
			y[k] = "ab01"[next() % 4];
		x[n] = y[m] = 0;
		show(x + (n > 3 ? next() % 4 : 0), y);
	}
	/* Lengths and positions around the words that scans go by. */
	for (i = 0; i < 8; i++) {
		for (n = 0; n < 20; n++) {
			memset(buffer, 'x', sizeof buffer);
			buffer[i + n] = 0;
			if ((int)strlen(buffer + i) != n || memchr(buffer + i, 0, 40) != buffer + i + n)
				printf("wrong at %d %d\n", i, n);
		}
	}
	strcpy(buffer, "0123456789");
	memmove(buffer + 2, buffer, 8);
	printf("%s ", buffer);
	memmove(buffer, buffer + 2, 8);
	printf("%s %d %s %s\n", buffer, memcmp("abc", "abd", 3), strncpy(x, "ab", 5), (char *)memccpy(y, "hello", 'l', 5) ? "found" : "none");
	for (i = 0; i < 135; i++)
		printf("%s\n", strerror(i));
	for (i = 0; i < 66; i++)
		printf("%s\n", strsignal(i));
	return 0;
}
