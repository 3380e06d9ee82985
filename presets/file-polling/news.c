/*
 * A writer appends news to com.txt, and two readers poll it. Each has opened
 * the file itself, so both get everything. One asks without a pause, the other
 * sleeps between two questions: less CPU time, but the news comes later.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define NEWS 4

static void writer(void)
{
	int fd = open("com.txt", O_WRONLY | O_APPEND);

	for (int i = 0; i < NEWS; i++) {
		usleep(2500);
		if (write(fd, "news\n", 5) != 5)
			perror("write");
	}
	close(fd);
}

/* Ends when it has read all the news, a line each; returns how many there were. */
static int reader(int pause)
{
	int fd = open("com.txt", O_RDONLY);
	int count = 0;
	char letter;

	while (count < NEWS) {
		if (read(fd, &letter, 1) == 1)
			count += letter == '\n';
		else if (pause > 0)
			usleep(pause);		/* nothing new: ask again later */
	}
	return count;
}

static pid_t start_reader(const char *name, int pause)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_NAME, name);
		exit(reader(pause));
	}
	return pid;
}

int main(void)
{
	int status;

	close(open("com.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600));
	pid_t eager = start_reader("eager", 0);
	pid_t patient = start_reader("patient", 1000);

	prctl(PR_SET_NAME, "writer");
	writer();
	waitpid(eager, &status, 0);
	printf("eager: read %d news\n", WEXITSTATUS(status));
	waitpid(patient, &status, 0);
	printf("patient: read %d news\n", WEXITSTATUS(status));
	unlink("com.txt");
	return 0;
}
