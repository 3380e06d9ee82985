/*
 * A FIFO used in both directions. It is one queue: whoever reads first gets the
 * message, even if it is his own. Alice falls into the trap once, and then
 * leaves the line to Bob until he has answered.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char message[64];

static void say(int line, const char *words)
{
	if (write(line, words, strlen(words)) == -1)
		perror("write");
}

static void listen_to(int line)
{
	ssize_t count = read(line, message, sizeof message - 1);

	message[count > 0 ? count : 0] = '\0';
	printf("alice: read \"%s\"\n", message);
	fflush(stdout);
}

int main(void)
{
	mkfifo("/tmp/line", 0600);
	int line = open("/tmp/line", O_RDWR);	/* Linux: does not wait */
	if (line == -1) {
		perror("/tmp/line");
		return 1;
	}
	say(line, "alice here");
	listen_to(line);			/* nobody else was there */

	say(line, "how are you?");
	usleep(8000);				/* leave the line to Bob */
	listen_to(line);
	unlink("/tmp/line");
	return 0;
}
