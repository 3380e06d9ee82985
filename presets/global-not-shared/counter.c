/*
 * A plain global variable after fork(): the child gets a copy. It counts in
 * its own copy, and the parent never sees a change.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int counter = 100;

int main(void)
{
	prctl(PR_SET_NAME, "parent");
	pid_t child = fork();

	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "child");
		for (int i = 0; i < 5; i++) {
			usleep(1000);
			counter++;
			printf("child: counter is %d\n", counter);
		}
		exit(0);
	}

	waitpid(child, NULL, 0);
	printf("parent: counter is still %d\n", counter);
	return 0;
}
