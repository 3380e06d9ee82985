/* Remote procedure calls, the caller's side: clnt_create(3), clnt_call(3). A call on UDP is sent again until the time is up. */
#include "internal.h"
#include "rpc-internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct rpc_createerr rpc_createerr;

static AUTH no_authentication;

AUTH *authnone_create(void)
{
	return &no_authentication;
}

AUTH *authunix_create_default(void)
{
	return &no_authentication;
}

bool_t __rpc_xdr_auth(XDR *xdrs, struct opaque_auth *auth)
{
	static char ignored[MAX_AUTH_BYTES];
	char *p = ignored;

	if (xdrs->x_op == XDR_ENCODE)
		auth->oa_length = 0;
	return xdr_enum(xdrs, &auth->oa_flavor) && xdr_bytes(xdrs, &p, &auth->oa_length, MAX_AUTH_BYTES);
}

static CLIENT *creation_failed(CLIENT *client, enum clnt_stat status, int error)
{
	rpc_createerr.cf_stat = status;
	rpc_createerr.cf_error.re_status = RPC_SYSTEMERROR;
	rpc_createerr.cf_error.re_errno = error;
	free(client);
	return NULL;
}

static CLIENT *new_client(struct sockaddr_in *address, unsigned long program, unsigned long version, int protocol)
{
	static unsigned int next_xid;
	CLIENT *client = calloc(1, sizeof *client);

	if (!client)
		return creation_failed(NULL, RPC_SYSTEMERROR, ENOMEM);
	if (address->sin_port == 0) {
		unsigned short port = pmap_getport(address, program, version, (unsigned int)protocol);
		if (port == 0) {
			free(client);
			return NULL;
		}
		address->sin_port = htons(port);
	}
	client->cl_auth = authnone_create();
	client->cl_server = *address;
	client->cl_xid = ((unsigned int)getpid() << 16) + ++next_xid * 256;
	client->cl_program = program;
	client->cl_version = version;
	client->cl_timeout.tv_sec = -1;
	return client;
}

CLIENT *clntudp_create(struct sockaddr_in *address, unsigned long program, unsigned long version, struct timeval wait, int *fd)
{
	CLIENT *client = new_client(address, program, version, IPPROTO_UDP);

	if (!client)
		return NULL;
	client->cl_retry = wait;
	client->cl_owns_socket = *fd < 0;
	if (*fd < 0) {
		*fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
		if (*fd < 0)
			return creation_failed(client, RPC_SYSTEMERROR, errno);
		/* Connected, so that a port without a server is heard of at once. */
		connect(*fd, (struct sockaddr *)address, sizeof *address);
	}
	client->cl_socket = *fd;
	return client;
}

CLIENT *clnttcp_create(struct sockaddr_in *address, unsigned long program, unsigned long version, int *fd, unsigned int send_size, unsigned int receive_size)
{
	CLIENT *client = new_client(address, program, version, IPPROTO_TCP);

	(void)send_size, (void)receive_size;
	if (!client)
		return NULL;
	client->cl_is_stream = 1;
	client->cl_owns_socket = *fd < 0;
	if (*fd < 0) {
		*fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
		if (*fd < 0 || connect(*fd, (struct sockaddr *)address, sizeof *address) < 0) {
			int error = errno;
			if (*fd >= 0)
				close(*fd);
			*fd = -1;
			return creation_failed(client, RPC_SYSTEMERROR, error);
		}
	}
	client->cl_socket = *fd;
	return client;
}

CLIENT *clnt_create(const char *host, unsigned long program, unsigned long version, const char *protocol)
{
	struct hostent *entry = gethostbyname(host);
	struct sockaddr_in address;
	struct timeval retry = { 5, 0 };
	int fd = RPC_ANYSOCK;

	if (!entry)
		return creation_failed(NULL, RPC_UNKNOWNHOST, 0);
	memset(&address, 0, sizeof address);
	address.sin_family = AF_INET;
	memcpy(&address.sin_addr, entry->h_addr_list[0], 4);
	if (strcmp(protocol, "udp") == 0)
		return clntudp_create(&address, program, version, retry, &fd);
	if (strcmp(protocol, "tcp") == 0)
		return clnttcp_create(&address, program, version, &fd, 0, 0);
	return creation_failed(NULL, RPC_UNKNOWNPROTO, EPFNOSUPPORT);
}

int __rpc_send_record(int fd, const char *message, unsigned int length)
{
	uint32_t mark = htonl(length | __RPC_LAST_FRAGMENT);
	char *whole = malloc(length + 4), *p = whole;
	size_t left = length + 4;
	ssize_t n = 0;

	if (!whole)
		return -1;
	memcpy(whole, &mark, 4);
	memcpy(whole + 4, message, length);
	while (left > 0 && (n = send(fd, p, left, MSG_NOSIGNAL)) > 0) {
		p += n;
		left -= (size_t)n;
	}
	free(whole);
	return n < 0 ? -1 : 0;
}

static long milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Receives exactly `count` bytes before the deadline. 0 for end of file, -1 for an error, -2 when the time is up. */
static int receive_all(int fd, char *to, size_t count, long deadline)
{
	while (count > 0) {
		struct pollfd p = { fd, POLLIN, 0 };
		long left = deadline - milliseconds_now();
		int ready = poll(&p, 1, left > 0 ? (int)left : 0);
		ssize_t n;
		if (ready == 0)
			return -2;
		if (ready < 0) {
			if (errno == EINTR)
				continue;
			return -1;
		}
		n = recv(fd, to, count, 0);
		if (n <= 0)
			return (int)n;
		to += n;
		count -= (size_t)n;
	}
	return 1;
}

static enum clnt_stat failed_with(CLIENT *client, enum clnt_stat status, int error)
{
	client->cl_error.re_errno = error;
	return client->cl_error.re_status = status;
}

/* One record from a stream: its length, or a negative status. */
static long receive_record(CLIENT *client, long deadline)
{
	long length = 0;
	uint32_t mark = 0;

	while (!(mark & __RPC_LAST_FRAGMENT)) {
		char *grown;
		int n = receive_all(client->cl_socket, (char *)&mark, 4, deadline);
		if (n <= 0)
			return n == -2 ? -RPC_TIMEDOUT : -RPC_CANTRECV;
		mark = ntohl(mark);
		grown = realloc(client->cl_reply, (size_t)length + (mark & ~__RPC_LAST_FRAGMENT) + 1);
		if (!grown)
			return -RPC_CANTRECV;
		client->cl_reply = grown;
		n = receive_all(client->cl_socket, grown + length, mark & ~__RPC_LAST_FRAGMENT, deadline);
		if (n <= 0 && (mark & ~__RPC_LAST_FRAGMENT))
			return n == -2 ? -RPC_TIMEDOUT : -RPC_CANTRECV;
		length += (long)(mark & ~__RPC_LAST_FRAGMENT);
	}
	return length;
}

static long receive_datagram(CLIENT *client, const char *message, unsigned int length, long deadline)
{
	long step = client->cl_retry.tv_sec * 1000 + client->cl_retry.tv_usec / 1000, again = milliseconds_now() + step;

	for (;;) {
		struct pollfd p = { client->cl_socket, POLLIN, 0 };
		long now = milliseconds_now(), until = again < deadline ? again : deadline;
		int ready = poll(&p, 1, until > now ? (int)(until - now) : 0);
		if (ready > 0) {
			ssize_t n = recv(client->cl_socket, client->cl_reply, UDPMSGSIZE, 0);
			return n < 0 ? -RPC_CANTRECV : n;
		}
		if (ready < 0 && errno != EINTR)
			return -RPC_CANTRECV;
		now = milliseconds_now();
		if (now >= deadline)
			return -RPC_TIMEDOUT;
		if (now >= again) {
			send(client->cl_socket, message, length, 0);
			again = now + step;
		}
	}
}

static enum clnt_stat transmit(CLIENT *client, const char *message, unsigned int length)
{
	ssize_t n;

	if (client->cl_is_stream)
		n = __rpc_send_record(client->cl_socket, message, length);
	else
		n = send(client->cl_socket, message, length, 0);
	return n < 0 ? failed_with(client, RPC_CANTSEND, errno) : RPC_SUCCESS;
}

static enum clnt_stat read_reply(CLIENT *client, XDR *xdrs, xdrproc_t out_proc, void *out)
{
	static const enum clnt_stat accepted[] = { RPC_SUCCESS, RPC_PROGUNAVAIL, RPC_PROGVERSMISMATCH, RPC_PROCUNAVAIL, RPC_CANTDECODEARGS, RPC_SYSTEMERROR };
	unsigned int direction, state, status;
	struct opaque_auth verifier;

	if (!xdr_u_int(xdrs, &direction) || direction != __RPC_REPLY || !xdr_u_int(xdrs, &state))
		return failed_with(client, RPC_CANTDECODERES, 0);
	if (state == __RPC_DENIED)
		return failed_with(client, xdr_u_int(xdrs, &status) && status == 0 ? RPC_VERSMISMATCH : RPC_AUTHERROR, 0);
	if (!__rpc_xdr_auth(xdrs, &verifier) || !xdr_u_int(xdrs, &status))
		return failed_with(client, RPC_CANTDECODERES, 0);
	if (status == __RPC_WRONG_VERSION) {
		xdr_u_long(xdrs, &client->cl_error.re_vers.low);
		xdr_u_long(xdrs, &client->cl_error.re_vers.high);
	}
	if (status != __RPC_FINE)
		return failed_with(client, status < sizeof accepted / sizeof accepted[0] ? accepted[status] : RPC_FAILED, 0);
	return failed_with(client, out_proc(xdrs, out) ? RPC_SUCCESS : RPC_CANTDECODERES, 0);
}

static bool_t write_call(XDR *xdrs, CLIENT *client, unsigned long procedure, xdrproc_t in_proc, void *in)
{
	unsigned int call = __RPC_CALL, version = __RPC_VERSION;
	struct opaque_auth none = { AUTH_NONE, NULL, 0 };

	return xdr_u_int(xdrs, &client->cl_xid) && xdr_u_int(xdrs, &call) && xdr_u_int(xdrs, &version) &&
	       xdr_u_long(xdrs, &client->cl_program) && xdr_u_long(xdrs, &client->cl_version) && xdr_u_long(xdrs, &procedure) &&
	       __rpc_xdr_auth(xdrs, &none) && __rpc_xdr_auth(xdrs, &none) && in_proc(xdrs, in);
}

enum clnt_stat clnt_call(CLIENT *client, unsigned long procedure, xdrproc_t in_proc, void *in, xdrproc_t out_proc, void *out, struct timeval timeout)
{
	unsigned int size = 64 + (unsigned int)xdr_sizeof(in_proc, in), length, xid;
	char *message = malloc(size);
	enum clnt_stat status;
	long deadline, received;
	XDR xdrs;

	if (!message)
		return failed_with(client, RPC_SYSTEMERROR, ENOMEM);
	if (client->cl_timeout.tv_sec >= 0)
		timeout = client->cl_timeout;
	deadline = milliseconds_now() + timeout.tv_sec * 1000 + timeout.tv_usec / 1000;
	client->cl_xid++;
	xdrmem_create(&xdrs, message, size, XDR_ENCODE);
	if (!write_call(&xdrs, client, procedure, in_proc, in)) {
		free(message);
		return failed_with(client, RPC_CANTENCODEARGS, 0);
	}
	length = xdr_getpos(&xdrs);
	if (!client->cl_reply)
		client->cl_reply = malloc(UDPMSGSIZE);
	status = transmit(client, message, length);
	while (status == RPC_SUCCESS) {
		received = client->cl_is_stream ? receive_record(client, deadline) : receive_datagram(client, message, length, deadline);
		if (received < 0) {
			status = failed_with(client, (enum clnt_stat)-received, received == -RPC_TIMEDOUT ? ETIMEDOUT : errno);
			break;
		}
		xdrmem_create(&xdrs, client->cl_reply, (unsigned int)received, XDR_DECODE);
		/* A late answer to an earlier call is passed over. */
		if (!xdr_u_int(&xdrs, &xid) || xid != client->cl_xid)
			continue;
		status = read_reply(client, &xdrs, out_proc, out);
		break;
	}
	free(message);
	return status;
}

bool_t clnt_freeres(CLIENT *client, xdrproc_t out_proc, void *out)
{
	(void)client;
	xdr_free(out_proc, out);
	return TRUE;
}

bool_t clnt_control(CLIENT *client, unsigned int request, char *info)
{
	switch (request) {
	case CLSET_TIMEOUT:
		client->cl_timeout = *(struct timeval *)info;
		return TRUE;
	case CLGET_TIMEOUT:
		*(struct timeval *)info = client->cl_timeout;
		return TRUE;
	case CLGET_SERVER_ADDR:
		*(struct sockaddr_in *)info = client->cl_server;
		return TRUE;
	case CLSET_RETRY_TIMEOUT:
		client->cl_retry = *(struct timeval *)info;
		return !client->cl_is_stream;
	case CLGET_RETRY_TIMEOUT:
		*(struct timeval *)info = client->cl_retry;
		return !client->cl_is_stream;
	case CLGET_FD:
		*(int *)info = client->cl_socket;
		return TRUE;
	default:
		return FALSE;
	}
}

void clnt_geterr(CLIENT *client, struct rpc_err *error)
{
	*error = client->cl_error;
}

void clnt_destroy(CLIENT *client)
{
	if (client->cl_owns_socket)
		close(client->cl_socket);
	free(client->cl_reply);
	free(client);
}

int callrpc(const char *host, unsigned long program, unsigned long version, unsigned long procedure, xdrproc_t in_proc, const char *in, xdrproc_t out_proc, char *out)
{
	CLIENT *client = clnt_create(host, program, version, "udp");
	struct timeval timeout = { 25, 0 };
	enum clnt_stat status;

	if (!client)
		return (int)rpc_createerr.cf_stat;
	status = clnt_call(client, procedure, in_proc, (void *)in, out_proc, out, timeout);
	clnt_destroy(client);
	return (int)status;
}

/* ---- Messages ---- */
static const char *const texts[] = {
	"RPC: Success", "RPC: Can't encode arguments", "RPC: Can't decode result", "RPC: Unable to send", "RPC: Unable to receive",
	"RPC: Timed out", "RPC: Incompatible versions of RPC", "RPC: Authentication error", "RPC: Program unavailable",
	"RPC: Program/version mismatch", "RPC: Procedure unavailable", "RPC: Server can't decode arguments",
	"RPC: Remote system error", "RPC: Unknown host", "RPC: Port mapper failure", "RPC: Program not registered",
	"RPC: Failed (unspecified error)", "RPC: Unknown protocol"
};

static char text_buffer[256];

char *clnt_sperrno(enum clnt_stat status)
{
	return (char *)((unsigned int)status < sizeof texts / sizeof texts[0] ? texts[status] : "RPC: (unknown error code)");
}

void clnt_perrno(enum clnt_stat status)
{
	fprintf(stderr, "%s\n", clnt_sperrno(status));
}

char *clnt_sperror(CLIENT *client, const char *text)
{
	const struct rpc_err *error = &client->cl_error;
	int n = snprintf(text_buffer, sizeof text_buffer, "%s: %s", text, clnt_sperrno(error->re_status));

	if (error->re_status == RPC_CANTSEND || error->re_status == RPC_CANTRECV)
		snprintf(text_buffer + n, sizeof text_buffer - (size_t)n, "; errno = %s", strerror(error->re_errno));
	if (error->re_status == RPC_PROGVERSMISMATCH)
		snprintf(text_buffer + n, sizeof text_buffer - (size_t)n, "; low version = %lu, high version = %lu", error->re_vers.low, error->re_vers.high);
	return text_buffer;
}

void clnt_perror(CLIENT *client, const char *text)
{
	fprintf(stderr, "%s\n", clnt_sperror(client, text));
}

char *clnt_spcreateerror(const char *text)
{
	int n = snprintf(text_buffer, sizeof text_buffer, "%s: %s", text, clnt_sperrno(rpc_createerr.cf_stat));

	if (rpc_createerr.cf_stat == RPC_PMAPFAILURE)
		snprintf(text_buffer + n, sizeof text_buffer - (size_t)n, " - %s", clnt_sperrno(rpc_createerr.cf_error.re_status));
	if (rpc_createerr.cf_stat == RPC_SYSTEMERROR)
		snprintf(text_buffer + n, sizeof text_buffer - (size_t)n, " - %s", strerror(rpc_createerr.cf_error.re_errno));
	return text_buffer;
}

void clnt_pcreateerror(const char *text)
{
	fprintf(stderr, "%s\n", clnt_spcreateerror(text));
}
