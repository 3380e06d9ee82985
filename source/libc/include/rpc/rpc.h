/* Remote procedure calls in the manner of ONC RPC, RFC 5531: a procedure is named by program, version and number; the port
   mapper of a host (program 100000, port 111) knows at which port a program listens. */
#ifndef _RPC_RPC_H
#define _RPC_RPC_H

#include <poll.h>
#include <rpc/types.h>
#include <rpc/xdr.h>
#include <sys/select.h>
#include <sys/socket.h>

#define RPC_ANYSOCK (-1)
#define RPC_ANYFD (-1)
#define UDPMSGSIZE 8800

/* ---- Authentication: none ---- */
#define AUTH_NONE 0
#define AUTH_NULL 0
#define MAX_AUTH_BYTES 400

struct opaque_auth {
	enum_t oa_flavor;
	char *oa_base;
	unsigned int oa_length;
};

typedef struct AUTH {
	struct opaque_auth ah_cred;
	struct opaque_auth ah_verf;
} AUTH;

extern AUTH *authnone_create(void);
extern AUTH *authunix_create_default(void);
#define auth_destroy(auth) ((void)(auth))

/* ---- The client ---- */
enum clnt_stat {
	RPC_SUCCESS = 0,
	RPC_CANTENCODEARGS = 1,
	RPC_CANTDECODERES = 2,
	RPC_CANTSEND = 3,
	RPC_CANTRECV = 4,
	RPC_TIMEDOUT = 5,
	RPC_VERSMISMATCH = 6,
	RPC_AUTHERROR = 7,
	RPC_PROGUNAVAIL = 8,
	RPC_PROGVERSMISMATCH = 9,
	RPC_PROCUNAVAIL = 10,
	RPC_CANTDECODEARGS = 11,
	RPC_SYSTEMERROR = 12,
	RPC_UNKNOWNHOST = 13,
	RPC_PMAPFAILURE = 14,
	RPC_PROGNOTREGISTERED = 15,
	RPC_FAILED = 16,
	RPC_UNKNOWNPROTO = 17
};

struct rpc_err {
	enum clnt_stat re_status;
	int re_errno;
	struct {
		unsigned long low;
		unsigned long high;
	} re_vers;
};

struct rpc_createerr {
	enum clnt_stat cf_stat;
	struct rpc_err cf_error;
};
extern struct rpc_createerr rpc_createerr;

typedef struct CLIENT {
	AUTH *cl_auth;
	int cl_socket;
	int cl_is_stream;
	int cl_owns_socket;
	struct sockaddr_in cl_server;
	unsigned int cl_xid;
	unsigned long cl_program;
	unsigned long cl_version;
	struct timeval cl_retry; /* UDP: time between transmissions. */
	struct timeval cl_timeout; /* Set by CLSET_TIMEOUT; else tv_sec is -1. */
	struct rpc_err cl_error;
	char *cl_reply; /* The last reply, which results are decoded from. */
} CLIENT;

#define CLSET_TIMEOUT 1
#define CLGET_TIMEOUT 2
#define CLGET_SERVER_ADDR 3
#define CLSET_RETRY_TIMEOUT 4
#define CLGET_RETRY_TIMEOUT 5
#define CLGET_FD 6

extern CLIENT *clnt_create(const char *__host, unsigned long __program, unsigned long __version, const char *__protocol);
extern CLIENT *clntudp_create(struct sockaddr_in *__address, unsigned long __program, unsigned long __version, struct timeval __wait, int *__socket);
extern CLIENT *clnttcp_create(struct sockaddr_in *__address, unsigned long __program, unsigned long __version, int *__socket, unsigned int __send_size, unsigned int __receive_size);
extern enum clnt_stat clnt_call(CLIENT *__client, unsigned long __procedure, xdrproc_t __in_proc, void *__in, xdrproc_t __out_proc, void *__out, struct timeval __timeout);
extern bool_t clnt_freeres(CLIENT *__client, xdrproc_t __out_proc, void *__out);
extern bool_t clnt_control(CLIENT *__client, unsigned int __request, char *__info);
extern void clnt_geterr(CLIENT *__client, struct rpc_err *__error);
extern void clnt_destroy(CLIENT *__client);
extern void clnt_perror(CLIENT *__client, const char *__text);
extern char *clnt_sperror(CLIENT *__client, const char *__text);
extern void clnt_perrno(enum clnt_stat __status);
extern char *clnt_sperrno(enum clnt_stat __status);
extern void clnt_pcreateerror(const char *__text);
extern char *clnt_spcreateerror(const char *__text);
extern int callrpc(const char *__host, unsigned long __program, unsigned long __version, unsigned long __procedure, xdrproc_t __in_proc, const char *__in, xdrproc_t __out_proc, char *__out);

/* ---- The server ---- */
typedef struct SVCXPRT {
	int xp_sock;
	unsigned short xp_port;
	int xp_is_stream;
	int xp_is_listener;
	struct sockaddr_in xp_raddr;
	int xp_addrlen;
	unsigned int xp_xid;
	XDR xp_arguments;
	char *xp_message;
	unsigned int xp_received; /* A stream's message so far, */
	unsigned int xp_size; /* and the memory for it. */
	struct SVCXPRT *xp_next;
} SVCXPRT;

struct svc_req {
	rpcprog_t rq_prog;
	rpcvers_t rq_vers;
	rpcproc_t rq_proc;
	struct opaque_auth rq_cred;
	SVCXPRT *rq_xprt;
};

typedef void (*__dispatch_fn_t)(struct svc_req *, SVCXPRT *);

extern fd_set svc_fdset;
extern SVCXPRT *svcudp_create(int __socket);
extern SVCXPRT *svcudp_bufcreate(int __socket, unsigned int __send_size, unsigned int __receive_size);
extern SVCXPRT *svctcp_create(int __socket, unsigned int __send_size, unsigned int __receive_size);
extern bool_t svc_register(SVCXPRT *__transport, rpcprog_t __program, rpcvers_t __version, __dispatch_fn_t __dispatch, rpcprot_t __protocol);
extern void svc_unregister(rpcprog_t __program, rpcvers_t __version);
extern int registerrpc(unsigned long __program, unsigned long __version, unsigned long __procedure, char *(*__function)(char *), xdrproc_t __in_proc, xdrproc_t __out_proc);
extern void svc_run(void);
extern void svc_exit(void);
extern void svc_getreqset(fd_set *__ready);
extern void svc_getreq_common(int __fd);
extern bool_t svc_getargs(SVCXPRT *__transport, xdrproc_t __proc, void *__arguments);
extern bool_t svc_freeargs(SVCXPRT *__transport, xdrproc_t __proc, void *__arguments);
extern bool_t svc_sendreply(SVCXPRT *__transport, xdrproc_t __proc, void *__result);
extern void svc_destroy(SVCXPRT *__transport);
#define svc_getcaller(transport) (&(transport)->xp_raddr)
extern void svcerr_noproc(SVCXPRT *__transport);
extern void svcerr_decode(SVCXPRT *__transport);
extern void svcerr_systemerr(SVCXPRT *__transport);
extern void svcerr_noprog(SVCXPRT *__transport);
extern void svcerr_progvers(SVCXPRT *__transport, rpcvers_t __low, rpcvers_t __high);

/* ---- The port mapper ---- */
#define PMAPPORT ((unsigned short)111)
#define PMAPPROG ((unsigned long)100000)
#define PMAPVERS ((unsigned long)2)
#define PMAPPROC_NULL 0UL
#define PMAPPROC_SET 1UL
#define PMAPPROC_UNSET 2UL
#define PMAPPROC_GETPORT 3UL
#define PMAPPROC_DUMP 4UL

struct pmap {
	unsigned long pm_prog;
	unsigned long pm_vers;
	unsigned long pm_prot;
	unsigned long pm_port;
};

struct pmaplist {
	struct pmap pml_map;
	struct pmaplist *pml_next;
};

extern bool_t xdr_pmap(XDR *__xdrs, struct pmap *__map);
extern bool_t xdr_pmaplist(XDR *__xdrs, struct pmaplist **__list);
extern bool_t pmap_set(unsigned long __program, unsigned long __version, int __protocol, unsigned short __port);
extern bool_t pmap_unset(unsigned long __program, unsigned long __version);
extern unsigned short pmap_getport(struct sockaddr_in *__address, unsigned long __program, unsigned long __version, unsigned int __protocol);
extern struct pmaplist *pmap_getmaps(struct sockaddr_in *__address);

#endif
