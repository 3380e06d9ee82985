#ifndef _RPC_CLNT_H
#define _RPC_CLNT_H

#include <rpc/rpc.h>

#endif
