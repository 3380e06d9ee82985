/*
 * socketpair() makes what two pipes make, in one call: a channel with two
 * directions. Parent and child each have one end and use it for both, and
 * nobody can read his own words back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(int end, const char *words)
{
	if (write(end, words, strlen(words)) == -1)
		perror("write");
}

static void hear(int end, const char *who)
{
	char words[64];
	ssize_t count = read(end, words, sizeof words);

	printf("%s: heard \"%.*s\"\n", who, (int)(count > 0 ? count : 0), words);
}

int main(void)
{
	int end[2];

	setlinebuf(stdout);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, end) == -1) {
		perror("socketpair");
		return 1;
	}
	prctl(PR_SET_NAME, "parent");
	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "child");
		close(end[0]);
		hear(end[1], "child");		/* sleeps until the parent speaks */
		usleep(1000);
		say(end[1], "very well");
		hear(end[1], "child");
		exit(0);
	}
	close(end[1]);
	usleep(2000);
	say(end[0], "how are you?");
	hear(end[0], "parent");			/* not its own words */
	usleep(1000);
	say(end[0], "good night");
	waitpid(child, NULL, 0);
	return 0;
}
