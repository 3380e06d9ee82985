// The 64-bit names of the file calls are those of the plain ones.
// expect: 100000 x 100001
#define _LARGEFILE64_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void)
{
	int fd = open64("far", O_RDWR | O_CREAT | O_TRUNC | O_LARGEFILE, 0600);
	off64_t far = 100000;
	struct stat64 status;
	char c = 0;

	long at = (long)lseek64(fd, far, SEEK_SET);
	if (write(fd, "x", 1) != 1 || pread64(fd, &c, 1, far) != 1 || fstat64(fd, &status) == -1)
		return 1;
	printf("%ld %c %ld\n", at, c, (long)status.st_size);
	return unlink("far");
}
