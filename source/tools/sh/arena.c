/* Memory of trees and expansions: freed as a whole, back to a mark. */
#include "sh.h"
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 8000

struct arena_block {
	struct arena_block *before;
	size_t size;
	char bytes[];
};

static struct arena_block *block;
static size_t used;
static int functions;

void *arena_allocate(size_t size)
{
	void *result;

	size = (size + 7) & ~(size_t)7;
	if (!block || used + size > block->size) {
		size_t wanted = size > BLOCK_SIZE ? size : BLOCK_SIZE;
		struct arena_block *fresh = malloc(sizeof *fresh + wanted);
		if (!fresh)
			fail(2, "Out of space");
		fresh->before = block;
		fresh->size = wanted;
		block = fresh;
		used = 0;
	}
	result = block->bytes + used;
	used += size;
	return memset(result, 0, size);
}

char *arena_copy(const char *text, size_t length)
{
	char *copy = arena_allocate(length + 1);

	memcpy(copy, text, length);
	return copy;
}

struct arena_mark arena_mark(void)
{
	struct arena_mark mark = {block, used, functions};

	return mark;
}

void arena_release(struct arena_mark mark)
{
	if (mark.functions != functions)
		return;
	while (block != mark.block) {
		struct arena_block *before = block->before;
		free(block);
		block = before;
	}
	used = mark.used;
}

void arena_keep(void)
{
	functions++;
}
