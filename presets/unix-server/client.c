/* A client of the desk: client NAME WORD… sends words and prints the answers. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/tmp/desk"};
	char answer[64];
	int desk = socket(AF_UNIX, SOCK_STREAM, 0);

	setlinebuf(stdout);
	if (connect(desk, (struct sockaddr *)&address, sizeof address) == -1) {
		perror(address.sun_path);
		return 1;
	}
	for (int i = 2; i < argc; i++) {
		if (write(desk, argv[i], strlen(argv[i])) == -1)
			return 1;
		ssize_t count = read(desk, answer, sizeof answer);
		printf("%s: %s -> %.*s\n", argv[1], argv[i], (int)(count > 0 ? count : 0), answer);
	}
	return 0;
}
