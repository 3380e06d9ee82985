// Pages that nothing was stored to are holes: lseek(2) with SEEK_DATA and SEEK_HOLE finds them.
// expect: data 0 hole 4096, data 12288 hole 16484
// expect: data behind the end ENXIO 1, whole hole 1
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	static char page[4096] = "x";
	int fd = open("sparse", O_RDWR | O_CREAT | O_TRUNC, 0600);

	page[4095] = 'y';
	write(fd, page, 4096);
	pwrite(fd, page, 4096, 12288);
	pwrite(fd, page, 100, 16384);
	printf("data %ld hole %ld, ", (long)lseek(fd, 0, SEEK_DATA), (long)lseek(fd, 0, SEEK_HOLE));
	printf("data %ld hole %ld\n", (long)lseek(fd, 5000, SEEK_DATA), (long)lseek(fd, 12300, SEEK_HOLE));
	long behind = lseek(fd, 16484, SEEK_DATA);
	int is_refused = behind == -1 && errno == ENXIO;
	ftruncate(fd, 0);
	ftruncate(fd, 8192);
	printf("data behind the end ENXIO %d, whole hole %d\n", is_refused, lseek(fd, 0, SEEK_HOLE) == 0);
	unlink("sparse");
	return 0;
}
