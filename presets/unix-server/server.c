/*
 * A server on a Unix socket: strangers of the same computer find it by a name
 * in the file system. accept() makes one more socket for each client.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CLIENTS 2

static void serve(int client)
{
	char text[64];
	ssize_t count;

	while ((count = read(client, text, sizeof text)) > 0) {
		for (ssize_t i = 0; i < count; i++)
			text[i] = toupper((unsigned char)text[i]);
		usleep(2000);			/* some work */
		if (write(client, text, count) == -1)
			perror("write");
	}
	close(client);
}

int main(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/tmp/desk"};
	int desk = socket(AF_UNIX, SOCK_STREAM, 0);

	unlink(address.sun_path);
	if (bind(desk, (struct sockaddr *)&address, sizeof address) == -1 ||
	    listen(desk, 4) == -1) {
		perror(address.sun_path);
		return 1;
	}
	for (int i = 0; i < CLIENTS; i++)
		serve(accept(desk, NULL, NULL));	/* one after the other */
	close(desk);
	unlink(address.sun_path);
	return 0;
}
