#ifndef _MALLOC_H
#define _MALLOC_H

#include <stdlib.h>

extern size_t malloc_usable_size(void *__p);
extern void *memalign(size_t __alignment, size_t __size);

#endif
