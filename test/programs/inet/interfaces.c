// getifaddrs(3) lists every interface with its addresses; the loopback is one of them. nl_langinfo(3) in the C locale.
// expect: lo 127.0.0.1 255.0.0.0 loopback 1 up 1
// expect: Monday Mar %m/%d/%y . ANSI_X3.4-1968
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <langinfo.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static const char *text(struct sockaddr *address)
{
	return inet_ntoa(((struct sockaddr_in *)address)->sin_addr);
}

int main(void)
{
	struct ifaddrs *list, *i;

	getifaddrs(&list);
	for (i = list; i; i = i->ifa_next) {
		if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET || strcmp(i->ifa_name, "lo") != 0)
			continue;
		printf("%s %s ", i->ifa_name, text(i->ifa_addr));
		printf("%s ", text(i->ifa_netmask));
		printf("loopback %d up %d\n", (i->ifa_flags & IFF_LOOPBACK) != 0, (i->ifa_flags & IFF_UP) != 0);
	}
	freeifaddrs(list);
	printf("%s %s %s %s %s\n", nl_langinfo(DAY_2), nl_langinfo(ABMON_3), nl_langinfo(D_FMT), nl_langinfo(RADIXCHAR),
	       nl_langinfo(CODESET));
	return 0;
}
