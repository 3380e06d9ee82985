/*
 * A pre-forked server: three children wait in accept() on one listening
 * socket, so that a slow client keeps only one of them busy.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 3

static void work(int door, int number)
{
	char name[] = "worker-0", answer[] = "worker-0", request[32];

	name[7] += number;
	answer[7] += number;
	prctl(PR_SET_NAME, name);
	for (;;) {
		int client = accept(door, NULL, NULL);	/* all sleep here; one is woken */

		if (client == -1)
			exit(1);
		if (read(client, request, sizeof request) > 0) {
			usleep(3000);			/* looks something up */
			if (write(client, answer, strlen(answer)) == -1)
				perror("write");
		}
		close(client);
	}
}

int main(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(8000),
		.sin_addr.s_addr = INADDR_ANY,
	};
	pid_t workers[WORKERS];
	int door = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(door, (struct sockaddr *)&address, sizeof address) == -1 ||
	    listen(door, 16) == -1) {
		perror("port 8000");
		return 1;
	}
	for (int i = 0; i < WORKERS; i++) {
		workers[i] = fork();
		if (workers[i] == 0)
			work(door, i);
	}
	usleep(16000);					/* open for business */
	for (int i = 0; i < WORKERS; i++)
		kill(workers[i], SIGTERM);
	while (wait(NULL) > 0)
		;
	return 0;
}
