// Two processes meet at a name: open() blocks until both are there.
// expect: server got: question
// expect: client got: answer
// expect: no reader: No such device or address
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	char buffer[32] = {0};

	mkfifo("there", 0600);
	mkfifo("back", 0600);
	if (fork() == 0) {
		int in = open("there", O_RDONLY), out = open("back", O_WRONLY);
		if (read(in, buffer, sizeof buffer) > 0)
			printf("server got: %s\n", buffer);
		fflush(stdout);
		exit(write(out, "answer", 7) != 7);
	}
	int out = open("there", O_WRONLY), in = open("back", O_RDONLY);
	if (write(out, "question", 9) != 9 || read(in, buffer, sizeof buffer) != 7)
		return 1;
	printf("client got: %s\n", buffer);
	wait(NULL);
	close(out);
	if (open("there", O_WRONLY | O_NONBLOCK) == -1)
		printf("no reader: %s\n", strerror(errno));
	unlink("there");
	unlink("back");
	return 0;
}
