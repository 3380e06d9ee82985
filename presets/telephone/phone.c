/*
 * A telephone is two-way at the same time: on each side one process talks and
 * another listens, on the same socket. `phone wait` is called, `phone call`
 * calls.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int wait_for_call(struct sockaddr_in *address)
{
	int bell = socket(AF_INET, SOCK_STREAM, 0);

	address->sin_addr.s_addr = INADDR_ANY;
	if (bind(bell, (struct sockaddr *)address, sizeof *address) == -1 || listen(bell, 1) == -1)
		return -1;
	int line = accept(bell, NULL, NULL);
	close(bell);
	return line;
}

static int call(struct sockaddr_in *address)
{
	int line = socket(AF_INET, SOCK_STREAM, 0);

	inet_pton(AF_INET, "10.0.0.2", &address->sin_addr);
	if (connect(line, (struct sockaddr *)address, sizeof *address) == -1)
		return -1;
	return line;
}

static void talk(int line, const char *word, int pause)
{
	for (int i = 0; i < 4; i++) {
		usleep(pause);
		if (write(line, word, strlen(word)) == -1)
			exit(1);
	}
	shutdown(line, SHUT_WR);		/* said all there is to say */
}

static void listen_to(int line, const char *name)
{
	char words[64];
	ssize_t count;

	while ((count = read(line, words, sizeof words)) > 0)
		printf("%s hears %.*s\n", name, (int)count, words);
	printf("%s hears no more\n", name);
}

int main(int argc, char *argv[])
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7000)};
	int is_caller = argc > 1 && strcmp(argv[1], "call") == 0;
	int line = is_caller ? call(&address) : wait_for_call(&address);

	setlinebuf(stdout);
	if (line == -1) {
		perror("line");
		return 1;
	}
	if (fork() == 0) {
		prctl(PR_SET_NAME, is_caller ? "mia-ear" : "leo-ear");
		listen_to(line, is_caller ? "mia" : "leo");
		exit(0);
	}
	prctl(PR_SET_NAME, is_caller ? "mia-mouth" : "leo-mouth");
	if (is_caller)
		talk(line, "bla", 2000);
	else
		talk(line, "hmm", 3000);
	wait(NULL);
	return 0;
}
