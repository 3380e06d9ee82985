/* malloc(3): size classes over brk(2), mmap(2) from 128 KiB on.
   A block is an 8-byte header and its payload, which is aligned to 16 bytes; block sizes are glibc's for small requests
   (payload 24, 40, 56 …). Every class has a list of free blocks, so malloc and free are a few instructions; blocks are
   neither split nor merged, except that a large one at the end of the heap is given back to it. The header holds a mark
   by which free() notices blocks that are not allocated. */
#include "internal.h"
#include <stdint.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ALIGNMENT 16
#define SMALL_LIMIT 1040 /* Largest block of the classes in steps of 16. */
#define SMALL_CLASSES (SMALL_LIMIT / ALIGNMENT + 1)
#define LARGE_CLASSES 32 /* Four per power of two, from 1280 up. */
#define MMAP_THRESHOLD (128 * 1024)
#define HEAP_STEP (132 * 1024)
#define PAGE 4096UL

#define MARK_USED 0x5ed0a110u
#define MARK_FREE 0xf4eeb10cu
#define MARK_MAPPED 0x3a9ed001u
#define MARK_ALIGNED 0xa119b10cu /* `size` is the distance back to the payload it lies in. */

struct block {
	unsigned int size; /* With the header. */
	unsigned int mark;
	struct block *next_free; /* The payload begins here. */
};
#define HEADER 8
#define PAYLOAD(b) ((void *)((char *)(b) + HEADER))
#define BLOCK(p) ((struct block *)((char *)(p)-HEADER))

int __malloc_lock;
static struct block *free_lists[SMALL_CLASSES + LARGE_CLASSES];
static char *top, *top_end; /* Never used memory; `top` is 8 modulo 16. */
static char *program_break;

static char *set_break(char *address)
{
	program_break = (char *)__syscall(SYS_brk, (long)address);
	return program_break;
}

int brk(void *address)
{
	if (set_break(address) == address)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *sbrk(intptr_t increment)
{
	char *old = program_break ? program_break : set_break(NULL);

	if (increment == 0)
		return old;
	if (set_break(old + increment) == old + increment)
		return old;
	errno = ENOMEM;
	return (void *)-1;
}

/* Makes room for `size` bytes at `top`. The rest of an earlier top is lost if the program moved the break itself. */
static int grow_top(size_t size)
{
	size_t step = (size + HEAP_STEP + PAGE) & ~(PAGE - 1);
	char *start = sbrk(0);

	if (top && start == top_end && start != NULL) {
		if (set_break(start + step) == start + step) {
			top_end = start + step;
			return 1;
		}
	} else if (set_break(start + step) == start + step) {
		top = start + (ALIGNMENT - ((uintptr_t)start & (ALIGNMENT - 1))) + HEADER;
		top_end = start + step;
		return 1;
	}
	/* The break can't be moved: another region serves as well. */
	set_break(NULL);
	step = (size + 1024 * 1024 + PAGE) & ~(PAGE - 1);
	start = (char *)__syscall(SYS_mmap, 0L, (long)step, (long)(PROT_READ | PROT_WRITE), (long)(MAP_PRIVATE | MAP_ANONYMOUS), -1L, 0L);
	if ((unsigned long)start > -4096UL)
		return 0;
	top = start + HEADER;
	top_end = start + step;
	return 1;
}

/* Rounds a block size above SMALL_LIMIT up to its class: four classes per power of two. */
static int large_class(unsigned int *size)
{
	unsigned int step = 256, base = 1024;
	int class = SMALL_CLASSES;

	while (*size > base * 2) {
		base *= 2;
		step *= 2;
		class += 4;
	}
	class += (int)((*size - base + step - 1) / step) - 1;
	*size = base + (*size - base + step - 1) / step * step;
	return class;
}

static void *map_block(size_t size)
{
	size_t length = (size + ALIGNMENT + PAGE - 1) & ~(PAGE - 1);
	char *map;
	struct block *b;

	if (length < size || length > 0x7fffffff) {
		errno = ENOMEM;
		return NULL;
	}
	map = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED) {
		errno = ENOMEM;
		return NULL;
	}
	b = (struct block *)(map + HEADER);
	b->size = (unsigned int)(length - HEADER);
	b->mark = MARK_MAPPED;
	return PAYLOAD(b);
}

static void *allocate(size_t request)
{
	unsigned int size;
	int class;
	struct block *b;

	if (request >= MMAP_THRESHOLD)
		return map_block(request);
	size = ((unsigned int)request + HEADER + ALIGNMENT - 1) & ~(ALIGNMENT - 1u);
	if (size < 32)
		size = 32;
	class = size <= SMALL_LIMIT ? (int)(size / ALIGNMENT) : large_class(&size);
	b = free_lists[class];
	if (b) {
		free_lists[class] = b->next_free;
	} else {
		if (top_end - top < (long)size && !grow_top(size)) {
			errno = ENOMEM;
			return NULL;
		}
		b = (struct block *)top;
		top += size;
		b->size = size;
	}
	b->mark = MARK_USED;
	return PAYLOAD(b);
}

/* Finds the block of a pointer, or ends the program with glibc's words. */
static struct block *block_of(void *p, const char *function)
{
	struct block *b = BLOCK(p);
	char message[64];

	if (((uintptr_t)p & (ALIGNMENT - 1)) == 0) {
		if (b->mark == MARK_ALIGNED)
			b = BLOCK((char *)p - b->size);
		if (b->mark == MARK_USED || b->mark == MARK_MAPPED)
			return b;
		if (b->mark == MARK_FREE && function[0] == 'f')
			__abort_message("free(): double free detected in tcache 2\n");
	}
	strcpy(message, function);
	strcat(message, "(): invalid pointer\n");
	__abort_message(message);
}

static void release(struct block *b)
{
	unsigned int size = b->size;
	int class;

	if (b->mark == MARK_MAPPED) {
		__syscall(SYS_munmap, (long)b - HEADER, (long)size + HEADER);
		return;
	}
	b->mark = MARK_FREE;
	if (size > SMALL_LIMIT) {
		if ((char *)b + size == top) {
			top = (char *)b;
			return;
		}
		class = large_class(&size);
	} else {
		class = (int)(size / ALIGNMENT);
	}
	b->next_free = free_lists[class];
	free_lists[class] = b;
}

void *malloc(size_t size)
{
	void *p;

	if (!__threaded)
		return allocate(size);
	__lock_slow(&__malloc_lock);
	p = allocate(size);
	__unlock_slow(&__malloc_lock);
	return p;
}

void free(void *p)
{
	if (!p)
		return;
	__LOCK(&__malloc_lock);
	release(block_of(p, "free"));
	__UNLOCK(&__malloc_lock);
}

static int multiply(size_t count, size_t size, size_t *total)
{
	if ((count | size) >> 32 && size != 0 && count > (size_t)-1 / size) {
		errno = ENOMEM;
		return 0;
	}
	*total = count * size;
	return 1;
}

void *calloc(size_t count, size_t size)
{
	size_t total;
	void *p;

	if (!multiply(count, size, &total))
		return NULL;
	p = malloc(total);
	if (p && BLOCK(p)->mark != MARK_MAPPED)
		memset(p, 0, total);
	return p;
}

/* Tries to let the block hold `size` bytes where it stands. */
static int resize_in_place(struct block *b, size_t available, size_t size)
{
	size_t missing;

	if (size <= available)
		return b->mark != MARK_MAPPED || size >= available / 2;
	missing = (size - available + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (b->mark != MARK_USED || b->size <= SMALL_LIMIT || (char *)b + b->size != top || (size_t)(top_end - top) < missing
		|| b->size + missing >= MMAP_THRESHOLD)
		return 0;
	{
		/* Stay at the size of a class, so that the block can be listed when it is freed. */
		unsigned int wanted = (unsigned int)(b->size + missing);
		large_class(&wanted);
		if ((size_t)(top_end - top) < wanted - b->size)
			return 0;
		top += wanted - b->size;
		b->size = wanted;
	}
	return 1;
}

static void *move_mapped(struct block *b, size_t size)
{
	size_t length = (size + ALIGNMENT + PAGE - 1) & ~(PAGE - 1);
	long map;

	if (length < size || length > 0x7fffffff)
		return NULL;
	map = __syscall(SYS_mremap, (long)b - HEADER, (long)b->size + HEADER, (long)length, (long)MREMAP_MAYMOVE);
	if ((unsigned long)map > -4096UL)
		return NULL;
	b = (struct block *)(map + HEADER);
	b->size = (unsigned int)(length - HEADER);
	return PAYLOAD(b);
}

void *realloc(void *p, size_t size)
{
	struct block *b;
	size_t available;
	void *copy;
	int fits;

	if (!p)
		return malloc(size);
	if (size == 0) {
		free(p);
		return NULL;
	}
	b = block_of(p, "realloc");
	available = (size_t)((char *)b + b->size - (char *)p);
	__LOCK(&__malloc_lock);
	fits = resize_in_place(b, available, size);
	__UNLOCK(&__malloc_lock);
	if (fits)
		return p;
	if (b->mark == MARK_MAPPED && PAYLOAD(b) == p && size >= MMAP_THRESHOLD) {
		copy = move_mapped(b, size);
		if (copy)
			return copy;
	}
	copy = malloc(size);
	if (!copy)
		return NULL;
	memcpy(copy, p, available < size ? available : size);
	free(p);
	return copy;
}

void *reallocarray(void *p, size_t count, size_t size)
{
	size_t total;

	return multiply(count, size, &total) ? realloc(p, total) : NULL;
}

size_t malloc_usable_size(void *p)
{
	struct block *b;

	if (!p)
		return 0;
	b = block_of(p, "malloc_usable_size");
	return (size_t)((char *)b + b->size - (char *)p);
}

void *memalign(size_t alignment, size_t size)
{
	char *p, *aligned;

	if (alignment <= ALIGNMENT)
		return malloc(size);
	if (size > (size_t)-1 - alignment - ALIGNMENT) {
		errno = ENOMEM;
		return NULL;
	}
	p = malloc(size + alignment + ALIGNMENT);
	if (!p)
		return NULL;
	if (((uintptr_t)p & (alignment - 1)) == 0)
		return p;
	aligned = (char *)(((uintptr_t)p + alignment - 1) & ~(alignment - 1));
	BLOCK(aligned)->mark = MARK_ALIGNED;
	BLOCK(aligned)->size = (unsigned int)(aligned - p);
	return aligned;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	if (alignment == 0 || (alignment & (alignment - 1))) {
		errno = EINVAL;
		return NULL;
	}
	return memalign(alignment, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
	void *block;
	int saved = errno;

	if (alignment % sizeof(void *) || alignment == 0 || (alignment & (alignment - 1)))
		return EINVAL;
	block = memalign(alignment, size);
	errno = saved;
	if (!block)
		return ENOMEM;
	*p = block;
	return 0;
}

void *valloc(size_t size)
{
	return memalign(PAGE, size);
}
