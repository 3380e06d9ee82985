/* Sends a numbered line ten times a second over TCP. */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in beta = {.sin_family = AF_INET, .sin_port = htons(9000)};
	int line = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, "10.0.0.2", &beta.sin_addr);
	if (connect(line, (struct sockaddr *)&beta, sizeof beta) == -1) {
		perror("connect");
		return 1;
	}
	for (int number = 1; number <= 6; number++) {
		usleep(100000);
		dprintf(line, "line %d\n", number);	/* it does not notice the cut */
	}
	close(line);
	return 0;
}
