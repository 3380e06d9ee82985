// A pipe takes 65536 bytes; a larger write goes on when there is room; non-blocking writes say EAGAIN.
// expect: fits 65536
// expect: full: Resource temporarily unavailable
// expect: wrote 100000
// expect: child read 165536
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char block[100000];

int main(void)
{
	int fd[2], total = 0;
	ssize_t count;

	if (pipe(fd) == -1)
		return 1;
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	while ((count = write(fd[1], block, 4096)) > 0)
		total += count;
	printf("fits %d\nfull: %s\n", total, strerror(errno));
	fflush(stdout);
	fcntl(fd[1], F_SETFL, 0);
	if (fork() == 0) {
		close(fd[1]);
		int sum = 0;
		usleep(10000);
		while ((count = read(fd[0], block, 5000)) > 0)
			sum += count;
		usleep(20000);
		printf("child read %d\n", sum);
		exit(0);
	}
	printf("wrote %zd\n", write(fd[1], block, sizeof block));
	fflush(stdout);
	close(fd[1]);
	wait(NULL);
	return 0;
}
