// After a refused connect(2) the socket is without a connection, not at its end: recv(2) says ENOTCONN, and the same
// socket may connect again.
// expect: connect ECONNREFUSED 1
// expect: recv ENOTCONN 1
// expect: second connect 0, got hello
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	char text[10] = "";

	bind(listener, (struct sockaddr *)&address, sizeof address);
	getsockname(listener, (struct sockaddr *)&address, &length);
	int failed = connect(client, (struct sockaddr *)&address, sizeof address);
	printf("connect ECONNREFUSED %d\n", failed == -1 && errno == ECONNREFUSED);
	failed = recv(client, text, 1, 0);
	printf("recv ENOTCONN %d\n", failed == -1 && errno == ENOTCONN);
	listen(listener, 1);
	int second = connect(client, (struct sockaddr *)&address, sizeof address);
	int accepted = accept(listener, NULL, NULL);
	write(accepted, "hello", 5);
	read(client, text, 5);
	printf("second connect %d, got %s\n", second, text);
	return 0;
}
