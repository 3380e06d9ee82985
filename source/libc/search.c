/* Tables, trees and queues of <search.h>: hsearch(3), tsearch(3), insque(3), lsearch(3). */
#define _GNU_SOURCE
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

/* ---- The hash table: open addressing; it takes as many entries as that of glibc, the next prime number ---- */

static ENTRY *table;
static size_t table_size, table_count, table_limit;

static int is_prime(size_t odd)
{
	size_t divisor;

	for (divisor = 3; divisor * divisor <= odd; divisor += 2) {
		if (odd % divisor == 0)
			return 0;
	}
	return 1;
}

int hcreate(size_t count)
{
	if (table)
		return 0;
	for (table_limit = count < 3 ? 3 : count | 1; !is_prime(table_limit); table_limit += 2)
		;
	for (table_size = 8; table_size * 3 / 4 < table_limit; table_size *= 2)
		;
	table_count = 0;
	table = calloc(table_size, sizeof *table);
	return table != NULL;
}

void hdestroy(void)
{
	free(table);
	table = NULL;
}

ENTRY *hsearch(ENTRY item, ACTION action)
{
	unsigned long hash = 5381;
	const char *c;
	size_t i;

	for (c = item.key; *c; c++)
		hash = hash * 33 + (unsigned char)*c;
	for (i = hash & (table_size - 1); table[i].key; i = (i + 1) & (table_size - 1)) {
		if (strcmp(table[i].key, item.key) == 0)
			return &table[i];
	}
	if (action == FIND) {
		errno = ESRCH;
		return NULL;
	}
	if (table_count == table_limit) {
		errno = ENOMEM;
		return NULL;
	}
	table_count++;
	table[i] = item;
	return &table[i];
}

/* ---- Doubly linked queues ---- */

void insque(void *element, void *previous)
{
	struct qelem *e = element, *p = previous;

	e->q_back = p;
	e->q_forw = p ? p->q_forw : NULL;
	if (!p)
		return;
	if (p->q_forw)
		p->q_forw->q_back = e;
	p->q_forw = e;
}

void remque(void *element)
{
	struct qelem *e = element;

	if (e->q_forw)
		e->q_forw->q_back = e->q_back;
	if (e->q_back)
		e->q_back->q_forw = e->q_forw;
}

/* ---- The tree: balanced by height (AVL). A node begins with its key, as users of tsearch(3) expect ---- */

struct node {
	const void *key;
	struct node *left, *right;
	int height;
};

typedef int comparison(const void *, const void *);

static int height(const struct node *n)
{
	return n ? n->height : 0;
}

static void measure(struct node *n)
{
	n->height = 1 + (height(n->left) > height(n->right) ? height(n->left) : height(n->right));
}

static struct node *rotate_right(struct node *n)
{
	struct node *top = n->left;

	n->left = top->right;
	top->right = n;
	measure(n);
	measure(top);
	return top;
}

static struct node *rotate_left(struct node *n)
{
	struct node *top = n->right;

	n->right = top->left;
	top->left = n;
	measure(n);
	measure(top);
	return top;
}

static struct node *balance(struct node *n)
{
	measure(n);
	if (height(n->left) > height(n->right) + 1) {
		if (height(n->left->left) < height(n->left->right))
			n->left = rotate_left(n->left);
		return rotate_right(n);
	}
	if (height(n->right) > height(n->left) + 1) {
		if (height(n->right->right) < height(n->right->left))
			n->right = rotate_right(n->right);
		return rotate_left(n);
	}
	return n;
}

static struct node *insert(struct node *n, const void *key, comparison *compare, struct node **found)
{
	int order;

	if (!n) {
		n = calloc(1, sizeof *n);
		*found = n;
		if (n) {
			n->key = key;
			n->height = 1;
		}
		return n;
	}
	order = compare(key, n->key);
	if (order == 0) {
		*found = n;
		return n;
	}
	if (order < 0)
		n->left = insert(n->left, key, compare, found);
	else
		n->right = insert(n->right, key, compare, found);
	return balance(n);
}

void *tsearch(const void *key, void **root, comparison *compare)
{
	struct node *found = NULL;

	if (root)
		*root = insert(*root, key, compare, &found);
	return found;
}

void *tfind(const void *key, void *const *root, comparison *compare)
{
	struct node *n = root ? *root : NULL;

	while (n) {
		int order = compare(key, n->key);
		if (order == 0)
			return n;
		n = order < 0 ? n->left : n->right;
	}
	return NULL;
}

static struct node *take_first(struct node *n, struct node **first)
{
	if (!n->left) {
		*first = n;
		return n->right;
	}
	n->left = take_first(n->left, first);
	return balance(n);
}

static struct node *take(struct node *n, const void *key, comparison *compare, struct node **taken)
{
	struct node *heir;
	int order;

	if (!n)
		return NULL;
	order = compare(key, n->key);
	if (order < 0)
		n->left = take(n->left, key, compare, taken);
	else if (order > 0)
		n->right = take(n->right, key, compare, taken);
	else {
		*taken = n;
		if (!n->left || !n->right)
			return n->left ? n->left : n->right;
		n->right = take_first(n->right, &heir);
		heir->left = n->left;
		heir->right = n->right;
		return balance(heir);
	}
	return balance(n);
}

/* Returns the parent of what was deleted; for the root something that is not null. */
void *tdelete(const void *restrict key, void **restrict root, comparison *compare)
{
	struct node *n = root ? *root : NULL, *parent = n, *taken = NULL;

	while (n && compare(key, n->key) != 0) {
		parent = n;
		n = compare(key, n->key) < 0 ? n->left : n->right;
	}
	if (!n)
		return NULL;
	*root = take(*root, key, compare, &taken);
	free(taken);
	return parent == taken ? (*root ? *root : (void *)root) : parent;
}

static void walk(const struct node *n, void (*action)(const void *, VISIT, int), int depth)
{
	if (!n->left && !n->right) {
		action(n, leaf, depth);
		return;
	}
	action(n, preorder, depth);
	if (n->left)
		walk(n->left, action, depth + 1);
	action(n, postorder, depth);
	if (n->right)
		walk(n->right, action, depth + 1);
	action(n, endorder, depth);
}

void twalk(const void *root, void (*action)(const void *, VISIT, int))
{
	if (root && action)
		walk(root, action, 0);
}

void tdestroy(void *root, void (*free_key)(void *))
{
	struct node *n = root;

	if (!n)
		return;
	tdestroy(n->left, free_key);
	tdestroy(n->right, free_key);
	free_key((void *)n->key);
	free(n);
}

/* ---- Linear search ---- */

void *lfind(const void *key, const void *base, size_t *count, size_t size, comparison *compare)
{
	const char *element = base;
	size_t i;

	for (i = 0; i < *count; i++, element += size) {
		if (compare(key, element) == 0)
			return (void *)element;
	}
	return NULL;
}

void *lsearch(const void *key, void *base, size_t *count, size_t size, comparison *compare)
{
	void *found = lfind(key, base, count, size, compare);

	if (found)
		return found;
	return memcpy((char *)base + (*count)++ * size, key, size);
}
