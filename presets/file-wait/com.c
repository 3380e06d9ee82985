/*
 * The child leaves a message in com.txt and ends. wait() is what tells the
 * parent that the message is complete: it sleeps there, and then reads.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave_message(void)
{
	const char *words[] = {"the ", "work ", "is ", "done\n"};
	int fd = open("com.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd == -1) {
		perror("com.txt");
		exit(1);
	}
	for (int i = 0; i < 4; i++) {
		usleep(1500);			/* work on the next word */
		if (write(fd, words[i], strlen(words[i])) == -1)
			exit(1);
	}
	close(fd);
}

static void read_message(void)
{
	char message[64];
	int fd = open("com.txt", O_RDONLY);
	ssize_t count = read(fd, message, sizeof message);

	if (count > 0)
		printf("parent: read \"%.*s\"\n", (int)count - 1, message);
	close(fd);
	unlink("com.txt");
}

int main(void)
{
	int status;
	prctl(PR_SET_NAME, "parent");
	pid_t child = fork();

	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "child");
		leave_message();
		exit(7);
	}
	wait(&status);				/* sleeps until the child has ended */
	printf("parent: child ended with status %d\n", WEXITSTATUS(status));
	read_message();
	return 0;
}
