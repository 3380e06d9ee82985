#ifndef _SEARCH_H
#define _SEARCH_H

#include <stddef.h>

typedef enum {
	FIND,
	ENTER
} ACTION;

typedef struct entry {
	char *key;
	void *data;
} ENTRY;

typedef enum {
	preorder,
	postorder,
	endorder,
	leaf
} VISIT;

struct qelem {
	struct qelem *q_forw;
	struct qelem *q_back;
	char q_data[1];
};

extern int hcreate(size_t __count);
extern void hdestroy(void);
extern ENTRY *hsearch(ENTRY __item, ACTION __action);
extern void insque(void *__element, void *__previous);
extern void remque(void *__element);
extern void *tsearch(const void *__key, void **__root, int (*__compare)(const void *, const void *));
extern void *tfind(const void *__key, void *const *__root, int (*__compare)(const void *, const void *));
extern void *tdelete(const void *__restrict __key, void **__restrict __root, int (*__compare)(const void *, const void *));
extern void twalk(const void *__root, void (*__action)(const void *__node, VISIT __visit, int __depth));
extern void *lfind(const void *__key, const void *__base, size_t *__count, size_t __size, int (*__compare)(const void *, const void *));
extern void *lsearch(const void *__key, void *__base, size_t *__count, size_t __size, int (*__compare)(const void *, const void *));
#ifdef __USE_GNU
extern void tdestroy(void *__root, void (*__free)(void *__key));
#endif

#endif
