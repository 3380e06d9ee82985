#ifndef _RPC_AUTH_H
#define _RPC_AUTH_H

#include <rpc/rpc.h>

#endif
