// malloc, realloc and relatives: random use keeps every block's contents; wrong use is noticed.
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static uint32_t state = 12345;

static uint32_t next(void)
{
	state = state * 1103515245u + 12345u;
	return state >> 8;
}

static void check(const unsigned char *p, size_t n, int mark)
{
	size_t i;

	for (i = 0; i < n; i += i < 64 ? 1 : 97) {
		if (p[i] != (unsigned char)mark) {
			printf("damaged\n");
			exit(1);
		}
	}
}

static void random_use(void)
{
	static unsigned char *blocks[64];
	static size_t sizes[64];
	int i, turn;

	for (turn = 0; turn < 4000; turn++) {
		size_t n = next() % 8 == 0 ? next() % 300000 : next() % 3 ? next() % 200 : next() % 5000;
		i = (int)(next() % 64);
		if (blocks[i])
			check(blocks[i], sizes[i], i);
		switch (next() % 4) {
		case 0:
			free(blocks[i]);
			blocks[i] = NULL;
			n = 0;
			break;
		case 1:
			blocks[i] = realloc(blocks[i], n + 1);
			check(blocks[i], sizes[i] < n ? sizes[i] : n, i);
			break;
		case 2:
			free(blocks[i]);
			blocks[i] = calloc(1, n + 1);
			check(blocks[i], n, 0);
			break;
		default:
			free(blocks[i]);
			blocks[i] = aligned_alloc(64, n + 1);
			if ((uintptr_t)blocks[i] % 64)
				printf("not aligned\n");
		}
		if ((uintptr_t)blocks[i] % 16)
			printf("not aligned\n");
		if (blocks[i])
			memset(blocks[i], i, n);
		sizes[i] = n;
	}
}

static void end_of(void (*f)(char *))
{
	int status;

	fflush(stdout);
	if (fork() == 0) {
		f(malloc(40));
		_exit(0);
	}
	wait(&status);
	printf("%s\n", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "went unnoticed");
}

static void free_twice(char *p)
{
	char *volatile q = p;

	free(p);
	free(q);
}

static void free_inside(char *p)
{
	char *volatile q = p + 16;

	free(q);
}

int main(void)
{
	volatile size_t huge = (size_t)1 << 45, many = (size_t)1 << 62;
	void *p;

	random_use();
	errno = 0;
	p = malloc(huge);
	printf("%d %s\n", p == NULL, strerror(errno));
	p = calloc(many, 16);
	printf("%d %s\n", p == NULL, strerror(errno));
	printf("%d\n", posix_memalign(&p, 24, 8));
	p = malloc(0);
	printf("%d\n", p != NULL);
	end_of(free_twice);
	end_of(free_inside);
	return 0;
}
