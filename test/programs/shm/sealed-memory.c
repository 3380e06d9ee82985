// memfd_create(2) with seals: who is handed the file can trust that it won't change.
// expect: write 5, grow EPERM 1, shrink EPERM 1
// expect: seal against writing: mapped EBUSY 1, unmapped 0
// expect: write EPERM 1, writable mapping EPERM 1, reads hello
// expect: seals e, sealed EPERM 1
// expect: without MFD_ALLOW_SEALING EPERM 1, pipe EINVAL 1
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int fails(long result, int number)
{
	return result == -1 && errno == number;
}

int main(void)
{
	int fd = memfd_create("box", MFD_ALLOW_SEALING), plain = memfd_create("plain", 0), fds[2];

	ftruncate(fd, 5);
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
	printf("write %d, ", (int)write(fd, "hello", 5));
	printf("grow EPERM %d, ", fails(write(fd, "!", 1), EPERM));
	printf("shrink EPERM %d\n", fails(ftruncate(fd, 1), EPERM));
	char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	printf("seal against writing: mapped EBUSY %d, ", fails(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY));
	munmap(map, 4096);
	printf("unmapped %d\n", fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE));
	printf("write EPERM %d, ", fails(pwrite(fd, "j", 1, 0), EPERM));
	map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	printf("writable mapping EPERM %d, ", map == MAP_FAILED && errno == EPERM);
	map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	printf("reads %.5s\n", map);
	printf("seals %x, ", fcntl(fd, F_GET_SEALS));
	fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL);
	printf("sealed EPERM %d\n", fails(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM));
	printf("without MFD_ALLOW_SEALING EPERM %d, ", fails(fcntl(plain, F_ADD_SEALS, F_SEAL_GROW), EPERM));
	pipe(fds);
	printf("pipe EINVAL %d\n", fails(fcntl(fds[0], F_GET_SEALS), EINVAL));
	return 0;
}
