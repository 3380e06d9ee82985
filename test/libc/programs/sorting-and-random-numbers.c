// qsort is stable and compares as often as glibc does; rand, random, rand_r and drand48 give glibc's numbers.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int comparisons;

static int compare_tens(const void *a, const void *b)
{
	comparisons++;
	return *(const int *)a / 10 - *(const int *)b / 10;
}

struct record {
	int key;
	char rest[60];
};

static int compare_records(const void *a, const void *b)
{
	comparisons++;
	return ((const struct record *)a)->key / 10 - ((const struct record *)b)->key / 10;
}

int main(void)
{
	int values[120], i, round, n, *found;
	struct record records[120];
	unsigned int seed;
	char state[128], tiny[8], *old;

	for (round = 0; round < 12; round++) {
		n = rand() % 120;
		for (i = 0; i < n; i++)
			values[i] = records[i].key = rand() % 500;
		comparisons = 0;
		qsort(values, (size_t)n, sizeof(int), compare_tens);
		printf("%d:", comparisons);
		for (i = 0; i < n; i++)
			printf(" %d", values[i]);
		comparisons = 0;
		qsort(records, (size_t)n, sizeof(struct record), compare_records);
		printf("\n%d:", comparisons);
		for (i = 0; i < n; i++)
			printf(" %d", records[i].key);
		i = 250;
		comparisons = 0;
		found = bsearch(&i, values, (size_t)n, sizeof(int), compare_tens);
		printf("\n%d %d\n", found ? (int)(found - values) : -1, comparisons);
	}
	for (seed = 0; seed < 12; seed++) {
		unsigned int own = seed;
		srand(seed * 7919);
		printf("%d %d %ld ", rand(), rand(), random());
		i = rand_r(&own);
		printf("%d %u\n", i, own);
	}
	old = initstate(5, state, 64);
	printf("%ld %ld\n", random(), random());
	initstate(9, tiny, sizeof tiny);
	printf("%ld %ld\n", random(), random());
	setstate(old);
	printf("%ld\n", random());
	setstate(state);
	printf("%ld\n", random());
	srand48(42);
	for (i = 0; i < 5; i++) {
		printf("%.17g ", drand48());
		printf("%ld ", lrand48());
		printf("%ld\n", mrand48());
	}
	return 0;
}
