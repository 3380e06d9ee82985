/* Network interfaces by number (if_nametoindex(3)) and all of them with their addresses (getifaddrs(3)). */
#include "internal.h"
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

unsigned int if_nametoindex(const char *name)
{
	struct ifreq request;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), result;

	if (fd < 0)
		return 0;
	memset(&request, 0, sizeof request);
	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	result = ioctl(fd, SIOCGIFINDEX, &request);
	close(fd);
	return result < 0 ? 0 : (unsigned int)request.ifr_ifindex;
}

char *if_indextoname(unsigned int index, char *name)
{
	struct ifreq request;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), result;

	if (fd < 0)
		return NULL;
	memset(&request, 0, sizeof request);
	request.ifr_ifindex = (int)index;
	result = ioctl(fd, SIOCGIFNAME, &request);
	close(fd);
	if (result < 0) {
		if (errno == ENODEV)
			errno = ENXIO;
		return NULL;
	}
	return strcpy(name, request.ifr_name);
}

struct entry {
	struct ifaddrs list;
	char name[IFNAMSIZ];
	struct sockaddr_in address, mask, broadcast;
};

static int ask(int fd, unsigned long what, struct ifreq *request, void *to)
{
	if (ioctl(fd, what, request) < 0)
		return -1;
	memcpy(to, &request->ifr_addr, sizeof(struct sockaddr));
	return 0;
}

/* What an interface of that number says of itself; NULL without such an interface or without memory. */
static struct entry *describe(int fd, int index)
{
	struct entry *entry = calloc(1, sizeof *entry);
	struct ifreq request;

	memset(&request, 0, sizeof request);
	request.ifr_ifindex = index;
	if (!entry || ioctl(fd, SIOCGIFNAME, &request) < 0)
		goto failed;
	strcpy(entry->name, request.ifr_name);
	entry->list.ifa_name = entry->name;
	if (ioctl(fd, SIOCGIFFLAGS, &request) < 0)
		goto failed;
	entry->list.ifa_flags = (unsigned int)(unsigned short)request.ifr_flags;
	if (ask(fd, SIOCGIFADDR, &request, &entry->address) == 0)
		entry->list.ifa_addr = (struct sockaddr *)&entry->address;
	if (ask(fd, SIOCGIFNETMASK, &request, &entry->mask) == 0)
		entry->list.ifa_netmask = (struct sockaddr *)&entry->mask;
	if (entry->list.ifa_flags & IFF_BROADCAST && ask(fd, SIOCGIFBRDADDR, &request, &entry->broadcast) == 0)
		entry->list.ifa_broadaddr = (struct sockaddr *)&entry->broadcast;
	return entry;
failed:
	free(entry);
	return NULL;
}

int getifaddrs(struct ifaddrs **list)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), index;
	struct entry *entry;

	*list = NULL;
	if (fd < 0)
		return -1;
	for (index = 1; (entry = describe(fd, index)); index++) {
		*list = &entry->list;
		list = &entry->list.ifa_next;
	}
	close(fd);
	return 0;
}

void freeifaddrs(struct ifaddrs *list)
{
	while (list) {
		struct ifaddrs *next = list->ifa_next;
		free(list); /* The entry that it begins. */
		list = next;
	}
}
