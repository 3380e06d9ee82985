/* External Data Representation, RFC 4506: values as big-endian words of four bytes, the same on every computer. One
   function per type packs, unpacks and frees, as x_op says. */
#ifndef _RPC_XDR_H
#define _RPC_XDR_H

#include <stdio.h>
#include <rpc/types.h>

enum xdr_op { XDR_ENCODE = 0, XDR_DECODE = 1, XDR_FREE = 2 };

#define BYTES_PER_XDR_UNIT 4
#define RNDUP(x) ((((x) + BYTES_PER_XDR_UNIT - 1) / BYTES_PER_XDR_UNIT) * BYTES_PER_XDR_UNIT)

typedef struct XDR XDR;
struct XDR {
	enum xdr_op x_op;
	const struct xdr_ops *x_ops;
	char *x_public;
	char *x_private; /* Where the next byte is; a FILE of a stdio stream. */
	char *x_base;
	unsigned int x_handy; /* Bytes left. */
};

struct xdr_ops {
	bool_t (*x_getbytes)(XDR *__xdrs, char *__to, unsigned int __count);
	bool_t (*x_putbytes)(XDR *__xdrs, const char *__from, unsigned int __count);
	unsigned int (*x_getpostn)(const XDR *__xdrs);
	bool_t (*x_setpostn)(XDR *__xdrs, unsigned int __position);
	void (*x_destroy)(XDR *__xdrs);
};

typedef bool_t (*xdrproc_t)(XDR *, void *, ...);
#define NULL_xdrproc_t ((xdrproc_t)0)

struct xdr_discrim {
	int value;
	xdrproc_t proc;
};

#define xdr_getpos(xdrs) ((xdrs)->x_ops->x_getpostn(xdrs))
#define xdr_setpos(xdrs, position) ((xdrs)->x_ops->x_setpostn(xdrs, position))
#define xdr_destroy(xdrs) ((xdrs)->x_ops->x_destroy(xdrs))
#define XDR_GETPOS(xdrs) xdr_getpos(xdrs)
#define XDR_SETPOS(xdrs, position) xdr_setpos(xdrs, position)
#define XDR_DESTROY(xdrs) xdr_destroy(xdrs)
/* No direct access to the stream's memory: callers go the long way. */
#define XDR_INLINE(xdrs, length) ((int32_t *)0)
#define xdr_inline(xdrs, length) XDR_INLINE(xdrs, length)

extern void xdrmem_create(XDR *__xdrs, char *__memory, unsigned int __size, enum xdr_op __op);
extern void xdrstdio_create(XDR *__xdrs, FILE *__file, enum xdr_op __op);
extern void xdr_free(xdrproc_t __proc, char *__object);
extern unsigned long xdr_sizeof(xdrproc_t __proc, void *__object);

extern bool_t xdr_void(void);
extern bool_t xdr_int(XDR *__xdrs, int *__p);
extern bool_t xdr_u_int(XDR *__xdrs, unsigned int *__p);
extern bool_t xdr_long(XDR *__xdrs, long *__p);
extern bool_t xdr_u_long(XDR *__xdrs, unsigned long *__p);
extern bool_t xdr_short(XDR *__xdrs, short *__p);
extern bool_t xdr_u_short(XDR *__xdrs, unsigned short *__p);
extern bool_t xdr_char(XDR *__xdrs, char *__p);
extern bool_t xdr_u_char(XDR *__xdrs, unsigned char *__p);
extern bool_t xdr_bool(XDR *__xdrs, bool_t *__p);
extern bool_t xdr_enum(XDR *__xdrs, enum_t *__p);
extern bool_t xdr_hyper(XDR *__xdrs, long long *__p);
extern bool_t xdr_u_hyper(XDR *__xdrs, unsigned long long *__p);
extern bool_t xdr_int8_t(XDR *__xdrs, int8_t *__p);
extern bool_t xdr_uint8_t(XDR *__xdrs, uint8_t *__p);
extern bool_t xdr_int16_t(XDR *__xdrs, int16_t *__p);
extern bool_t xdr_uint16_t(XDR *__xdrs, uint16_t *__p);
extern bool_t xdr_int32_t(XDR *__xdrs, int32_t *__p);
extern bool_t xdr_uint32_t(XDR *__xdrs, uint32_t *__p);
extern bool_t xdr_int64_t(XDR *__xdrs, int64_t *__p);
extern bool_t xdr_uint64_t(XDR *__xdrs, uint64_t *__p);
extern bool_t xdr_float(XDR *__xdrs, float *__p);
extern bool_t xdr_double(XDR *__xdrs, double *__p);
extern bool_t xdr_opaque(XDR *__xdrs, char *__p, unsigned int __count);
extern bool_t xdr_bytes(XDR *__xdrs, char **__p, unsigned int *__count, unsigned int __most);
extern bool_t xdr_string(XDR *__xdrs, char **__p, unsigned int __most);
extern bool_t xdr_wrapstring(XDR *__xdrs, char **__p);
extern bool_t xdr_vector(XDR *__xdrs, char *__p, unsigned int __count, unsigned int __size, xdrproc_t __element);
extern bool_t xdr_array(XDR *__xdrs, char **__p, unsigned int *__count, unsigned int __most, unsigned int __size, xdrproc_t __element);
extern bool_t xdr_reference(XDR *__xdrs, char **__p, unsigned int __size, xdrproc_t __proc);
extern bool_t xdr_pointer(XDR *__xdrs, char **__p, unsigned int __size, xdrproc_t __proc);
extern bool_t xdr_union(XDR *__xdrs, enum_t *__which, char *__p, const struct xdr_discrim *__choices, xdrproc_t __otherwise);

#endif
