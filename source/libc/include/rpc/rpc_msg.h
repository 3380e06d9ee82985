#ifndef _RPC_RPC_MSG_H
#define _RPC_RPC_MSG_H

#include <rpc/rpc.h>

#endif
