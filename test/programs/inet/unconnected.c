// shutdown(2) of a socket without a connection fails with ENOTCONN and closes the halves all the same; a datagram socket can
// be connected to port 0, which refuses; TCP_INFO tells the state. ip(7), tcp(7), udp(7).
// expect: recv(tcp, &byte, 1, 0): -1 Transport endpoint is not connected
// expect: shutdown(tcp, SHUT_RD): -1 Transport endpoint is not connected
// expect: recv(tcp, &byte, 1, 0): 0 
// expect: send(tcp, "x", 1, MSG_NOSIGNAL): -1 Broken pipe
// expect: shutdown(udp, SHUT_RD): -1 Transport endpoint is not connected
// expect: recv(udp, &byte, 1, MSG_DONTWAIT): -1 Resource temporarily unavailable
// expect: recv(udp, &byte, 1, 0): 0 
// expect: sendto(udp, "x", 1, 0, (struct sockaddr *)&address, length): -1 Invalid argument
// expect: connect(udp, (struct sockaddr *)&address, length): 0 
// expect: send(udp, "x", 1, 0): 1 
// expect: recv(udp, &byte, 1, 0): -1 Connection refused
// expect: state_of(listener): 7 
// expect: state_of(listener): 10 
// expect: connect(tcp, (struct sockaddr *)&address, length): 0 
// expect: state_of(tcp): 1 
// expect: state_of(tcp): 5 
// expect: state_of(peer): 8 
// expect: state_of(udp): -1 Operation not supported
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SAY(call) \
	do { \
		long result = (call); \
		printf("%s: %ld %s\n", #call, result, result < 0 ? strerror(errno) : ""); \
	} while (0)

static int state_of(int fd)
{
	struct tcp_info info;
	socklen_t length = sizeof info;

	return getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) < 0 ? -1 : info.tcpi_state;
}

int main(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t length = sizeof address;
	int tcp = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0), listener, peer;
	char byte;

	SAY(recv(tcp, &byte, 1, 0));
	SAY(shutdown(tcp, SHUT_RD));
	SAY(recv(tcp, &byte, 1, 0));
	SAY(send(tcp, "x", 1, MSG_NOSIGNAL));
	SAY(shutdown(udp, SHUT_RD));
	SAY(recv(udp, &byte, 1, MSG_DONTWAIT));
	SAY(recv(udp, &byte, 1, 0));
	close(udp);
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	SAY(sendto(udp, "x", 1, 0, (struct sockaddr *)&address, length));
	SAY(connect(udp, (struct sockaddr *)&address, length));
	SAY(send(udp, "x", 1, 0));
	SAY(recv(udp, &byte, 1, 0));

	listener = socket(AF_INET, SOCK_STREAM, 0);
	SAY(state_of(listener));
	listen(listener, 1);
	SAY(state_of(listener));
	getsockname(listener, (struct sockaddr *)&address, &length);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	tcp = socket(AF_INET, SOCK_STREAM, 0);
	SAY(connect(tcp, (struct sockaddr *)&address, length));
	peer = accept(listener, NULL, NULL);
	SAY(state_of(tcp));
	shutdown(tcp, SHUT_WR);
	usleep(20000);
	SAY(state_of(tcp));
	SAY(state_of(peer));
	close(peer);
	usleep(20000);
	SAY(state_of(udp));
	return 0;
}
