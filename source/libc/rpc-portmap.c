/* The port mapper, RFC 1833 version 2: pmap_set(3) and the like, and the server itself. The first program of a host that
   registers starts it, as a process of its own called rpcbind; it ends when nothing is registered any more. */
#include "internal.h"
#include "rpc-internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct timeval retry_time = { 5, 0 };
static const struct timeval call_time = { 60, 0 };

bool_t xdr_pmap(XDR *xdrs, struct pmap *map)
{
	return xdr_u_long(xdrs, &map->pm_prog) && xdr_u_long(xdrs, &map->pm_vers) && xdr_u_long(xdrs, &map->pm_prot) && xdr_u_long(xdrs, &map->pm_port);
}

bool_t xdr_pmaplist(XDR *xdrs, struct pmaplist **list)
{
	for (;;) {
		bool_t more = *list != NULL;
		struct pmaplist *next = xdrs->x_op == XDR_FREE && *list ? (*list)->pml_next : NULL;
		if (!xdr_bool(xdrs, &more))
			return FALSE;
		if (!more)
			return TRUE;
		if (!xdr_reference(xdrs, (char **)list, sizeof **list, (xdrproc_t)xdr_pmap))
			return FALSE;
		if (xdrs->x_op == XDR_FREE) {
			*list = next;
		} else {
			list = &(*list)->pml_next;
		}
	}
}

/* ---- The server ---- */
static struct pmaplist *mappings;

static struct pmaplist **find_mapping(const struct pmap *map, int any_version)
{
	struct pmaplist **link;

	for (link = &mappings; *link; link = &(*link)->pml_next) {
		const struct pmap *m = &(*link)->pml_map;
		if (m->pm_prog == map->pm_prog && (any_version || m->pm_vers == map->pm_vers) && m->pm_prot == map->pm_prot)
			return link;
	}
	return NULL;
}

static bool_t set_mapping(const struct pmap *map)
{
	struct pmaplist **link = find_mapping(map, 0), *entry;

	if (link)
		return (*link)->pml_map.pm_port == map->pm_port;
	entry = malloc(sizeof *entry);
	if (!entry)
		return FALSE;
	*entry = (struct pmaplist){ *map, NULL };
	for (link = &mappings; *link; link = &(*link)->pml_next)
		;
	*link = entry;
	return TRUE;
}

static bool_t unset_mapping(const struct pmap *map)
{
	struct pmaplist **link = &mappings;
	bool_t found = FALSE;

	while (*link) {
		struct pmaplist *entry = *link;
		if (entry->pml_map.pm_prog == map->pm_prog && entry->pml_map.pm_vers == map->pm_vers) {
			*link = entry->pml_next;
			free(entry);
			found = TRUE;
		} else {
			link = &entry->pml_next;
		}
	}
	return found;
}

static void serve_portmap(struct svc_req *request, SVCXPRT *t)
{
	struct pmap map;
	struct pmaplist **link;
	unsigned long port;
	bool_t fine;

	if (request->rq_proc == PMAPPROC_NULL) {
		svc_sendreply(t, (xdrproc_t)xdr_void, NULL);
		return;
	}
	if (request->rq_proc == PMAPPROC_DUMP) {
		svc_sendreply(t, (xdrproc_t)xdr_pmaplist, &mappings);
		return;
	}
	if (request->rq_proc > PMAPPROC_DUMP) {
		svcerr_noproc(t);
		return;
	}
	if (!svc_getargs(t, (xdrproc_t)xdr_pmap, &map)) {
		svcerr_decode(t);
		return;
	}
	if (request->rq_proc == PMAPPROC_GETPORT) {
		link = find_mapping(&map, 0);
		if (!link)
			link = find_mapping(&map, 1);
		port = link ? (*link)->pml_map.pm_port : 0;
		svc_sendreply(t, (xdrproc_t)xdr_u_long, &port);
		return;
	}
	fine = request->rq_proc == PMAPPROC_SET ? set_mapping(&map) : unset_mapping(&map);
	svc_sendreply(t, (xdrproc_t)xdr_bool, &fine);
	if (request->rq_proc == PMAPPROC_UNSET && fine && !mappings)
		svc_exit();
}

static int bound_socket(int type)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(PMAPPORT) };
	int fd = socket(AF_INET, type, 0), on = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	return bind(fd, (struct sockaddr *)&address, sizeof address) < 0 ? -1 : fd;
}

/* The life of the process. It tells its starter through the pipe when it can be called. */
static void run_portmapper(int ready)
{
	int signal_number, udp, tcp;

	for (signal_number = 1; signal_number < 32; signal_number++)
		signal(signal_number, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	setsid();
	prctl(PR_SET_NAME, "rpcbind");
	if (ready != 0) {
		dup2(ready, 0);
		close(ready);
	}
	close_range(1, ~0U, 0);
	__svc_forget();
	udp = bound_socket(SOCK_DGRAM);
	tcp = bound_socket(SOCK_STREAM);
	if (udp < 0 || tcp < 0 || !svcudp_create(udp) || !svctcp_create(tcp, 0, 0) || !__svc_register_here(PMAPPROG, PMAPVERS, serve_portmap))
		_exit(1);
	close(0);
	svc_run();
	_exit(0);
}

/* Starts the port mapper as an orphan, so that nobody has to wait for its end. */
static void start_portmapper(void)
{
	int ends[2], status;
	char byte;
	pid_t child;

	if (pipe(ends) < 0)
		return;
	fflush(NULL);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		if (fork() == 0)
			run_portmapper(ends[1]);
		_exit(0);
	}
	close(ends[1]);
	if (child > 0) {
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
		while (read(ends[0], &byte, 1) < 0 && errno == EINTR)
			;
	}
	close(ends[0]);
}

/* ---- Its callers ---- */
static CLIENT *client_of(const struct sockaddr_in *address)
{
	struct sockaddr_in to = *address;
	int fd = RPC_ANYSOCK;

	to.sin_family = AF_INET;
	to.sin_port = htons(PMAPPORT);
	return clntudp_create(&to, PMAPPROG, PMAPVERS, retry_time, &fd);
}

static enum clnt_stat ask(const struct sockaddr_in *address, unsigned long procedure, struct pmap *map, xdrproc_t out_proc, void *out)
{
	CLIENT *client = client_of(address);
	enum clnt_stat status;

	if (!client)
		return RPC_PMAPFAILURE;
	status = clnt_call(client, procedure, (xdrproc_t)xdr_pmap, map, out_proc, out, call_time);
	rpc_createerr.cf_error = client->cl_error;
	clnt_destroy(client);
	return status;
}

static struct sockaddr_in own_host(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return address;
}

bool_t pmap_set(unsigned long program, unsigned long version, int protocol, unsigned short port)
{
	struct sockaddr_in address = own_host();
	struct pmap map = { program, version, (unsigned long)protocol, port };
	bool_t fine = FALSE;
	enum clnt_stat status = ask(&address, PMAPPROC_SET, &map, (xdrproc_t)xdr_bool, &fine);

	if (status == RPC_CANTRECV || status == RPC_CANTSEND) {
		start_portmapper();
		status = ask(&address, PMAPPROC_SET, &map, (xdrproc_t)xdr_bool, &fine);
	}
	return status == RPC_SUCCESS && fine;
}

bool_t pmap_unset(unsigned long program, unsigned long version)
{
	struct sockaddr_in address = own_host();
	struct pmap map = { program, version, 0, 0 };
	bool_t fine = FALSE;

	return ask(&address, PMAPPROC_UNSET, &map, (xdrproc_t)xdr_bool, &fine) == RPC_SUCCESS && fine;
}

unsigned short pmap_getport(struct sockaddr_in *address, unsigned long program, unsigned long version, unsigned int protocol)
{
	struct pmap map = { program, version, protocol, 0 };
	unsigned long port = 0;

	if (ask(address, PMAPPROC_GETPORT, &map, (xdrproc_t)xdr_u_long, &port) != RPC_SUCCESS) {
		rpc_createerr.cf_stat = RPC_PMAPFAILURE;
		return 0;
	}
	if (port == 0)
		rpc_createerr.cf_stat = RPC_PROGNOTREGISTERED;
	return (unsigned short)port;
}

struct pmaplist *pmap_getmaps(struct sockaddr_in *address)
{
	CLIENT *client = client_of(address);
	struct pmaplist *list = NULL;

	if (!client)
		return NULL;
	clnt_call(client, PMAPPROC_DUMP, (xdrproc_t)xdr_void, NULL, (xdrproc_t)xdr_pmaplist, &list, call_time);
	clnt_destroy(client);
	return list;
}
