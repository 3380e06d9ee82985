/* Bob waits for a message on the FIFO and answers on the same one. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	const char *answer = "fine, over";
	char message[64];

	mkfifo("/tmp/line", 0600);
	int line = open("/tmp/line", O_RDWR);
	if (line == -1) {
		perror("/tmp/line");
		return 1;
	}
	ssize_t count = read(line, message, sizeof message - 1);
	printf("bob: read \"%.*s\"\n", (int)(count > 0 ? count : 0), message);
	fflush(stdout);
	if (write(line, answer, strlen(answer)) == -1)
		perror("write");
	return 0;
}
