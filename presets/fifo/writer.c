/*
 * One of two strangers who know only a name: /tmp/box. open() waits until the
 * other side has come, too.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *messages[] = {"hello\n", "anybody there?\n", "bye\n"};

	mkfifo("/tmp/box", 0600);		/* whoever comes first makes it */
	int box = open("/tmp/box", O_WRONLY);
	if (box == -1) {
		perror("/tmp/box");
		return 1;
	}
	for (int i = 0; i < 3; i++) {
		usleep(2000);
		if (write(box, messages[i], strlen(messages[i])) == -1)
			perror("write");
	}
	close(box);
	return 0;
}
