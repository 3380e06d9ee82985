/*
 * station NAME NEXT MESSAGE [start]: a station of a token ring. Only who has the
 * token may speak: it adds its message and passes the token on to the next
 * station. After two rounds the first one takes the token off the ring.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 6000
#define ROUNDS 2

static int has_token;				/* to be watched */

static int open_station(void)
{
	struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int ring = socket(AF_INET, SOCK_DGRAM, 0);

	if (bind(ring, (struct sockaddr *)&any, sizeof any) == -1)
		perror("bind");
	return ring;
}

static void pass_on(int ring, const char *next, const char *token)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};

	inet_pton(AF_INET, next, &address.sin_addr);
	has_token = 0;
	if (sendto(ring, token, strlen(token), 0, (struct sockaddr *)&address, sizeof address) == -1)
		perror("sendto");
}

static void receive(int ring, char *token, size_t size)
{
	ssize_t length = recvfrom(ring, token, size - 1, 0, NULL, NULL);

	token[length > 0 ? length : 0] = '\0';
	has_token = 1;
}

int main(int argc, char *argv[])
{
	char token[128] = "";
	int ring = open_station();
	int starts = argc > 4;

	setlinebuf(stdout);
	if (argc < 4)
		return 2;
	has_token = starts;			/* it makes the token */
	for (int round = 1; round <= ROUNDS; round++) {
		if (round > 1 || !starts)
			receive(ring, token, sizeof token);
		usleep(1500);			/* its turn to speak */
		printf("%s speaks, round %d\n", argv[1], round);
		strcat(token, argv[3]);
		pass_on(ring, argv[2], token);
	}
	if (starts) {
		receive(ring, token, sizeof token);
		printf("%s takes the token off:%s\n", argv[1], token);
	}
	return 0;
}
