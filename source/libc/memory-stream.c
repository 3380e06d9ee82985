/* Streams into memory: open_memstream(3), fmemopen(3). */
#include "internal.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct memory {
	char *bytes;
	size_t size; /* Room (fmemopen) or bytes allocated (open_memstream). */
	size_t length; /* Bytes that count. */
	size_t position;
	int is_own;
	int appends;
	char **user_bytes;
	size_t *user_length;
};

static long read_memory(FILE *f, char *buffer, size_t count)
{
	struct memory *m = f->cookie;
	size_t n = m->position < m->length ? m->length - m->position : 0;

	if (n > count)
		n = count;
	memcpy(buffer, m->bytes + m->position, n);
	m->position += n;
	return (long)n;
}

static long write_fixed(FILE *f, const char *buffer, size_t count)
{
	struct memory *m = f->cookie;
	size_t n;

	if (m->appends)
		m->position = m->length;
	n = m->position < m->size ? m->size - m->position : 0;
	if (n > count)
		n = count;
	if (n == 0) {
		errno = ENOSPC;
		return -1;
	}
	memcpy(m->bytes + m->position, buffer, n);
	m->position += n;
	if (m->position > m->length) {
		m->length = m->position;
		if (m->length < m->size)
			m->bytes[m->length] = 0;
	}
	return (long)n;
}

static long write_growing(FILE *f, const char *buffer, size_t count)
{
	struct memory *m = f->cookie;
	size_t end = m->position + count;

	if (end + 1 > m->size) {
		size_t size = m->size * 2 > end + 1 ? m->size * 2 : end + 1;
		char *grown = realloc(m->bytes, size);
		if (!grown)
			return -1;
		memset(grown + m->size, 0, size - m->size);
		m->bytes = grown;
		m->size = size;
	}
	memcpy(m->bytes + m->position, buffer, count);
	m->position = end;
	if (end > m->length)
		m->length = end;
	*m->user_bytes = m->bytes;
	*m->user_length = m->length;
	return (long)count;
}

static long seek_memory(FILE *f, long offset, int whence)
{
	struct memory *m = f->cookie;

	if (whence == SEEK_CUR)
		offset += (long)m->position;
	else if (whence == SEEK_END)
		offset += (long)m->length;
	if (offset < 0 || (!m->user_bytes && (size_t)offset > m->size)) {
		errno = EINVAL;
		return -1;
	}
	m->position = (size_t)offset;
	return offset;
}

static int close_memory(FILE *f)
{
	struct memory *m = f->cookie;

	if (m->is_own)
		free(m->bytes);
	free(m);
	return 0;
}

/* As glibc: what lies behind the position is cut off. */
static int close_growing(FILE *f)
{
	struct memory *m = f->cookie;

	if (m->position < m->length) {
		m->bytes[m->position] = 0;
		*m->user_length = m->position;
	}
	return close_memory(f);
}

static const struct __file_backend fixed_backend = { read_memory, write_fixed, seek_memory, close_memory };
static const struct __file_backend growing_backend = { NULL, write_growing, seek_memory, close_growing };

static FILE *new_memory_file(struct memory *m, int flags, const struct __file_backend *backend)
{
	FILE *f = __new_file(-1, flags);

	if (!f) {
		free(m);
		return NULL;
	}
	f->backend = backend;
	f->cookie = m;
	return f;
}

FILE *fmemopen(void *buffer, size_t size, const char *mode)
{
	int flags, open_flags = __parse_mode(mode, &flags);
	struct memory *m;

	if (open_flags < 0)
		return NULL;
	m = calloc(1, sizeof *m);
	if (!m)
		return NULL;
	m->size = size;
	m->is_own = buffer == NULL;
	m->bytes = buffer ? buffer : calloc(1, size + 1);
	m->appends = (open_flags & O_APPEND) != 0;
	if (open_flags & O_TRUNC) {
		if (size > 0)
			m->bytes[0] = 0;
	} else {
		m->length = mode[0] == 'r' ? size : strnlen(m->bytes, size);
		if (m->appends)
			m->position = m->length;
	}
	return new_memory_file(m, flags, &fixed_backend);
}

FILE *open_memstream(char **buffer, size_t *size)
{
	struct memory *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	m->size = 128;
	m->bytes = calloc(1, m->size);
	if (!m->bytes) {
		free(m);
		return NULL;
	}
	m->user_bytes = buffer;
	m->user_length = size;
	*buffer = m->bytes;
	*size = 0;
	return new_memory_file(m, __F_NO_READ, &growing_backend);
}
