/*
 * XDR: the form in which a pair travels, the same on every computer. One
 * function does both ways; the direction stands in `xdrs`.
 */
#include "calc.h"

bool_t xdr_pair(XDR *xdrs, struct pair *pair)
{
	return xdr_int(xdrs, &pair->a) && xdr_int(xdrs, &pair->b);
}
