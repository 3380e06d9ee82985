#ifndef _RPC_AUTH_UNIX_H
#define _RPC_AUTH_UNIX_H

#include <rpc/rpc.h>

#endif
