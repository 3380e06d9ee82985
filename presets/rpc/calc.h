/* What client and server agree on: names of procedures, and their arguments. */
#include <rpc/rpc.h>

#define CALC_PROGRAM 0x20000001
#define CALC_VERSION 1
#define CALC_ADD 1			/* struct pair to int */
#define CALC_QUIT 2			/* int to int: the calls that were served */

struct pair {
	int a, b;
};

bool_t xdr_pair(XDR *xdrs, struct pair *pair);
