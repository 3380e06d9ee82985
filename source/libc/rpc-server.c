/* Remote procedure calls, the server's side: svc_register(3), svc_run(3). A transport is a UDP socket, a TCP listener or one of
   its connections; svc_run waits for all of them. */
#include "internal.h"
#include "rpc-internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

fd_set svc_fdset;
int __svc_leave;

static SVCXPRT *transports;

struct registration {
	rpcprog_t program;
	rpcvers_t version;
	__dispatch_fn_t dispatch;
	struct registration *next;
};

static struct registration *registrations;

static SVCXPRT *new_transport(int fd, int is_stream, int is_listener)
{
	SVCXPRT *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->xp_sock = fd;
	t->xp_is_stream = is_stream;
	t->xp_is_listener = is_listener;
	t->xp_next = transports;
	transports = t;
	FD_SET(fd, &svc_fdset);
	return t;
}

/* Binds a socket to a port of the kernel's choice, unless it has one. */
static SVCXPRT *new_server(int fd, int type)
{
	struct sockaddr_in address;
	socklen_t length = sizeof address;
	SVCXPRT *t;

	if (fd == RPC_ANYSOCK && (fd = socket(AF_INET, type, 0)) < 0)
		return NULL;
	getsockname(fd, (struct sockaddr *)&address, &length);
	if (address.sin_port == 0) {
		memset(&address, 0, sizeof address);
		address.sin_family = AF_INET;
		bind(fd, (struct sockaddr *)&address, sizeof address);
		length = sizeof address;
		getsockname(fd, (struct sockaddr *)&address, &length);
	}
	if (type == SOCK_STREAM && listen(fd, SOMAXCONN) < 0)
		return NULL;
	t = new_transport(fd, type == SOCK_STREAM, type == SOCK_STREAM);
	if (t)
		t->xp_port = ntohs(address.sin_port);
	return t;
}

SVCXPRT *svcudp_create(int fd)
{
	return new_server(fd, SOCK_DGRAM);
}

SVCXPRT *svcudp_bufcreate(int fd, unsigned int send_size, unsigned int receive_size)
{
	(void)send_size, (void)receive_size;
	return new_server(fd, SOCK_DGRAM);
}

SVCXPRT *svctcp_create(int fd, unsigned int send_size, unsigned int receive_size)
{
	(void)send_size, (void)receive_size;
	return new_server(fd, SOCK_STREAM);
}

void svc_destroy(SVCXPRT *transport)
{
	SVCXPRT **link;

	for (link = &transports; *link && *link != transport; link = &(*link)->xp_next)
		;
	if (*link)
		*link = transport->xp_next;
	FD_CLR(transport->xp_sock, &svc_fdset);
	close(transport->xp_sock);
	free(transport->xp_message);
	free(transport);
}

void __svc_forget(void)
{
	transports = NULL;
	registrations = NULL;
	FD_ZERO(&svc_fdset);
}

static struct registration *find_registration(rpcprog_t program, rpcvers_t version)
{
	struct registration *r;

	for (r = registrations; r; r = r->next) {
		if (r->program == program && r->version == version)
			return r;
	}
	return NULL;
}

bool_t __svc_register_here(rpcprog_t program, rpcvers_t version, __dispatch_fn_t dispatch)
{
	struct registration *r = find_registration(program, version);

	if (r)
		return r->dispatch == dispatch;
	r = malloc(sizeof *r);
	if (!r)
		return FALSE;
	*r = (struct registration){ program, version, dispatch, registrations };
	registrations = r;
	return TRUE;
}

bool_t svc_register(SVCXPRT *transport, rpcprog_t program, rpcvers_t version, __dispatch_fn_t dispatch, rpcprot_t protocol)
{
	if (!__svc_register_here(program, version, dispatch))
		return FALSE;
	return protocol == 0 || pmap_set(program, version, (int)protocol, transport->xp_port);
}

void svc_unregister(rpcprog_t program, rpcvers_t version)
{
	struct registration **link;

	for (link = &registrations; *link; link = &(*link)->next) {
		struct registration *r = *link;
		if (r->program != program || r->version != version)
			continue;
		*link = r->next;
		free(r);
		break;
	}
	pmap_unset(program, version);
}

/* ---- Answers ---- */
static bool_t send_message(SVCXPRT *t, const char *message, unsigned int length)
{
	if (t->xp_is_stream)
		return __rpc_send_record(t->xp_sock, message, length) == 0;
	return sendto(t->xp_sock, message, length, 0, (struct sockaddr *)&t->xp_raddr, (socklen_t)t->xp_addrlen) == (ssize_t)length;
}

static bool_t answer(SVCXPRT *t, unsigned int status, xdrproc_t proc, void *result, rpcvers_t low, rpcvers_t high)
{
	unsigned int size = 64 + (proc ? (unsigned int)xdr_sizeof(proc, result) : 0), reply = __RPC_REPLY, accepted = __RPC_ACCEPTED;
	struct opaque_auth none = { AUTH_NONE, NULL, 0 };
	char *message = malloc(size);
	bool_t fine;
	XDR xdrs;

	if (!message)
		return FALSE;
	xdrmem_create(&xdrs, message, size, XDR_ENCODE);
	fine = xdr_u_int(&xdrs, &t->xp_xid) && xdr_u_int(&xdrs, &reply) && xdr_u_int(&xdrs, &accepted) &&
	       __rpc_xdr_auth(&xdrs, &none) && xdr_u_int(&xdrs, &status);
	if (fine && status == __RPC_WRONG_VERSION)
		fine = xdr_u_long(&xdrs, &low) && xdr_u_long(&xdrs, &high);
	if (fine && proc)
		fine = proc(&xdrs, result);
	fine = fine && send_message(t, message, xdr_getpos(&xdrs));
	free(message);
	return fine;
}

bool_t svc_sendreply(SVCXPRT *transport, xdrproc_t proc, void *result)
{
	return answer(transport, __RPC_FINE, proc, result, 0, 0);
}

void svcerr_noproc(SVCXPRT *transport)
{
	answer(transport, __RPC_NO_PROCEDURE, NULL, NULL, 0, 0);
}

void svcerr_decode(SVCXPRT *transport)
{
	answer(transport, __RPC_GARBAGE, NULL, NULL, 0, 0);
}

void svcerr_systemerr(SVCXPRT *transport)
{
	answer(transport, __RPC_SYSTEM, NULL, NULL, 0, 0);
}

void svcerr_noprog(SVCXPRT *transport)
{
	answer(transport, __RPC_NO_PROGRAM, NULL, NULL, 0, 0);
}

void svcerr_progvers(SVCXPRT *transport, rpcvers_t low, rpcvers_t high)
{
	answer(transport, __RPC_WRONG_VERSION, NULL, NULL, low, high);
}

bool_t svc_getargs(SVCXPRT *transport, xdrproc_t proc, void *arguments)
{
	return proc(&transport->xp_arguments, arguments);
}

bool_t svc_freeargs(SVCXPRT *transport, xdrproc_t proc, void *arguments)
{
	(void)transport;
	xdr_free(proc, arguments);
	return TRUE;
}

/* ---- Requests ---- */
static void dispatch(SVCXPRT *t, char *message, unsigned int length)
{
	unsigned int direction, version;
	struct svc_req request;
	struct opaque_auth verifier;
	struct registration *r;
	rpcvers_t low = ~0UL, high = 0;
	XDR *xdrs = &t->xp_arguments;

	memset(&request, 0, sizeof request);
	request.rq_xprt = t;
	xdrmem_create(xdrs, message, length, XDR_DECODE);
	if (!xdr_u_int(xdrs, &t->xp_xid) || !xdr_u_int(xdrs, &direction) || direction != __RPC_CALL || !xdr_u_int(xdrs, &version))
		return;
	if (version != __RPC_VERSION || !xdr_u_long(xdrs, &request.rq_prog) || !xdr_u_long(xdrs, &request.rq_vers) ||
	    !xdr_u_long(xdrs, &request.rq_proc) || !__rpc_xdr_auth(xdrs, &request.rq_cred) || !__rpc_xdr_auth(xdrs, &verifier))
		return;
	r = find_registration(request.rq_prog, request.rq_vers);
	if (r) {
		r->dispatch(&request, t);
		return;
	}
	for (r = registrations; r; r = r->next) {
		if (r->program != request.rq_prog)
			continue;
		low = r->version < low ? r->version : low;
		high = r->version > high ? r->version : high;
	}
	if (high == 0 && low != 0)
		svcerr_noprog(t);
	else
		svcerr_progvers(t, low, high);
}

static void serve_datagram(SVCXPRT *t)
{
	static char message[UDPMSGSIZE];
	socklen_t length = sizeof t->xp_raddr;
	ssize_t n = recvfrom(t->xp_sock, message, sizeof message, 0, (struct sockaddr *)&t->xp_raddr, &length);

	t->xp_addrlen = (int)length;
	if (n > 0)
		dispatch(t, message, (unsigned int)n);
}

static void serve_listener(SVCXPRT *listener)
{
	struct sockaddr_in address;
	socklen_t length = sizeof address;
	int fd = accept(listener->xp_sock, (struct sockaddr *)&address, &length);
	SVCXPRT *t;

	if (fd < 0)
		return;
	t = new_transport(fd, 1, 0);
	if (!t) {
		close(fd);
		return;
	}
	t->xp_raddr = address;
	t->xp_addrlen = (int)length;
}

/* Takes what has come; whole records are served. A stream may bring them in any pieces. */
static void serve_stream(SVCXPRT *t)
{
	ssize_t n;

	if (t->xp_size - t->xp_received < 1024) {
		char *grown = realloc(t->xp_message, t->xp_size * 2 + 4096);
		if (!grown) {
			svc_destroy(t);
			return;
		}
		t->xp_message = grown;
		t->xp_size = t->xp_size * 2 + 4096;
	}
	n = recv(t->xp_sock, t->xp_message + t->xp_received, t->xp_size - t->xp_received, 0);
	if (n <= 0) {
		if (n == 0 || errno != EINTR)
			svc_destroy(t);
		return;
	}
	t->xp_received += (unsigned int)n;
	for (;;) {
		uint32_t mark;
		unsigned int length;
		if (t->xp_received < 4)
			return;
		memcpy(&mark, t->xp_message, 4);
		length = ntohl(mark) & ~__RPC_LAST_FRAGMENT;
		if (t->xp_received < length + 4)
			return;
		dispatch(t, t->xp_message + 4, length);
		t->xp_received -= length + 4;
		memmove(t->xp_message, t->xp_message + length + 4, t->xp_received);
	}
}

void svc_getreq_common(int fd)
{
	SVCXPRT *t;

	for (t = transports; t && t->xp_sock != fd; t = t->xp_next)
		;
	if (!t)
		return;
	if (t->xp_is_listener)
		serve_listener(t);
	else if (t->xp_is_stream)
		serve_stream(t);
	else
		serve_datagram(t);
}

void svc_getreqset(fd_set *ready)
{
	int fd;

	for (fd = 0; fd < FD_SETSIZE; fd++) {
		if (FD_ISSET(fd, ready))
			svc_getreq_common(fd);
	}
}

void svc_exit(void)
{
	__svc_leave = 1;
}

void svc_run(void)
{
	__svc_leave = 0;
	while (!__svc_leave && transports) {
		struct pollfd fds[FD_SETSIZE];
		int count = 0, i;
		SVCXPRT *t;
		for (t = transports; t && count < FD_SETSIZE; t = t->xp_next)
			fds[count++] = (struct pollfd){ t->xp_sock, POLLIN, 0 };
		if (poll(fds, (nfds_t)count, -1) < 0) {
			if (errno == EINTR)
				continue;
			return;
		}
		for (i = 0; i < count && !__svc_leave; i++) {
			if (fds[i].revents)
				svc_getreq_common(fds[i].fd);
		}
	}
}

/* ---- registerrpc(3): one function per procedure, on UDP ---- */
struct procedure {
	unsigned long program;
	unsigned long version;
	unsigned long number;
	char *(*function)(char *);
	xdrproc_t in_proc;
	xdrproc_t out_proc;
	struct procedure *next;
};

static struct procedure *procedures;
static SVCXPRT *procedure_transport;

static void call_procedure(struct svc_req *request, SVCXPRT *t)
{
	char arguments[UDPMSGSIZE], *result;
	struct procedure *p;

	if (request->rq_proc == 0) {
		svc_sendreply(t, (xdrproc_t)xdr_void, NULL);
		return;
	}
	for (p = procedures; p; p = p->next) {
		if (p->program == request->rq_prog && p->version == request->rq_vers && p->number == request->rq_proc)
			break;
	}
	if (!p) {
		svcerr_noproc(t);
		return;
	}
	memset(arguments, 0, sizeof arguments);
	if (!svc_getargs(t, p->in_proc, arguments)) {
		svcerr_decode(t);
		return;
	}
	result = p->function(arguments);
	if (result || p->out_proc == (xdrproc_t)xdr_void)
		svc_sendreply(t, p->out_proc, result);
	svc_freeargs(t, p->in_proc, arguments);
}

int registerrpc(unsigned long program, unsigned long version, unsigned long number, char *(*function)(char *), xdrproc_t in_proc, xdrproc_t out_proc)
{
	struct procedure *p = malloc(sizeof *p);

	if (!p || number == 0)
		return -1;
	if (!procedure_transport)
		procedure_transport = svcudp_create(RPC_ANYSOCK);
	if (!procedure_transport)
		return -1;
	if (!find_registration(program, version)) {
		pmap_unset(program, version);
		if (!svc_register(procedure_transport, program, version, call_procedure, IPPROTO_UDP))
			return -1;
	}
	*p = (struct procedure){ program, version, number, function, in_proc, out_proc, procedures };
	procedures = p;
	return 0;
}
