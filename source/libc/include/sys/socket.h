#ifndef _SYS_SOCKET_H
#define _SYS_SOCKET_H

#include <sys/types.h>
#include <bits/types.h>
#include <bits/iovec.h>
#include <bits/sockaddr.h>
#include <bits/timespec.h>

#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_RDM 4
#define SOCK_SEQPACKET 5
#define SOCK_PACKET 10
#define SOCK_NONBLOCK 04000
#define SOCK_CLOEXEC 02000000

#define PF_UNSPEC 0
#define PF_LOCAL 1
#define PF_UNIX 1
#define PF_FILE 1
#define PF_INET 2
#define PF_INET6 10
#define PF_NETLINK 16
#define PF_PACKET 17
#define AF_UNSPEC PF_UNSPEC
#define AF_LOCAL PF_LOCAL
#define AF_UNIX PF_UNIX
#define AF_FILE PF_FILE
#define AF_INET PF_INET
#define AF_INET6 PF_INET6
#define AF_NETLINK PF_NETLINK
#define AF_PACKET PF_PACKET

#define SOL_SOCKET 1
#define SO_DEBUG 1
#define SO_REUSEADDR 2
#define SO_TYPE 3
#define SO_ERROR 4
#define SO_DONTROUTE 5
#define SO_BROADCAST 6
#define SO_SNDBUF 7
#define SO_RCVBUF 8
#define SO_KEEPALIVE 9
#define SO_OOBINLINE 10
#define SO_PRIORITY 12
#define SO_LINGER 13
#define SO_REUSEPORT 15
#define SO_PASSCRED 16
#define SO_PEERCRED 17
#define SO_RCVLOWAT 18
#define SO_SNDLOWAT 19
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SO_BINDTODEVICE 25
#define SO_PEERNAME 28
#define SO_TIMESTAMP 29
#define SO_ACCEPTCONN 30
#define SO_SNDBUFFORCE 32
#define SO_RCVBUFFORCE 33
#define SO_PROTOCOL 38
#define SO_DOMAIN 39
#define SOMAXCONN 4096

#define MSG_OOB 0x01
#define MSG_PEEK 0x02
#define MSG_DONTROUTE 0x04
#define MSG_CTRUNC 0x08
#define MSG_TRUNC 0x20
#define MSG_DONTWAIT 0x40
#define MSG_PROXY 0x10
#define MSG_EOR 0x80
#define MSG_WAITALL 0x100
#define MSG_FIN 0x200
#define MSG_SYN 0x400
#define MSG_CONFIRM 0x800
#define MSG_RST 0x1000
#define MSG_ERRQUEUE 0x2000
#define MSG_NOSIGNAL 0x4000
#define MSG_MORE 0x8000
#define MSG_WAITFORONE 0x10000
#define MSG_CMSG_CLOEXEC 0x40000000

#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2

struct msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	size_t msg_iovlen;
	void *msg_control;
	size_t msg_controllen;
	int msg_flags;
};

struct cmsghdr {
	size_t cmsg_len;
	int cmsg_level;
	int cmsg_type;
};

struct linger {
	int l_onoff;
	int l_linger;
};

#define SCM_RIGHTS 1
#ifdef __USE_GNU
#define SCM_CREDENTIALS 2
struct ucred {
	pid_t pid;
	uid_t uid;
	gid_t gid;
};
struct mmsghdr {
	struct msghdr msg_hdr;
	unsigned int msg_len;
};
#endif

#define CMSG_DATA(cmsg) ((unsigned char *)((struct cmsghdr *)(cmsg) + 1))
#define CMSG_ALIGN(length) (((length) + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1))
#define CMSG_SPACE(length) (CMSG_ALIGN(length) + CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_LEN(length) (CMSG_ALIGN(sizeof(struct cmsghdr)) + (length))
#define CMSG_FIRSTHDR(message) \
	((message)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(message)->msg_control : (struct cmsghdr *)0)
#define CMSG_NXTHDR(message, cmsg) __cmsg_nxthdr(message, cmsg)
extern struct cmsghdr *__cmsg_nxthdr(struct msghdr *__message, struct cmsghdr *__cmsg);

extern int socket(int __domain, int __type, int __protocol);
extern int socketpair(int __domain, int __type, int __protocol, int __fds[2]);
extern int bind(int __fd, const struct sockaddr *__address, socklen_t __length);
extern int listen(int __fd, int __backlog);
extern int accept(int __fd, struct sockaddr *__restrict __address, socklen_t *__restrict __length);
extern int connect(int __fd, const struct sockaddr *__address, socklen_t __length);
extern int getsockname(int __fd, struct sockaddr *__restrict __address, socklen_t *__restrict __length);
extern int getpeername(int __fd, struct sockaddr *__restrict __address, socklen_t *__restrict __length);
extern ssize_t send(int __fd, const void *__buffer, size_t __count, int __flags);
extern ssize_t recv(int __fd, void *__buffer, size_t __count, int __flags);
extern ssize_t sendto(int __fd, const void *__buffer, size_t __count, int __flags, const struct sockaddr *__address, socklen_t __length);
extern ssize_t recvfrom(int __fd, void *__restrict __buffer, size_t __count, int __flags, struct sockaddr *__restrict __address, socklen_t *__restrict __length);
extern ssize_t sendmsg(int __fd, const struct msghdr *__message, int __flags);
extern ssize_t recvmsg(int __fd, struct msghdr *__message, int __flags);
extern int getsockopt(int __fd, int __level, int __name, void *__restrict __value, socklen_t *__restrict __length);
extern int setsockopt(int __fd, int __level, int __name, const void *__value, socklen_t __length);
extern int shutdown(int __fd, int __how);
extern int sockatmark(int __fd);
#ifdef __USE_GNU
extern int accept4(int __fd, struct sockaddr *__restrict __address, socklen_t *__restrict __length, int __flags);
extern int sendmmsg(int __fd, struct mmsghdr *__messages, unsigned int __count, int __flags);
extern int recvmmsg(int __fd, struct mmsghdr *__messages, unsigned int __count, int __flags, struct timespec *__timeout);
#endif

#endif
