/* Names of hosts and services: getaddrinfo(3), gethostbyname(3), getservbyname(3). The names are those of /etc/hosts and
   /etc/services, and a few services that everybody knows; there is no name server. Who asks for IPv6 gets the IPv4 addresses
   as mapped ones (::ffff:10.0.0.1), which is how IPv6 sockets reach the hosts. */
#include "internal.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MAX_ADDRESSES 16
#define MAX_ALIASES 8

struct known_service {
	const char *name;
	int port;
	const char *protocol;
};

static const struct known_service known_services[] = {
	{ "echo", 7, "tcp" }, { "echo", 7, "udp" }, { "discard", 9, "tcp" }, { "discard", 9, "udp" }, { "daytime", 13, "tcp" },
	{ "daytime", 13, "udp" }, { "ftp-data", 20, "tcp" }, { "ftp", 21, "tcp" }, { "ssh", 22, "tcp" }, { "telnet", 23, "tcp" },
	{ "smtp", 25, "tcp" }, { "time", 37, "tcp" }, { "time", 37, "udp" }, { "domain", 53, "tcp" }, { "domain", 53, "udp" },
	{ "tftp", 69, "udp" }, { "finger", 79, "tcp" }, { "http", 80, "tcp" }, { "pop3", 110, "tcp" }, { "sunrpc", 111, "tcp" },
	{ "sunrpc", 111, "udp" }, { "ntp", 123, "udp" }, { "imap2", 143, "tcp" }, { "https", 443, "tcp" }, { NULL, 0, NULL }
};

int __read_words(FILE *f, char *line, int size, char **words, int most)
{
	while (fgets(line, size, f)) {
		int count = 0;
		char *word, *save;
		line[strcspn(line, "#\n")] = 0;
		for (word = strtok_r(line, " \t", &save); word && count < most; word = strtok_r(NULL, " \t", &save))
			words[count++] = word;
		words[count] = NULL;
		if (count >= 2)
			return count;
	}
	return 0;
}

/* Calls `use` for each line of /etc/hosts, cut into words; stops when it returns nonzero. */
static void walk_hosts(int (*use)(char **words, int count, void *arg), void *arg)
{
	FILE *f = fopen(_PATH_HOSTS, "re");
	char line[512], *words[MAX_ALIASES + 2];
	int count;

	if (!f)
		return;
	while ((count = __read_words(f, line, sizeof line, words, MAX_ALIASES + 1)))
		if (use(words, count, arg))
			break;
	fclose(f);
}

struct lookup {
	const char *name; /* Looked for by name, */
	in_addr_t address; /* or by address. */
	int count;
	in_addr_t found[MAX_ADDRESSES];
	char canonical[256];
	char aliases[MAX_ALIASES][256];
	int alias_count;
};

static int match_host(char **words, int count, void *arg)
{
	struct lookup *l = arg;
	struct in_addr address;
	int i, matches = 0;

	if (inet_pton(AF_INET, words[0], &address) != 1)
		return 0;
	if (!l->name)
		matches = address.s_addr == l->address;
	for (i = 1; l->name && i < count; i++)
		matches |= strcasecmp(words[i], l->name) == 0;
	if (!matches)
		return 0;
	if (l->count == 0) {
		snprintf(l->canonical, sizeof l->canonical, "%s", words[1]);
		for (i = 2; i < count && l->alias_count < MAX_ALIASES; i++)
			snprintf(l->aliases[l->alias_count++], sizeof l->aliases[0], "%s", words[i]);
	}
	l->found[l->count++] = address.s_addr;
	return l->count == MAX_ADDRESSES;
}

/* Finds the addresses of a name or number. Returns how many. */
static int look_up(struct lookup *l, const char *name)
{
	struct in_addr address;

	memset(l, 0, sizeof *l);
	if (inet_aton(name, &address)) {
		l->found[l->count++] = address.s_addr;
		snprintf(l->canonical, sizeof l->canonical, "%s", name);
		return 1;
	}
	l->name = name;
	walk_hosts(match_host, l);
	if (l->count == 0 && strcasecmp(name, "localhost") == 0) {
		l->found[l->count++] = htonl(INADDR_LOOPBACK);
		strcpy(l->canonical, "localhost");
	}
	return l->count;
}

static struct hostent *to_hostent(const struct lookup *l)
{
	static struct hostent entry;
	static struct lookup data;
	static char *addresses[MAX_ADDRESSES + 1], *aliases[MAX_ALIASES + 1];
	int i;

	data = *l;
	for (i = 0; i < data.count; i++)
		addresses[i] = (char *)&data.found[i];
	addresses[i] = NULL;
	for (i = 0; i < data.alias_count; i++)
		aliases[i] = data.aliases[i];
	aliases[i] = NULL;
	entry.h_name = data.canonical;
	entry.h_aliases = aliases;
	entry.h_addrtype = AF_INET;
	entry.h_length = 4;
	entry.h_addr_list = addresses;
	return &entry;
}

struct hostent *gethostbyname(const char *name)
{
	struct lookup l;

	if (look_up(&l, name) == 0) {
		h_errno = HOST_NOT_FOUND;
		return NULL;
	}
	return to_hostent(&l);
}

struct hostent *gethostbyname2(const char *name, int family)
{
	if (family != AF_INET) {
		h_errno = NO_DATA;
		return NULL;
	}
	return gethostbyname(name);
}

static int look_up_address(struct lookup *l, in_addr_t address)
{
	memset(l, 0, sizeof *l);
	l->address = address;
	walk_hosts(match_host, l);
	if (l->count == 0 && address == htonl(INADDR_LOOPBACK)) {
		l->found[l->count++] = address;
		strcpy(l->canonical, "localhost");
	}
	if (l->count > 1)
		l->count = 1;
	return l->count;
}

struct hostent *gethostbyaddr(const void *address, socklen_t length, int family)
{
	struct lookup l;
	in_addr_t a;

	if (family != AF_INET || length != 4) {
		errno = EINVAL;
		h_errno = NETDB_INTERNAL;
		return NULL;
	}
	memcpy(&a, address, 4);
	if (look_up_address(&l, a) == 0) {
		h_errno = HOST_NOT_FOUND;
		return NULL;
	}
	return to_hostent(&l);
}

static struct servent *find_service(const char *name, int port, const char *protocol)
{
	static struct servent entry;
	static char name_copy[64], protocol_copy[16];
	static char *no_aliases[1];
	const struct known_service *s;

	for (s = known_services; s->name; s++) {
		if ((name ? strcmp(s->name, name) == 0 : s->port == port) && (!protocol || strcmp(s->protocol, protocol) == 0))
			break;
	}
	if (!s->name)
		return NULL;
	strcpy(name_copy, s->name);
	strcpy(protocol_copy, s->protocol);
	entry.s_name = name_copy;
	entry.s_aliases = no_aliases;
	entry.s_port = htons((uint16_t)s->port);
	entry.s_proto = protocol_copy;
	return &entry;
}

struct servent *getservbyname(const char *name, const char *protocol)
{
	return find_service(name, 0, protocol);
}

struct servent *getservbyport(int port, const char *protocol)
{
	return find_service(NULL, ntohs((uint16_t)port), protocol);
}

static struct protoent *find_protocol(const char *name, int number)
{
	static char *names[] = { "ip", "icmp", "tcp", "udp" };
	static const int numbers[] = { IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP };
	static char *no_aliases[1];
	static struct protoent entry;
	int i;

	for (i = 0; i < 4; i++) {
		if (name ? strcmp(names[i], name) == 0 : numbers[i] == number) {
			entry.p_name = names[i];
			entry.p_aliases = no_aliases;
			entry.p_proto = numbers[i];
			return &entry;
		}
	}
	return NULL;
}

struct protoent *getprotobyname(const char *name)
{
	return find_protocol(name, 0);
}

struct protoent *getprotobynumber(int number)
{
	return find_protocol(NULL, number);
}

/* ---- getaddrinfo ---- */

struct socket_kind {
	int type;
	int protocol;
	const char *name;
};

static const struct socket_kind socket_kinds[] = {
	{ SOCK_STREAM, IPPROTO_TCP, "tcp" }, { SOCK_DGRAM, IPPROTO_UDP, "udp" }, { SOCK_RAW, IPPROTO_IP, NULL }
};

static socklen_t fill_address(void *to, int family, in_addr_t address, int port)
{
	struct sockaddr_in *in = to;
	struct sockaddr_in6 *in6 = to;

	if (family != AF_INET6) {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)port);
		in->sin_addr.s_addr = address;
		return sizeof *in;
	}
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons((uint16_t)port);
	if (address == htonl(INADDR_LOOPBACK)) {
		in6->sin6_addr = in6addr_loopback;
	} else if (address != htonl(INADDR_ANY)) {
		in6->sin6_addr.s6_addr16[5] = 0xffff;
		in6->sin6_addr.s6_addr32[3] = address;
	}
	return sizeof *in6;
}

static struct addrinfo *new_info(const struct socket_kind *kind, int protocol, int family, in_addr_t address, int port)
{
	struct addrinfo *info = calloc(1, sizeof *info + sizeof(struct sockaddr_in6));

	if (!info)
		return NULL;
	info->ai_family = family == AF_INET6 ? AF_INET6 : AF_INET;
	info->ai_socktype = kind->type;
	info->ai_protocol = kind->type == SOCK_RAW ? protocol : kind->protocol;
	info->ai_addrlen = fill_address(info + 1, family, address, port);
	info->ai_addr = (struct sockaddr *)(info + 1);
	return info;
}

/* The port of a service for one kind of socket, or a negative EAI_ code. */
static int port_of(const char *service, const struct socket_kind *kind, int flags)
{
	char *end;
	long port;
	struct servent *entry;

	if (!service)
		return 0;
	port = strtol(service, &end, 10);
	if (*service && !*end)
		return (int)(port & 0xffff);
	if (flags & AI_NUMERICSERV)
		return EAI_NONAME;
	if (!kind->name)
		return EAI_SERVICE;
	entry = getservbyname(service, kind->name);
	return entry ? ntohs((uint16_t)entry->s_port) : EAI_SERVICE;
}

static int check_hints(const char *node, const char *service, const struct addrinfo *hints)
{
	if (!node && !service)
		return EAI_NONAME;
	if (hints->ai_flags & ~0x43f)
		return EAI_BADFLAGS;
	if ((hints->ai_flags & AI_CANONNAME) && !node)
		return EAI_BADFLAGS;
	if (hints->ai_family != AF_UNSPEC && hints->ai_family != AF_INET && hints->ai_family != AF_INET6)
		return EAI_FAMILY;
	if (hints->ai_socktype < 0 || hints->ai_socktype > SOCK_RAW)
		return EAI_SOCKTYPE;
	return 0;
}

static int resolve_node(struct lookup *l, const char *node, const struct addrinfo *hints)
{
	struct in_addr address;

	if (!node) {
		memset(l, 0, sizeof *l);
		l->count = 1;
		l->found[0] = hints->ai_flags & AI_PASSIVE ? htonl(INADDR_ANY) : htonl(INADDR_LOOPBACK);
		return 0;
	}
	if ((hints->ai_flags & AI_NUMERICHOST) && !inet_aton(node, &address))
		return EAI_NONAME;
	if (look_up(l, node) == 0)
		return EAI_NONAME;
	return 0;
}

int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints, struct addrinfo **restrict result)
{
	static const struct addrinfo no_hints = { .ai_flags = AI_V4MAPPED | AI_ADDRCONFIG };
	struct addrinfo *first = NULL, **link = &first;
	struct lookup l;
	int error, i, k, last_error = EAI_SOCKTYPE;

	if (!hints)
		hints = &no_hints;
	error = check_hints(node, service, hints);
	if (!error)
		error = resolve_node(&l, node, hints);
	if (error)
		return error;
	for (i = 0; i < l.count; i++) {
		for (k = 0; k < 3; k++) {
			const struct socket_kind *kind = &socket_kinds[k];
			int port;
			if (hints->ai_socktype && hints->ai_socktype != kind->type)
				continue;
			if (hints->ai_protocol && kind->type != SOCK_RAW && hints->ai_protocol != kind->protocol)
				continue;
			port = port_of(service, kind, hints->ai_flags);
			if (port < 0) {
				last_error = port;
				continue;
			}
			*link = new_info(kind, hints->ai_protocol, hints->ai_family, l.found[i], port);
			if (!*link) {
				freeaddrinfo(first);
				return EAI_MEMORY;
			}
			link = &(*link)->ai_next;
		}
	}
	if (!first)
		return last_error;
	if (hints->ai_flags & AI_CANONNAME)
		first->ai_canonname = strdup(l.canonical);
	*result = first;
	return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
	while (list) {
		struct addrinfo *next = list->ai_next;
		free(list->ai_canonname);
		free(list);
		list = next;
	}
}

int getnameinfo(const struct sockaddr *restrict address, socklen_t length, char *restrict host, socklen_t host_size, char *restrict service, socklen_t service_size, int flags)
{
	const struct sockaddr_in *in = (const struct sockaddr_in *)address;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
	struct sockaddr_in mapped;
	char text[NI_MAXHOST];
	struct lookup l;
	struct servent *entry;

	if (address->sa_family == AF_UNIX) {
		if (host && (gethostname(text, sizeof text) < 0 || strlen(text) >= host_size))
			return EAI_SYSTEM;
		if (host)
			strcpy(host, "localhost");
		return 0;
	}
	if (address->sa_family == AF_INET6 && length >= sizeof *in6) {
		/* Seen as the IPv4 address that it stands for. */
		mapped.sin_family = AF_INET;
		mapped.sin_port = in6->sin6_port;
		mapped.sin_addr.s_addr = in6->sin6_addr.s6_addr16[5] == 0xffff ? in6->sin6_addr.s6_addr32[3] : in6->sin6_addr.s6_addr32[3] ? htonl(INADDR_LOOPBACK) : 0;
		in = &mapped;
	} else if (address->sa_family != AF_INET || length < sizeof *in) {
		return EAI_FAMILY;
	}
	if (host && host_size > 0) {
		if (!(flags & NI_NUMERICHOST) && look_up_address(&l, in->sin_addr.s_addr))
			strcpy(text, l.canonical);
		else if (flags & NI_NAMEREQD)
			return EAI_NONAME;
		else
			inet_ntop(AF_INET, &in->sin_addr, text, sizeof text);
		if (strlen(text) >= host_size)
			return EAI_OVERFLOW;
		strcpy(host, text);
	}
	if (service && service_size > 0) {
		entry = flags & NI_NUMERICSERV ? NULL : getservbyport(in->sin_port, flags & NI_DGRAM ? "udp" : "tcp");
		if (entry)
			snprintf(text, sizeof text, "%s", entry->s_name);
		else
			snprintf(text, sizeof text, "%d", ntohs(in->sin_port));
		if (strlen(text) >= service_size)
			return EAI_OVERFLOW;
		strcpy(service, text);
	}
	return 0;
}

const char *gai_strerror(int error)
{
	static const char *const texts[] = {
		[0] = "Unknown error",
		[1] = "Bad value for ai_flags",
		[2] = "Name or service not known",
		[3] = "Temporary failure in name resolution",
		[4] = "Non-recoverable failure in name resolution",
		[5] = "No address associated with hostname",
		[6] = "ai_family not supported",
		[7] = "ai_socktype not supported",
		[8] = "Servname not supported for ai_socktype",
		[9] = "Address family for hostname not supported",
		[10] = "Memory allocation failure",
		[11] = "System error",
		[12] = "Unknown error",
	};

	error = -error;
	if (error >= 0 && error < (int)(sizeof texts / sizeof texts[0]))
		return texts[error];
	return "Unknown error";
}

const char *hstrerror(int error)
{
	static const char *const texts[] = {
		"Resolver Error 0 (no error)", "Unknown host", "Host name lookup failure", "Unknown server error", "No address associated with name"
	};

	if (error < 0)
		return "Resolver internal error";
	return error < 5 ? texts[error] : "Unknown resolver error";
}

void herror(const char *s)
{
	fprintf(stderr, "%s%s%s\n", s && *s ? s : "", s && *s ? ": " : "", hstrerror(h_errno));
}
