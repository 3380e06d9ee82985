/*
 * Receives datagrams until none has come for a while. Each recvfrom() gives one
 * datagram, whole, however large the buffer is.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(5000)};
	struct timeval patience = {.tv_usec = 6000};
	char text[512];
	ssize_t length;
	int expected = 1;
	int socket_fd = socket(AF_INET, SOCK_DGRAM, 0);

	setlinebuf(stdout);
	if (bind(socket_fd, (struct sockaddr *)&any, sizeof any) == -1) {
		perror("bind");
		return 1;
	}
	setsockopt(socket_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	while ((length = recvfrom(socket_fd, text, sizeof text, 0, NULL, NULL)) > 0) {
		for (; expected < text[0] - '0'; expected++)
			printf("datagram %d is missing\n", expected);
		printf("datagram %d has %zd bytes\n", expected++, length);
	}
	printf("nothing more has come\n");
	return 0;
}
