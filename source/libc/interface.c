/* Network interfaces by number (if_nametoindex(3)). */
#include "internal.h"
#include <net/if.h>
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
