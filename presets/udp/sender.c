/*
 * Sends numbered datagrams over a bad line. sendto() tells whether a datagram
 * has left, not whether it has arrived.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in beta = {.sin_family = AF_INET, .sin_port = htons(5000)};
	char text[32];
	int socket_fd = socket(AF_INET, SOCK_DGRAM, 0);

	inet_pton(AF_INET, "10.0.0.2", &beta.sin_addr);
	for (int number = 1; number <= 8; number++) {
		int length = snprintf(text, sizeof text, "%d%.*s", number, number, "********");

		if (sendto(socket_fd, text, length, 0, (struct sockaddr *)&beta, sizeof beta) == -1)
			perror("sendto");
		if (number % 2 == 0)
			usleep(2000);		/* two at once, then a pause */
	}
	close(socket_fd);
	return 0;
}
