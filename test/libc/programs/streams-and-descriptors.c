// What a stream leaves at its descriptor: the sizes of writes, what fork doubles, what exit gives back.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A datagram socket keeps each write apart. */
static void show_writes(int mode, size_t size, const char *what)
{
	int fds[2], n;
	char buffer[20000];
	FILE *f;

	socketpair(AF_UNIX, SOCK_DGRAM, 0, fds);
	f = fdopen(fds[1], "w");
	if (mode >= 0)
		setvbuf(f, NULL, mode, size);
	fprintf(f, "one\ntwo %d\nthree", 2);
	fputs(" and four\nfive", f);
	fputc('\n', f);
	fwrite(memset(buffer, 'x', 9000), 1, 9000, f);
	fprintf(f, "%5000s\n", "end");
	fclose(f);
	printf("%s:", what);
	while ((n = (int)recv(fds[0], buffer, sizeof buffer, MSG_DONTWAIT)) > 0)
		printf(" %d", n);
	printf("\n");
	fflush(stdout);
	close(fds[0]);
}

static void exit_gives_back(void)
{
	FILE *f = fopen("input", "w");
	char line[16];
	int fd;

	fputs("first\nsecond\nthird\n", f);
	fclose(f);
	fd = open("input", O_RDONLY);
	if (fork() == 0) {
		dup2(fd, 0);
		if (!fgets(line, sizeof line, stdin))
			_exit(1);
		exit(0);
	}
	wait(NULL);
	printf("%ld\n", (long)lseek(fd, 0, SEEK_CUR));
}

int main(void)
{
	int status;

	show_writes(-1, 0, "default");
	show_writes(_IOLBF, 0, "lines");
	show_writes(_IONBF, 0, "none");
	exit_gives_back();
	printf("twice ");
	if (fork() == 0)
		exit(3);
	wait(&status);
	printf("%d\n", WEXITSTATUS(status));
	printf("lost");
	fflush(stdout);
	printf(" really");
	_exit(0);
}
