/*
 * server PORT TEXT: waits on a port and tells everybody who connects its text.
 * The port is what finds this process among all those of the computer.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};
	char question[64];
	int yes = 1;

	if (argc < 3)
		return 2;
	address.sin_port = htons(atoi(argv[1]));
	int door = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(door, (struct sockaddr *)&address, sizeof address) == -1 ||
	    listen(door, 4) == -1) {
		perror("port");
		return 1;
	}
	int client = accept(door, NULL, NULL);
	if (read(client, question, sizeof question) > 0 &&
	    write(client, argv[2], strlen(argv[2])) == -1)
		perror("write");
	close(client);
	close(door);
	return 0;
}
