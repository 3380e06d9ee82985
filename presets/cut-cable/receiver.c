/*
 * Prints what comes. poll() with a time limit lets it notice a silence, but not
 * the reason: a cut cable and a slow sender look alike.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(9000)};
	int door = socket(AF_INET, SOCK_STREAM, 0);
	int told = 0;
	char text[128];
	ssize_t count;

	setlinebuf(stdout);
	if (bind(door, (struct sockaddr *)&any, sizeof any) == -1 || listen(door, 1) == -1) {
		perror("port 9000");
		return 1;
	}
	struct pollfd line = {.fd = accept(door, NULL, NULL), .events = POLLIN};
	for (;;) {
		if (poll(&line, 1, 250) == 0) {
			if (!told++)
				printf("(silence)\n");
			continue;
		}
		count = read(line.fd, text, sizeof text);
		if (count <= 0)
			break;
		fwrite(text, 1, count, stdout);
	}
	printf("the end\n");
	return 0;
}
