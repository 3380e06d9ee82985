/* Nine clients ask at the same time and report who has served them. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLIENTS 9
#define WORKERS 3

/* Returns the number of the worker that answered. */
static int ask(void)
{
	struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(8000)};
	char answer[32];
	int line = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, "10.0.0.2", &server.sin_addr);
	if (connect(line, (struct sockaddr *)&server, sizeof server) == -1 ||
	    write(line, "please", 6) != 6 || read(line, answer, sizeof answer) != 8)
		return 100;
	return answer[7] - '0';
}

int main(void)
{
	int served[WORKERS] = {0}, status;

	for (int i = 0; i < CLIENTS; i++) {
		if (fork() == 0) {
			prctl(PR_SET_NAME, "client");
			exit(ask());
		}
	}
	while (wait(&status) > 0)
		if (WEXITSTATUS(status) < WORKERS)
			served[WEXITSTATUS(status)]++;
	printf("worker-0 served %d, worker-1 %d, worker-2 %d\n", served[0], served[1], served[2]);
	return 0;
}
