/*
 * One process writes a message into com.txt and reads it back through the same
 * descriptor. The descriptor has ONE offset for both: after the write it stands
 * behind the message, so read() finds nothing until lseek() goes back.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static long offset;			/* to be watched */

static void try_to_read(int fd, const char *when)
{
	char buffer[32];
	ssize_t count = read(fd, buffer, sizeof buffer);

	if (count == -1)
		perror("read");
	else
		printf("%s: offset %ld, read() gives %zd bytes: \"%.*s\"\n", when, offset,
		       count, (int)count, buffer);
}

int main(void)
{
	const char *message = "note to myself";
	int fd = open("com.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (fd == -1) {
		perror("com.txt");
		return 1;
	}
	if (write(fd, message, strlen(message)) == -1)
		perror("write");

	offset = lseek(fd, 0, SEEK_CUR);	/* only asks where it stands */
	try_to_read(fd, "after write");

	offset = lseek(fd, 0, SEEK_SET);	/* back to the start */
	try_to_read(fd, "after lseek");

	close(fd);
	unlink("com.txt");
	return 0;
}
