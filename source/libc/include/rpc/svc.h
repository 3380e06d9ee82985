#ifndef _RPC_SVC_H
#define _RPC_SVC_H

#include <rpc/rpc.h>

#endif
