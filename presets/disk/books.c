/*
 * Reads three files twice. The first time their blocks have to come from the
 * disk, and the reader sleeps meanwhile; the second time they are in memory,
 * in the page cache.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static long read_book(const char *name)
{
	char page[512];
	long total = 0;
	ssize_t count;
	int fd = open(name, O_RDONLY);

	if (fd == -1) {
		perror(name);
		return 0;
	}
	while ((count = read(fd, page, sizeof page)) > 0)
		total += count;
	close(fd);
	return total;
}

static long read_all(void)
{
	return read_book("one.txt") + read_book("two.txt") + read_book("three.txt");
}

int main(void)
{
	printf("from the disk: %ld bytes\n", read_all());
	fflush(stdout);
	printf("from the page cache: %ld bytes\n", read_all());
	return 0;
}
