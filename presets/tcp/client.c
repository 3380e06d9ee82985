/*
 * Four calls. The address finds the computer, the port finds the process; and
 * there are two ways not to get through.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void call(const char *computer, int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	char answer[64];
	int line = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, computer, &address.sin_addr);
	printf("%s:%d: ", computer, port);
	if (connect(line, (struct sockaddr *)&address, sizeof address) == -1) {
		printf("%s\n", strerror(errno));
	} else if (write(line, "who is there?", 13) == 13) {
		ssize_t count = read(line, answer, sizeof answer);

		printf("%.*s\n", (int)(count > 0 ? count : 0), answer);
	}
	close(line);
}

int main(void)
{
	setlinebuf(stdout);
	call("10.0.0.2", 7000);
	call("10.0.0.2", 7001);		/* the same computer, another process */
	call("10.0.0.2", 7002);		/* nobody listens on this port */
	call("10.0.0.9", 7000);		/* no computer has this address */
	return 0;
}
