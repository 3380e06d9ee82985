#ifndef _NETDB_H
#define _NETDB_H

#include <netinet/in.h>

#define _PATH_HOSTS "/etc/hosts"
#define _PATH_NETWORKS "/etc/networks"
#define _PATH_SERVICES "/etc/services"
#define NI_MAXHOST 1025
#define NI_MAXSERV 32
#define NI_NUMERICHOST 1
#define NI_NUMERICSERV 2
#define NI_NOFQDN 4
#define NI_NAMEREQD 8
#define NI_DGRAM 16
#define AI_PASSIVE 0x0001
#define AI_CANONNAME 0x0002
#define AI_NUMERICHOST 0x0004
#define AI_V4MAPPED 0x0008
#define AI_ALL 0x0010
#define AI_ADDRCONFIG 0x0020
#define AI_NUMERICSERV 0x0400
#define EAI_BADFLAGS (-1)
#define EAI_NONAME (-2)
#define EAI_AGAIN (-3)
#define EAI_FAIL (-4)
#define EAI_NODATA (-5)
#define EAI_FAMILY (-6)
#define EAI_SOCKTYPE (-7)
#define EAI_SERVICE (-8)
#define EAI_ADDRFAMILY (-9)
#define EAI_MEMORY (-10)
#define EAI_SYSTEM (-11)
#define EAI_OVERFLOW (-12)
#define HOST_NOT_FOUND 1
#define TRY_AGAIN 2
#define NO_RECOVERY 3
#define NO_DATA 4
#define NO_ADDRESS NO_DATA
#define NETDB_INTERNAL (-1)
#define NETDB_SUCCESS 0

struct hostent {
	char *h_name;
	char **h_aliases;
	int h_addrtype;
	int h_length;
	char **h_addr_list;
};
#define h_addr h_addr_list[0]

struct netent {
	char *n_name;
	char **n_aliases;
	int n_addrtype;
	uint32_t n_net;
};

struct servent {
	char *s_name;
	char **s_aliases;
	int s_port;
	char *s_proto;
};

struct protoent {
	char *p_name;
	char **p_aliases;
	int p_proto;
};

struct addrinfo {
	int ai_flags;
	int ai_family;
	int ai_socktype;
	int ai_protocol;
	socklen_t ai_addrlen;
	struct sockaddr *ai_addr;
	char *ai_canonname;
	struct addrinfo *ai_next;
};

extern int *__h_errno_location(void);
#define h_errno (*__h_errno_location())

extern int getaddrinfo(const char *__restrict __node, const char *__restrict __service, const struct addrinfo *__restrict __hints, struct addrinfo **__restrict __result);
extern void freeaddrinfo(struct addrinfo *__list);
extern const char *gai_strerror(int __error);
extern int getnameinfo(const struct sockaddr *__restrict __address, socklen_t __length, char *__restrict __host, socklen_t __host_size, char *__restrict __service, socklen_t __service_size, int __flags);
extern struct hostent *gethostbyname(const char *__name);
extern struct hostent *gethostbyname2(const char *__name, int __family);
extern struct hostent *gethostbyaddr(const void *__address, socklen_t __length, int __family);
extern struct servent *getservbyname(const char *__name, const char *__protocol);
extern struct servent *getservbyport(int __port, const char *__protocol);
extern struct protoent *getprotobyname(const char *__name);
extern struct protoent *getprotobynumber(int __number);
extern void sethostent(int __stay_open);
extern struct hostent *gethostent(void);
extern void endhostent(void);
extern void setnetent(int __stay_open);
extern struct netent *getnetent(void);
extern void endnetent(void);
extern struct netent *getnetbyname(const char *__name);
extern struct netent *getnetbyaddr(uint32_t __network, int __type);
extern void herror(const char *__s);
extern const char *hstrerror(int __error);

#endif
