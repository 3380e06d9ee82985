// A child has copies of globals, locals and the heap; its changes stay with it.
// expect: child 2 12 102
// expect: parent 1 11 101
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;

int main(void)
{
	int local = 11, *heap = malloc(sizeof *heap);

	*heap = 101;
	if (fork() == 0) {
		global++, local++, ++*heap;
		printf("child %d %d %d\n", global, local, *heap);
		exit(0);
	}
	wait(NULL);
	printf("parent %d %d %d\n", global, local, *heap);
	free(heap);
	return 0;
}
