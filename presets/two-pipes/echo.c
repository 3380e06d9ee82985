/*
 * A pipe goes one way; a conversation takes two. The parent sends a letter
 * down the first pipe, the child sends its capital back through the second.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void client(int to_server, int from_server)
{
	const char *word = "pipes";

	for (const char *letter = word; *letter != '\0'; letter++) {
		char answer;

		usleep(1000);
		if (write(to_server, letter, 1) != 1 || read(from_server, &answer, 1) != 1)
			break;
		printf("client: sent %c, got %c\n", *letter, answer);
	}
}

static void server(int from_client, int to_client)
{
	char letter;

	while (read(from_client, &letter, 1) == 1) {
		usleep(1000);
		letter = toupper((unsigned char)letter);
		if (write(to_client, &letter, 1) != 1)
			break;
	}
}

int main(void)
{
	int there[2];			/* client to server */
	int back[2];			/* server to client */

	if (pipe(there) == -1 || pipe(back) == -1) {
		perror("pipe");
		return 1;
	}
	prctl(PR_SET_NAME, "client");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "server");
		close(there[1]);
		close(back[0]);
		server(there[0], back[1]);
		exit(0);
	}
	close(there[0]);
	close(back[1]);
	client(there[1], back[0]);
	close(there[1]);		/* end of file tells the server to end */
	waitpid(child, NULL, 0);
	return 0;
}
