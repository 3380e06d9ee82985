/* qsort(3) as glibc does it, a merge sort that keeps equal elements in order, with the same sequence of comparisons;
   bsearch(3). */
#include "internal.h"
#include <stdlib.h>
#include <string.h>

struct sort {
	size_t size;
	int (*compare)(const void *, const void *, void *);
	void *arg;
	char *spare;
};

static void move_element(char *to, const char *from, size_t size)
{
	if (size == 4)
		*(int *)to = *(const int *)from;
	else if (size == 8)
		*(long *)to = *(const long *)from;
	else
		memcpy(to, from, size);
}

static void merge_sort(const struct sort *s, char *base, size_t count)
{
	size_t size = s->size, left = count / 2, right = count - left;
	char *a = base, *b = base + left * size, *out = s->spare;

	if (count <= 1)
		return;
	merge_sort(s, a, left);
	merge_sort(s, b, right);
	while (left > 0 && right > 0) {
		if (s->compare(a, b, s->arg) <= 0) {
			move_element(out, a, size);
			a += size;
			left--;
		} else {
			move_element(out, b, size);
			b += size;
			right--;
		}
		out += size;
	}
	if (left > 0)
		memcpy(out, a, left * size);
	memcpy(base, s->spare, (count - right) * size);
}

/* Elements larger than this are sorted by pointers, as moving them is dear. */
#define INDIRECT_SIZE 32

static int compare_indirect(const void *a, const void *b, void *arg)
{
	const struct sort *s = arg;

	return s->compare(*(char *const *)a, *(char *const *)b, s->arg);
}

static int sort_indirect(const struct sort *s, char *base, size_t count)
{
	char **pointers = malloc(count * 2 * sizeof(char *)), *sorted = malloc(count * s->size);
	struct sort outer;
	size_t i;

	if (!pointers || !sorted) {
		free(pointers);
		free(sorted);
		return 0;
	}
	for (i = 0; i < count; i++)
		pointers[i] = base + i * s->size;
	outer.size = sizeof(char *);
	outer.compare = compare_indirect;
	outer.arg = (void *)s;
	outer.spare = (char *)(pointers + count);
	merge_sort(&outer, (char *)pointers, count);
	for (i = 0; i < count; i++)
		memcpy(sorted + i * s->size, pointers[i], s->size);
	memcpy(base, sorted, count * s->size);
	free(pointers);
	free(sorted);
	return 1;
}

/* Without memory for the merge: insertion, which keeps the order of equals, too. */
static void insertion_sort(const struct sort *s, char *base, size_t count)
{
	size_t i, j, k, size = s->size;

	for (i = 1; i < count; i++) {
		for (j = i; j > 0 && s->compare(base + (j - 1) * size, base + j * size, s->arg) > 0; j--) {
			for (k = 0; k < size; k++) {
				char c = base[(j - 1) * size + k];
				base[(j - 1) * size + k] = base[j * size + k];
				base[j * size + k] = c;
			}
		}
	}
}

void qsort_r(void *base, size_t count, size_t size, int (*compare)(const void *, const void *, void *), void *arg)
{
	char small[1024];
	struct sort s;

	s.size = size;
	s.compare = compare;
	s.arg = arg;
	if (count < 2 || size == 0)
		return;
	if (size > INDIRECT_SIZE) {
		if (!sort_indirect(&s, base, count))
			insertion_sort(&s, base, count);
		return;
	}
	s.spare = count * size <= sizeof small ? small : malloc(count * size);
	if (!s.spare) {
		insertion_sort(&s, base, count);
		return;
	}
	merge_sort(&s, base, count);
	if (s.spare != small)
		free(s.spare);
}

static int compare_plain(const void *a, const void *b, void *arg)
{
	return (*(__compar_fn_t *)arg)(a, b);
}

void qsort(void *base, size_t count, size_t size, __compar_fn_t compare)
{
	qsort_r(base, count, size, compare_plain, &compare);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, __compar_fn_t compare)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *p = (const char *)base + middle * size;
		int order = compare(key, p);
		if (order == 0)
			return (void *)p;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
