// Standard output is no terminal: what stands in the buffer at fork() is printed by both processes.
// expect: once
// expect: twice
// expect: child
// expect: twice
// expect: parent
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	printf("once\n");
	fflush(stdout);
	printf("twice\n");
	if (fork() == 0) {
		printf("child\n");
		exit(0);
	}
	wait(NULL);
	printf("parent\n");
	return 0;
}
