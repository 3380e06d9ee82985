/*
 * Two threads of one process talk through a file. They share all descriptors,
 * so each opens com.txt itself to have an offset of its own. The file tells
 * nobody that it has grown: the reader asks read() again and again.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOTES 3

static void *writer(void *unused)
{
	const char *notes[NOTES] = {"one\n", "two\n", "three\n"};
	int fd = open("com.txt", O_WRONLY | O_APPEND);

	for (int i = 0; i < NOTES; i++) {
		usleep(2000);
		if (write(fd, notes[i], strlen(notes[i])) == -1)
			perror("write");
	}
	close(fd);
	return unused;
}

int main(void)
{
	pthread_t thread;
	char byte;
	int lines = 0;
	int fd = open("com.txt", O_RDONLY | O_CREAT | O_TRUNC, 0600);

	if (fd == -1) {
		perror("com.txt");
		return 1;
	}
	if (pthread_create(&thread, NULL, writer, NULL) != 0)
		return 1;
	while (lines < NOTES) {
		if (read(fd, &byte, 1) != 1)
			continue;		/* end of file: ask again */
		putchar(byte);
		if (byte == '\n')
			lines++;
	}
	pthread_join(thread, NULL);
	close(fd);
	unlink("com.txt");
	return 0;
}
