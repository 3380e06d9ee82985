/* XDR, RFC 4506: the functions that pack, unpack and free, and the streams they work on. */
#include <arpa/inet.h>
#include <rpc/xdr.h>
#include <stdlib.h>
#include <string.h>

static bool_t memory_get(XDR *xdrs, char *to, unsigned int count)
{
	if (xdrs->x_handy < count)
		return FALSE;
	memcpy(to, xdrs->x_private, count);
	xdrs->x_private += count;
	xdrs->x_handy -= count;
	return TRUE;
}

static bool_t memory_put(XDR *xdrs, const char *from, unsigned int count)
{
	if (xdrs->x_handy < count)
		return FALSE;
	memcpy(xdrs->x_private, from, count);
	xdrs->x_private += count;
	xdrs->x_handy -= count;
	return TRUE;
}

static unsigned int memory_position(const XDR *xdrs)
{
	return (unsigned int)(xdrs->x_private - xdrs->x_base);
}

static bool_t memory_move(XDR *xdrs, unsigned int position)
{
	unsigned int size = memory_position(xdrs) + xdrs->x_handy;

	if (position > size)
		return FALSE;
	xdrs->x_private = xdrs->x_base + position;
	xdrs->x_handy = size - position;
	return TRUE;
}

static void nothing(XDR *xdrs)
{
	(void)xdrs;
}

static const struct xdr_ops memory_ops = { memory_get, memory_put, memory_position, memory_move, nothing };

void xdrmem_create(XDR *xdrs, char *memory, unsigned int size, enum xdr_op op)
{
	xdrs->x_op = op;
	xdrs->x_ops = &memory_ops;
	xdrs->x_public = NULL;
	xdrs->x_private = xdrs->x_base = memory;
	xdrs->x_handy = size;
}

static bool_t stdio_get(XDR *xdrs, char *to, unsigned int count)
{
	return fread(to, 1, count, (FILE *)xdrs->x_private) == count;
}

static bool_t stdio_put(XDR *xdrs, const char *from, unsigned int count)
{
	return fwrite(from, 1, count, (FILE *)xdrs->x_private) == count;
}

static unsigned int stdio_position(const XDR *xdrs)
{
	return (unsigned int)ftell((FILE *)xdrs->x_private);
}

static bool_t stdio_move(XDR *xdrs, unsigned int position)
{
	return fseek((FILE *)xdrs->x_private, (long)position, SEEK_SET) == 0;
}

static void stdio_destroy(XDR *xdrs)
{
	fflush((FILE *)xdrs->x_private);
}

static const struct xdr_ops stdio_ops = { stdio_get, stdio_put, stdio_position, stdio_move, stdio_destroy };

void xdrstdio_create(XDR *xdrs, FILE *file, enum xdr_op op)
{
	memset(xdrs, 0, sizeof *xdrs);
	xdrs->x_op = op;
	xdrs->x_ops = &stdio_ops;
	xdrs->x_private = (char *)file;
}

/* Counts only. */
static bool_t count_put(XDR *xdrs, const char *from, unsigned int count)
{
	(void)from;
	xdrs->x_handy += count;
	return TRUE;
}

static bool_t count_get(XDR *xdrs, char *to, unsigned int count)
{
	(void)xdrs, (void)to, (void)count;
	return FALSE;
}

static unsigned int count_position(const XDR *xdrs)
{
	return xdrs->x_handy;
}

static bool_t count_move(XDR *xdrs, unsigned int position)
{
	(void)xdrs, (void)position;
	return FALSE;
}

static const struct xdr_ops count_ops = { count_get, count_put, count_position, count_move, nothing };

unsigned long xdr_sizeof(xdrproc_t proc, void *object)
{
	XDR xdrs;

	memset(&xdrs, 0, sizeof xdrs);
	xdrs.x_op = XDR_ENCODE;
	xdrs.x_ops = &count_ops;
	return proc(&xdrs, object) ? xdrs.x_handy : 0;
}

void xdr_free(xdrproc_t proc, char *object)
{
	XDR xdrs;

	memset(&xdrs, 0, sizeof xdrs);
	xdrs.x_op = XDR_FREE;
	proc(&xdrs, object);
}

bool_t xdr_void(void)
{
	return TRUE;
}

/* One word of four bytes, most significant first: all small types are sent as one. */
static bool_t word(XDR *xdrs, uint32_t *value)
{
	uint32_t big;

	switch (xdrs->x_op) {
	case XDR_ENCODE:
		big = htonl(*value);
		return xdrs->x_ops->x_putbytes(xdrs, (char *)&big, 4);
	case XDR_DECODE:
		if (!xdrs->x_ops->x_getbytes(xdrs, (char *)&big, 4))
			return FALSE;
		*value = ntohl(big);
		return TRUE;
	default:
		return TRUE;
	}
}

static bool_t two_words(XDR *xdrs, uint64_t *value)
{
	uint32_t high = (uint32_t)(*value >> 32), low = (uint32_t)*value;

	if (xdrs->x_op == XDR_FREE)
		return TRUE;
	if (!word(xdrs, &high) || !word(xdrs, &low))
		return FALSE;
	*value = (uint64_t)high << 32 | low;
	return TRUE;
}

#define SMALL_TYPE(name, type, wide) \
	bool_t name(XDR *xdrs, type *p) \
	{ \
		uint32_t value = xdrs->x_op == XDR_ENCODE ? (uint32_t)(wide)*p : 0; \
		if (!word(xdrs, &value)) \
			return FALSE; \
		if (xdrs->x_op == XDR_DECODE) \
			*p = (type)(wide)value; \
		return TRUE; \
	}

SMALL_TYPE(xdr_int, int, int32_t)
SMALL_TYPE(xdr_u_int, unsigned int, uint32_t)
SMALL_TYPE(xdr_long, long, int32_t)
SMALL_TYPE(xdr_u_long, unsigned long, uint32_t)
SMALL_TYPE(xdr_short, short, int32_t)
SMALL_TYPE(xdr_u_short, unsigned short, uint32_t)
SMALL_TYPE(xdr_char, char, int32_t)
SMALL_TYPE(xdr_u_char, unsigned char, uint32_t)
SMALL_TYPE(xdr_enum, enum_t, int32_t)
SMALL_TYPE(xdr_int8_t, int8_t, int32_t)
SMALL_TYPE(xdr_uint8_t, uint8_t, uint32_t)
SMALL_TYPE(xdr_int16_t, int16_t, int32_t)
SMALL_TYPE(xdr_uint16_t, uint16_t, uint32_t)
SMALL_TYPE(xdr_int32_t, int32_t, int32_t)
SMALL_TYPE(xdr_uint32_t, uint32_t, uint32_t)

bool_t xdr_bool(XDR *xdrs, bool_t *p)
{
	uint32_t value = xdrs->x_op == XDR_ENCODE && *p != 0;

	if (!word(xdrs, &value))
		return FALSE;
	if (xdrs->x_op == XDR_DECODE)
		*p = value != 0;
	return TRUE;
}

#define LARGE_TYPE(name, type) \
	bool_t name(XDR *xdrs, type *p) \
	{ \
		uint64_t value = xdrs->x_op == XDR_ENCODE ? (uint64_t)*p : 0; \
		if (!two_words(xdrs, &value)) \
			return FALSE; \
		if (xdrs->x_op == XDR_DECODE) \
			*p = (type)value; \
		return TRUE; \
	}

LARGE_TYPE(xdr_hyper, long long)
LARGE_TYPE(xdr_u_hyper, unsigned long long)
LARGE_TYPE(xdr_int64_t, int64_t)
LARGE_TYPE(xdr_uint64_t, uint64_t)

bool_t xdr_float(XDR *xdrs, float *p)
{
	uint32_t bits = 0;

	if (xdrs->x_op == XDR_ENCODE)
		memcpy(&bits, p, 4);
	if (!word(xdrs, &bits))
		return FALSE;
	if (xdrs->x_op == XDR_DECODE)
		memcpy(p, &bits, 4);
	return TRUE;
}

bool_t xdr_double(XDR *xdrs, double *p)
{
	uint64_t bits = 0;

	if (xdrs->x_op == XDR_ENCODE)
		memcpy(&bits, p, 8);
	if (!two_words(xdrs, &bits))
		return FALSE;
	if (xdrs->x_op == XDR_DECODE)
		memcpy(p, &bits, 8);
	return TRUE;
}

bool_t xdr_opaque(XDR *xdrs, char *p, unsigned int count)
{
	static const char zeros[4];
	char rest[4];
	unsigned int padding = RNDUP(count) - count;

	switch (xdrs->x_op) {
	case XDR_ENCODE:
		return xdrs->x_ops->x_putbytes(xdrs, p, count) && xdrs->x_ops->x_putbytes(xdrs, zeros, padding);
	case XDR_DECODE:
		return xdrs->x_ops->x_getbytes(xdrs, p, count) && xdrs->x_ops->x_getbytes(xdrs, rest, padding);
	default:
		return TRUE;
	}
}

bool_t xdr_bytes(XDR *xdrs, char **p, unsigned int *count, unsigned int most)
{
	if (xdrs->x_op == XDR_FREE) {
		free(*p);
		*p = NULL;
		return TRUE;
	}
	if (!xdr_u_int(xdrs, count) || *count > most)
		return FALSE;
	if (*count == 0)
		return TRUE;
	if (xdrs->x_op == XDR_DECODE && !*p)
		*p = malloc(*count);
	return *p && xdr_opaque(xdrs, *p, *count);
}

bool_t xdr_string(XDR *xdrs, char **p, unsigned int most)
{
	unsigned int length = 0;

	if (xdrs->x_op == XDR_FREE) {
		free(*p);
		*p = NULL;
		return TRUE;
	}
	if (xdrs->x_op == XDR_ENCODE) {
		if (!*p)
			return FALSE;
		length = (unsigned int)strlen(*p);
	}
	if (!xdr_u_int(xdrs, &length) || length > most || length + 1 == 0)
		return FALSE;
	if (xdrs->x_op == XDR_DECODE) {
		if (!*p)
			*p = malloc(length + 1);
		if (!*p)
			return FALSE;
		(*p)[length] = 0;
	}
	return xdr_opaque(xdrs, *p, length);
}

bool_t xdr_wrapstring(XDR *xdrs, char **p)
{
	return xdr_string(xdrs, p, 0xffffffffU);
}

bool_t xdr_vector(XDR *xdrs, char *p, unsigned int count, unsigned int size, xdrproc_t element)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!element(xdrs, p + (size_t)i * size))
			return FALSE;
	}
	return TRUE;
}

bool_t xdr_array(XDR *xdrs, char **p, unsigned int *count, unsigned int most, unsigned int size, xdrproc_t element)
{
	bool_t fine;

	if (!xdr_u_int(xdrs, count))
		return FALSE;
	if (xdrs->x_op != XDR_FREE && *count > most)
		return FALSE;
	if (!*p) {
		if (xdrs->x_op == XDR_FREE || *count == 0)
			return TRUE;
		if (xdrs->x_op == XDR_ENCODE)
			return FALSE;
		*p = calloc(*count, size);
		if (!*p)
			return FALSE;
	}
	fine = xdr_vector(xdrs, *p, *count, size, element);
	if (xdrs->x_op == XDR_FREE) {
		free(*p);
		*p = NULL;
	}
	return fine;
}

bool_t xdr_reference(XDR *xdrs, char **p, unsigned int size, xdrproc_t proc)
{
	bool_t fine;

	if (!*p) {
		if (xdrs->x_op == XDR_FREE)
			return TRUE;
		if (xdrs->x_op == XDR_DECODE)
			*p = calloc(1, size);
		if (!*p)
			return FALSE;
	}
	fine = proc(xdrs, *p);
	if (xdrs->x_op == XDR_FREE) {
		free(*p);
		*p = NULL;
	}
	return fine;
}

bool_t xdr_pointer(XDR *xdrs, char **p, unsigned int size, xdrproc_t proc)
{
	bool_t more = *p != NULL;

	if (!xdr_bool(xdrs, &more))
		return FALSE;
	if (!more) {
		*p = NULL;
		return TRUE;
	}
	return xdr_reference(xdrs, p, size, proc);
}

bool_t xdr_union(XDR *xdrs, enum_t *which, char *p, const struct xdr_discrim *choices, xdrproc_t otherwise)
{
	if (!xdr_enum(xdrs, which))
		return FALSE;
	for (; choices->proc; choices++) {
		if (choices->value == *which)
			return choices->proc(xdrs, p, 0xffffffffU);
	}
	return otherwise ? otherwise(xdrs, p, 0xffffffffU) : FALSE;
}
