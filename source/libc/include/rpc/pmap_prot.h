#ifndef _RPC_PMAP_PROT_H
#define _RPC_PMAP_PROT_H

#include <rpc/rpc.h>

#endif
