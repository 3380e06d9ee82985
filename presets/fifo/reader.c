/*
 * The other stranger: reads lines from /tmp/box until the last writer has
 * closed it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	char buffer[64];
	ssize_t count;

	mkfifo("/tmp/box", 0600);
	int box = open("/tmp/box", O_RDONLY);
	if (box == -1) {
		perror("/tmp/box");
		return 1;
	}
	while ((count = read(box, buffer, sizeof buffer)) > 0)
		fwrite(buffer, 1, count, stdout);
	printf("end of file\n");
	close(box);
	unlink("/tmp/box");
	return 0;
}
