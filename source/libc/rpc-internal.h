/* What the files of the RPC library share: RFC 5531's messages, and the port mapper's start. */
#ifndef LIBC_RPC_INTERNAL_H
#define LIBC_RPC_INTERNAL_H

#include <rpc/rpc.h>

#define __RPC_VERSION 2
#define __RPC_CALL 0
#define __RPC_REPLY 1
#define __RPC_ACCEPTED 0
#define __RPC_DENIED 1

enum __rpc_accept { __RPC_FINE, __RPC_NO_PROGRAM, __RPC_WRONG_VERSION, __RPC_NO_PROCEDURE, __RPC_GARBAGE, __RPC_SYSTEM };

#define __RPC_LAST_FRAGMENT 0x80000000U

/** Credentials and verifier of a call or reply, which carry nothing here. */
extern bool_t __rpc_xdr_auth(XDR *xdrs, struct opaque_auth *auth);
/** Sends a whole message on a stream, with its record mark (RFC 5531, 11). */
extern int __rpc_send_record(int fd, const char *message, unsigned int length);
/** Forgets all transports and registrations: for the child that becomes the port mapper. */
extern void __svc_forget(void);
/** Calls a program's function without asking the port mapper. */
extern bool_t __svc_register_here(rpcprog_t program, rpcvers_t version, __dispatch_fn_t dispatch);
extern int __svc_leave;

#endif
