// An open file description has one offset, shared by dup() and fork(); another open() has its own.
// expect: 0 bytes after writing
// expect: hello
// expect: child read: abc
// expect: parent reads on: def
// expect: own offset: abc
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	char buffer[8] = {0};
	int fd = open("offsets.txt", O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (fd == -1 || write(fd, "hello", 5) != 5)
		return 1;
	printf("%zd bytes after writing\n", read(fd, buffer, 5));
	lseek(fd, 0, SEEK_SET);
	if (read(fd, buffer, 5) != 5)
		return 1;
	printf("%s\n", buffer);
	if (ftruncate(fd, 0) == -1 || pwrite(fd, "abcdef", 6, 0) != 6)
		return 1;
	lseek(fd, 0, SEEK_SET);
	fflush(stdout);
	char part[4] = {0};
	if (fork() == 0) {
		if (read(fd, part, 3) == 3)
			printf("child read: %s\n", part);
		exit(0);
	}
	wait(NULL);
	if (read(fd, part, 3) == 3)
		printf("parent reads on: %s\n", part);
	int other = open("offsets.txt", O_RDONLY);
	if (read(other, part, 3) == 3)
		printf("own offset: %s\n", part);
	unlink("offsets.txt");
	return 0;
}
