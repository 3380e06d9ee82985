// vfork(2): the child runs first, in the memory of its parent, which goes on when the child execs or ends; what the child
// stores is there afterwards, whether the compiler keeps it in a register or not. The child's exec leaves the rest alone.
// expect: child 0 1 2, local 13, in memory 16, global 8, text child
// expect: buffered by the child
// expect: after exec 99, status 0
// expect: no such program: 127
// expect: own directory and descriptors: 1 1
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1;

int main(void)
{
	int local = 10, in_memory = 10, *pointer = &in_memory, status, i;
	char text[16] = "parent", directory[64];
	pid_t children[3], child;

	for (i = 0; i < 3; i++) {
		children[i] = vfork();
		if (children[i] == 0) {
			local++;
			*pointer += 2;
			global *= 2;
			strcpy(text, "child");
			_exit(i);
		}
	}
	printf("child");
	for (i = 0; i < 3; i++) {
		waitpid(children[i], &status, 0);
		printf(" %d", WEXITSTATUS(status));
	}
	printf(", local %d, in memory %d, global %d, text %s\n", local, in_memory, global, text);

	printf("buffered ");
	if (vfork() == 0) {
		printf("by the child\n");
		_exit(0);
	}
	wait(NULL);

	child = vfork();
	if (child == 0) {
		local = 99;
		execl("/bin/true", "true", (char *)NULL);
		_exit(1);
	}
	waitpid(child, &status, 0);
	printf("after exec %d, status %d\n", local, WEXITSTATUS(status));

	child = vfork();
	if (child == 0) {
		execl("/bin/no-such-program", "x", (char *)NULL);
		_exit(127);
	}
	waitpid(child, &status, 0);
	printf("no such program: %d\n", WEXITSTATUS(status));

	if (vfork() == 0) {
		close(0);
		chdir("/tmp");
		_exit(0);
	}
	wait(NULL);
	printf("own directory and descriptors: %d %d\n", strcmp(getcwd(directory, sizeof directory), "/tmp") != 0,
	       fcntl(0, F_GETFD) >= 0);
	return 0;
}
