#ifndef _ARPA_INET_H
#define _ARPA_INET_H

#include <netinet/in.h>

extern in_addr_t inet_addr(const char *__s);
extern int inet_aton(const char *__s, struct in_addr *__address);
extern char *inet_ntoa(struct in_addr __address);
extern in_addr_t inet_network(const char *__s);
extern struct in_addr inet_makeaddr(in_addr_t __net, in_addr_t __host);
extern in_addr_t inet_lnaof(struct in_addr __address);
extern in_addr_t inet_netof(struct in_addr __address);
extern int inet_pton(int __family, const char *__restrict __s, void *__restrict __address);
extern const char *inet_ntop(int __family, const void *__restrict __address, char *__restrict __s, socklen_t __size);

#endif
