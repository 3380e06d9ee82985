// Options as getsockopt() tells them.
// expect: type: 0 value 1 length 4
// expect: type: 0 value 2 length 4
// expect: domain: 0 value 1 length 4
// expect: protocol: 0 value 6 length 4
// expect: protocol: 0 value 17 length 4
// expect: accepts: 0 value 0 length 4
// expect: reuse: 0 value 0 length 4
// expect: set reuse: 0 
// expect: reuse: 0 value 1 length 4
// expect: set rcvbuf: 0 
// expect: rcvbuf: 0 value 20000 length 4
// expect: set sndbuf: 0 
// expect: sndbuf: 0 value 4608 length 4
// expect: set rcvbuf: 0 
// expect: rcvbuf: 0 value 2304 length 4
// expect: error: 0 value 0 length 4
// expect: lowat: 0 value 1 length 4
// expect: sndlowat: 0 value 1 length 4
// expect: nodelay: 0 value 0 length 4
// expect: set nodelay: 0 
// expect: nodelay: 0 value 1 length 4
// expect: nodelay of udp: -1 Operation not supported
// expect: nodelay of unix: -1 Operation not supported
// expect: unknown: -1 Protocol not available
// expect: set unknown: -1 Protocol not available
// expect: set type: -1 Protocol not available
// expect: set keepalive: 0 
// expect: keepalive: 0 value 1 length 4
// expect: keepidle: 0 value 7200 length 4
// expect: set broadcast: 0 
// expect: broadcast: 0 value 1 length 4
// expect: linger 0
// expect: linger 1 5 length 8
// expect: short option 22
// expect: timeout 0
// expect: timeout 1.500000 length 16
// expect: bad timeout 33
// expect: raw 94
// expect: tcp datagram 93
// expect: unknown family 97
// expect: unknown type 22
// expect: unix protocol 93
// expect: inet pair 95
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static void show(const char *what, int s, int level, int name)
{
	int v = -1;
	socklen_t l = sizeof v;
	int r = getsockopt(s, level, name, &v, &l);
	printf("%s: %d", what, r);
	if (r == 0)
		printf(" value %d length %d\n", v, (int)l);
	else
		printf(" %s\n", strerror(errno));
}

static void set(const char *what, int s, int level, int name, int v)
{
	int r = setsockopt(s, level, name, &v, sizeof v);
	printf("set %s: %d %s\n", what, r, r ? strerror(errno) : "");
}

int main(void)
{
	int t = socket(AF_INET, SOCK_STREAM, 0), u = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_UNIX, SOCK_STREAM, 0), sv[2];
	struct timeval tv = {1, 500000};
	struct linger li = {1, 5};
	socklen_t l = sizeof tv;
	show("type", t, SOL_SOCKET, SO_TYPE);
	show("type", u, SOL_SOCKET, SO_TYPE);
	show("domain", x, SOL_SOCKET, SO_DOMAIN);
	show("protocol", t, SOL_SOCKET, SO_PROTOCOL);
	show("protocol", u, SOL_SOCKET, SO_PROTOCOL);
	show("accepts", t, SOL_SOCKET, SO_ACCEPTCONN);
	show("reuse", t, SOL_SOCKET, SO_REUSEADDR);
	set("reuse", t, SOL_SOCKET, SO_REUSEADDR, 5);
	show("reuse", t, SOL_SOCKET, SO_REUSEADDR);
	set("rcvbuf", u, SOL_SOCKET, SO_RCVBUF, 10000);
	show("rcvbuf", u, SOL_SOCKET, SO_RCVBUF);
	set("sndbuf", u, SOL_SOCKET, SO_SNDBUF, 1);
	show("sndbuf", u, SOL_SOCKET, SO_SNDBUF);
	set("rcvbuf", u, SOL_SOCKET, SO_RCVBUF, 1);
	show("rcvbuf", u, SOL_SOCKET, SO_RCVBUF);
	show("error", t, SOL_SOCKET, SO_ERROR);
	show("lowat", t, SOL_SOCKET, SO_RCVLOWAT);
	show("sndlowat", t, SOL_SOCKET, SO_SNDLOWAT);
	show("nodelay", t, IPPROTO_TCP, TCP_NODELAY);
	set("nodelay", t, IPPROTO_TCP, TCP_NODELAY, 7);
	show("nodelay", t, IPPROTO_TCP, TCP_NODELAY);
	show("nodelay of udp", u, IPPROTO_TCP, TCP_NODELAY);
	show("nodelay of unix", x, IPPROTO_TCP, TCP_NODELAY);
	show("unknown", t, SOL_SOCKET, 999);
	set("unknown", t, SOL_SOCKET, 999, 1);
	set("type", t, SOL_SOCKET, SO_TYPE, 1);
	set("keepalive", t, SOL_SOCKET, SO_KEEPALIVE, 9);
	show("keepalive", t, SOL_SOCKET, SO_KEEPALIVE);
	show("keepidle", t, IPPROTO_TCP, TCP_KEEPIDLE);
	set("broadcast", u, SOL_SOCKET, SO_BROADCAST, 1);
	show("broadcast", u, SOL_SOCKET, SO_BROADCAST);
	printf("linger %d\n", setsockopt(t, SOL_SOCKET, SO_LINGER, &li, sizeof li));
	l = sizeof li;
	memset(&li, 0, sizeof li);
	getsockopt(t, SOL_SOCKET, SO_LINGER, &li, &l);
	printf("linger %d %d length %d\n", li.l_onoff, li.l_linger, (int)l);
	printf("short option %d\n", setsockopt(t, SOL_SOCKET, SO_REUSEADDR, &li, 2) ? errno : 0);
	printf("timeout %d\n", setsockopt(t, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv));
	memset(&tv, 0, sizeof tv);
	l = sizeof tv;
	getsockopt(t, SOL_SOCKET, SO_RCVTIMEO, &tv, &l);
	printf("timeout %d.%06d length %d\n", (int)tv.tv_sec, (int)tv.tv_usec, (int)l);
	tv.tv_usec = 2000000;
	printf("bad timeout %d\n", setsockopt(t, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv) ? errno : 0);
	printf("raw %d\n", socket(AF_INET, SOCK_SEQPACKET, 0) < 0 ? errno : 0);
	printf("tcp datagram %d\n", socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP) < 0 ? errno : 0);
	printf("unknown family %d\n", socket(77, SOCK_STREAM, 0) < 0 ? errno : 0);
	printf("unknown type %d\n", socket(AF_INET, 14, 0) < 0 ? errno : 0);
	printf("unix protocol %d\n", socket(AF_UNIX, SOCK_STREAM, 6) < 0 ? errno : 0);
	printf("inet pair %d\n", socketpair(AF_INET, SOCK_STREAM, 0, sv) < 0 ? errno : 0);
	return 0;
}
