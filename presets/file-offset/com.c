/*
 * Parent and child talk through the file com.txt. First through the descriptor
 * that both inherited: it has ONE offset, and that stands at the end after the
 * write. Then the child opens the file itself.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *how, int fd)
{
	char buffer[32];
	ssize_t count = read(fd, buffer, sizeof buffer);

	printf("%s: %zd bytes: %.*s\n", how, count, (int)(count > 0 ? count : 0), buffer);
}

int main(void)
{
	const char *text = "meet me at noon";
	int fd = open("com.txt", O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (fd == -1) {
		perror("com.txt");
		return 1;
	}
	prctl(PR_SET_NAME, "parent");
	if (write(fd, text, strlen(text)) == -1)
		perror("write");

	pid_t child = fork();
	if (child == -1) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		prctl(PR_SET_NAME, "child");
		show("inherited descriptor", fd);
		usleep(2000);
		lseek(fd, 0, SEEK_SET);
		show("after lseek", fd);
		usleep(2000);
		int own = open("com.txt", O_RDONLY);
		show("own descriptor", own);
		exit(0);
	}
	waitpid(child, NULL, 0);
	unlink("com.txt");
	return 0;
}
