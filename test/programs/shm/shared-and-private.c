// MAP_SHARED is seen by parent and child, MAP_PRIVATE is not.
// expect: shared 2 private 1
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int *own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*shared = *own = 1;
	if (fork() == 0) {
		++*shared;
		++*own;
		exit(0);
	}
	wait(NULL);
	printf("shared %d private %d\n", *shared, *own);
	munmap(own, 4096);
	return 0;
}
