// A named object is opened, sized, mapped by a process that knows its name only, and unlinked.
// expect: child wrote hello
// expect: gone: No such file or directory
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	char name[32];

	snprintf(name, sizeof name, "/object-%d", (int)getpid());
	int fd = shm_open(name, O_CREAT | O_EXCL | O_RDWR, 0600);
	if (fd == -1 || ftruncate(fd, 4096) == -1)
		return 1;
	char *mine = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fork() == 0) {
		int again = shm_open(name, O_RDWR, 0);
		char *its = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, again, 0);
		strcpy(its, "hello");
		exit(0);
	}
	wait(NULL);
	printf("child wrote %s\n", mine);
	shm_unlink(name);
	if (shm_open(name, O_RDWR, 0) == -1)
		printf("gone: %s\n", strerror(errno));
	return 0;
}
