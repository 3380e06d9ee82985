#ifndef _RPC_PMAP_CLNT_H
#define _RPC_PMAP_CLNT_H

#include <rpc/rpc.h>

#endif
